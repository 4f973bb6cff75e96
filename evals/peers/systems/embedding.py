"""The embedding model that all programs share; a text is embedded once, and what that cost is charged to all who ask for it."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

_BATCH = 32


class KeptEmbedder:
    """multilingual-e5-small through sentence-transformers, with the model's own prompts for queries and passages.

    Args:
        model: The model's folder.
        kept: The file of vectors.
        bf16: Whether to compute in bf16, as this program does where the processor does so in hardware; else in fp32.

    Attributes:
        owed: CPU seconds that the passages asked for so far had cost when they were first embedded, less those spent now.
    """

    def __init__(self, model: Path, kept: Path, *, bf16: bool) -> None:
        self._model = SentenceTransformer(
            str(model),
            device="cpu",
            local_files_only=True,
            model_kwargs={"dtype": torch.bfloat16 if bf16 else torch.float32},
        )
        self._kept = sqlite3.connect(kept)
        self._kept.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB, seconds REAL)"
        )
        self.owed = 0.0

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of passages [texts, dimensions], of length 1."""
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        known = {key: row for key in set(keys) if (row := self._row(key))}
        self.owed += sum(seconds for _, seconds in known.values())
        left = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        # Texts of one length stand in one batch, so that no time goes into padding.
        ordered = sorted(left, key=lambda key: len(left[key]))
        for start in range(0, len(ordered), _BATCH):
            batch = ordered[start : start + _BATCH]
            began = time.process_time()
            vectors = self._encode([left[key] for key in batch], "passage")
            each = (time.process_time() - began) / len(batch)
            rows = [(key, vector.tobytes(), each) for key, vector in zip(batch, vectors, strict=True)]
            self._kept.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            self._kept.commit()
            known.update({key: (vector, seconds) for key, vector, seconds in rows})
        return np.stack([np.frombuffer(known[key][0], np.float32) for key in keys])

    def question(self, text: str) -> np.ndarray:
        """The vector of a question [dimensions], of length 1; never kept."""
        return self._encode([text], "query")[0]

    def _encode(self, texts: list[str], prompt: str) -> np.ndarray:
        vectors = self._model.encode(texts, prompt_name=prompt, batch_size=_BATCH, show_progress_bar=False)
        return np.asarray(vectors, np.float32)

    def _row(self, key: str) -> tuple[bytes, float] | None:
        found = self._kept.execute("SELECT vector, seconds FROM vectors WHERE key = ?", [key]).fetchone()
        return None if found is None else (found[0], found[1])
