"""txtai: its embeddings database, by vector and hybrid, over the rows that its user brings (here those of LangChain's loaders)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from txtai import Embeddings

from evals.peers.systems.base import Found, Taken, characters_of
from evals.peers.systems.embedding import KeptEmbedder
from evals.peers.systems.langchain_chains import load, split


class Dense:
    """`Embeddings` with content, as its introduction makes it, with vectors from the common model."""

    hybrid = False

    def __init__(self, embedder: KeptEmbedder) -> None:
        self._embedder = embedder
        self._is_asked = False
        self._rows: dict[int, Found] = {}
        self._embeddings: Any = None

    def ingest(self, files: Sequence[Path]) -> Taken:
        """Load and split as LangChain does, and index."""
        documents, not_read = load(files)
        self._rows = {
            number: Found(each.page_content, [Path(str(each.metadata.get("source", ""))).name])
            for number, each in enumerate(split(documents))
        }
        # txtai calls a method without arguments first; a function it takes as it is.
        self._embeddings = Embeddings(
            method="external", transform=lambda texts: self._vectors(texts), content=True, hybrid=self.hybrid
        )
        self._is_asked = False
        self._embeddings.index((number, found.text, None) for number, found in self._rows.items())
        return Taken(characters_of([each.page_content for each in documents]), len(self._rows), not_read)

    def search(self, question: str, most: int) -> list[Found]:
        """With the score that txtai gives."""
        self._is_asked = True
        hits = self._embeddings.search(question, most)
        return [
            Found(row.text, row.sources, float(hit["score"]))
            for hit in hits
            for row in [self._rows[int(hit["id"])]]
        ]

    def _vectors(self, texts: Sequence[str]) -> np.ndarray:
        if self._is_asked:
            return np.stack([self._embedder.question(text) for text in texts])
        return self._embedder.passages(texts)


class Hybrid(Dense):
    """The same with `hybrid=True`: its sparse index beside the vectors."""

    hybrid = True
