"""What a general system does, for comparison: windows of 500 characters, a vector or BM25, and their reciprocal ranks.

Reciprocal rank fusion after Cormack et al., SIGIR 2009 (k = 60), both arms with the same weight.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import bm25s
import numpy as np

from corpus.model import Article
from index.embeddings.base import Embedder, Vectors
from index.words import words

WINDOW = 500
_K = 60


class PlainSearch:
    """Windows of articles in memory; `article_of` [windows] are the articles' ids, `texts` the windows; their vectors are kept in a file."""

    def __init__(self, articles: Iterable[Article], embedder: Embedder, kept: Path) -> None:
        self.texts: list[str] = []
        self.article_of: list[str] = []
        for article in articles:
            for start in range(0, len(article.text), WINDOW):
                self.texts.append(article.text[start : start + WINDOW])
                self.article_of.append(article.id)
        self._embedder = embedder
        self._vectors = self._embed(kept)
        self._words = bm25s.BM25()
        self._words.index([words(text) or ["-"] for text in self.texts], show_progress=False)

    def _embed(self, kept: Path) -> Vectors:
        """The windows' vectors, from the file `kept` where it has just these."""
        digest = hashlib.sha256("\0".join([self._embedder.fingerprint, *self.texts]).encode()).hexdigest()
        if kept.exists():
            with np.load(kept) as held:
                if str(held["digest"]) == digest:
                    return np.asarray(held["vectors"])
        vectors = self._embedder.embed_passages(self.texts)
        np.savez(kept, digest=digest, vectors=vectors)
        return vectors

    def search(self, question: str, most: int) -> dict[str, list[int]]:
        """Numbers of windows, best first, by "dense", "bm25" and "rrf"."""
        cosines = self._vectors @ self._embedder.embed_queries([question])[0]
        asked = [word for word in words(question) if word in self._words.vocab_dict]
        scores = self._words.get_scores(asked) if asked else np.zeros(len(self.texts))
        dense = np.argsort(-cosines, kind="stable")[: max(most, 100)]
        keyword = np.argsort(-scores, kind="stable")[: max(most, 100)]
        fused: dict[int, float] = {}
        for arm in (dense, keyword):
            for rank, number in enumerate(arm, 1):
                fused[int(number)] = fused.get(int(number), 0.0) + 1 / (_K + rank)
        return {
            "dense": dense[:most].tolist(),
            "bm25": keyword[:most].tolist(),
            "rrf": sorted(fused, key=lambda number: -fused[number])[:most],
        }
