"""How much the words of a question weigh in an index: rare ones more."""

from __future__ import annotations

import math

from index.store import Index


class WordWeights:
    """Inverse document frequency of words in an index: `ln(1 + N / (1 + n))`."""

    def __init__(self, index: Index) -> None:
        self._index = index
        _, self._passages = index.catalogue.counts()
        self._known: dict[str, float] = {}

    def __call__(self, word: str) -> float:
        """The weight of a word; rare and unknown words weigh most."""
        if word not in self._known:
            count = self._index.passages.passages_with([word])[0]
            self._known[word] = math.log(1 + self._passages / (1 + count))
        return self._known[word]

    def occurs(self, word: str) -> bool:
        """Whether a passage holds a word."""
        return self(word) < math.log(1 + self._passages)


__all__ = ["WordWeights"]
