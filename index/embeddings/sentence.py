"""Any sentence-transformers model as an embedder."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from corpus.script import simplify
from index.embeddings.base import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceTransformerEmbedder:
    """A sentence-transformers model; its own "query" and "passage" prompts are used when it has them.

    Texts are embedded in simplified script. One encode at a time: torch already uses every core.
    """

    def __init__(self, model: SentenceTransformer, fingerprint: str, batch_size: int = 32) -> None:
        self.model = model
        self.fingerprint = fingerprint
        self._batch_size = batch_size
        self._one_at_a_time = threading.Lock()

    def embed_queries(self, texts: list[str]) -> Vectors:
        """Vectors of questions, [texts, dimensions]."""
        return self._encode(texts, "query")

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Vectors of passages, [texts, dimensions]."""
        return self._encode(texts, "passage")

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.model.get_embedding_dimension() or 0), np.float32)
        prompts = self.model.prompts or {}
        with self._one_at_a_time:
            vectors = self.model.encode(
                [simplify(text) for text in texts],
                prompt_name=prompt if prompt in prompts else None,
                batch_size=self._batch_size,
                normalize_embeddings=True,
                convert_to_tensor=True,
                show_progress_bar=False,
            )
        # bf16 leaves lengths a few thousandths off one.
        values = np.asarray(vectors.float().cpu().numpy(), dtype=np.float32)
        return values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-12)
