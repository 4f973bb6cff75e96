"""Any sentence-transformers model as an embedder."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from corpus.language.script import simplify
from corpus.language.sentences import Span
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

    @property
    def embeds_parts(self) -> bool:
        """Whether vectors of parts can be had: the model averages its tokens, and its tokenizer tells where they stand."""
        pooling = next((module for module in self.model if hasattr(module, "pooling_mode")), None)
        tokenizer = getattr(self.model, "tokenizer", None)
        return getattr(pooling, "pooling_mode", "") == "mean" and bool(getattr(tokenizer, "is_fast", False))

    def embed_parts(self, texts: list[str], parts: list[list[Span]]) -> tuple[Vectors, list[Vectors]]:
        """Vectors of passages, [texts, dimensions], and of parts of each, [parts, dimensions], from one reading.

        `parts` are spans of characters. A part's vector is the mean of its tokens as read within the whole passage
        ("late chunking": Günther et al., 2024), so that it costs nothing and knows what stands around it. A part that
        was cut off because the text is too long has a row of zeros.
        """
        prompt = (self.model.prompts or {}).get("passage") or ""
        simple = [simplify(text) for text in texts]
        with self._one_at_a_time:
            states = self.model.encode(
                simple,
                prompt=prompt,
                output_value="token_embeddings",
                batch_size=self._batch_size,
                show_progress_bar=False,
            )
            offsets = self.model.tokenizer(
                [prompt + text for text in simple],
                return_offsets_mapping=True,
                truncation=True,
                max_length=self.model.max_seq_length,
            )["offset_mapping"]
        wholes, rows = [], []
        for tokens, places, spans in zip(states, offsets, parts, strict=True):
            values = tokens.float().cpu().numpy()
            wholes.append(values.mean(axis=0))
            starts = np.array([start for start, _ in places[: len(values)]]) - len(prompt)
            ends = np.array([end for _, end in places[: len(values)]]) - len(prompt)
            own = np.zeros((len(spans), values.shape[1]), np.float32)
            for row, (start, end) in enumerate(spans):
                inside = (starts < end) & (ends > start) & (ends > starts)
                if inside.any():
                    own[row] = values[inside].mean(axis=0)
            rows.append(_unit(own))
        return _unit(np.array(wholes, np.float32)), rows

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
        return _unit(np.asarray(vectors.float().cpu().numpy(), dtype=np.float32))


def _unit(values: Vectors) -> Vectors:
    return values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-12)
