"""Vectors of the sentences of passages, remembered: questions of one chat or set come back to the same passages.

A passage's sentences are always embedded together and alone, so that their vectors never depend on what else was
asked (in bf16 the shape of a batch shows in the last bits).
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from index.embeddings.base import Embedder, Vectors

_PASSAGES = 4000
_QUESTIONS = 256


class SentenceVectors:
    """Least recently used passages and questions are forgotten first."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._passages: OrderedDict[tuple[str, ...], Vectors] = OrderedDict()
        self._questions: OrderedDict[tuple[str, ...], Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def of_passage(self, texts: list[str]) -> Vectors:
        """Vectors of the sentences of one passage, [sentences, dimensions]."""
        key = tuple(texts)
        known = self._known(self._passages, key)
        if known is None:
            known = self._embedder.embed_passages(texts)
            self._remember(self._passages, key, known, _PASSAGES)
        return known

    def of_question(self, question: str) -> Vectors:
        """The vector of a question, [1, dimensions]."""
        key = (question,)
        known = self._known(self._questions, key)
        if known is None:
            known = self._embedder.embed_queries([question])
            self._remember(self._questions, key, known, _QUESTIONS)
        return known

    def _known(self, store: OrderedDict[tuple[str, ...], Vectors], key: tuple[str, ...]) -> Vectors | None:
        with self._lock:
            if key in store:
                store.move_to_end(key)
            return store.get(key)

    def _remember(
        self, store: OrderedDict[tuple[str, ...], Vectors], key: tuple[str, ...], vectors: Vectors, most: int
    ) -> None:
        with self._lock:
            store[key] = vectors
            while len(store) > most:
                store.popitem(last=False)
