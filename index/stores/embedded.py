"""The store that needs no server: vectors in Chroma (`index.vectors`), in a folder or on a Chroma server, words in tantivy's folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.model import Passage
from index.embeddings.base import Vectors
from index.hit import ArticleInfo
from index.keyword_search import KeywordSearch
from index.stores.base import IDS_A_PAGE, Ranked, Within
from index.stores.words_beside import WithWordsBeside
from index.vectors import VectorStore


class EmbeddedStore(WithWordsBeside):
    """A `VectorStore` with a `KeywordSearch`. It raises what these raise."""

    def __init__(self, vectors: VectorStore, words: KeywordSearch) -> None:
        super().__init__(words)
        self._vectors = vectors

    def add(self, passages: Sequence[Passage], articles: Mapping[str, ArticleInfo], vectors: Vectors) -> None:
        """As `PassageStore.add`."""
        self._vectors.add(passages, articles, vectors)

    def remove(self, ids: Iterable[str]) -> None:
        """As `PassageStore.remove`."""
        self._vectors.remove(ids)

    def count(self) -> int:
        """As `PassageStore.count`."""
        return self._vectors.count()

    def id_pages(self, size: int = IDS_A_PAGE) -> Iterator[list[str]]:
        """As `PassageStore.id_pages`; Chroma has them all in memory anyway."""
        every = sorted(self._vectors.ids())
        for start in range(0, len(every), size):
            yield every[start : start + size]

    def unreadable(self, ids: Sequence[str]) -> set[str]:
        """As `PassageStore.unreadable`."""
        return self._vectors.unreadable(list(ids))

    def nearest(self, vectors: Vectors, within: Within, most: int) -> list[Ranked]:
        """As `PassageStore.nearest`."""
        years = list(within.years)
        return [self._vectors.search(each[None], within.filters, years, most) for each in vectors]

    def cosines(self, vectors: Vectors, ids: Sequence[str]) -> list[dict[str, float]]:
        """As `PassageStore.cosines`."""
        return [self._vectors.cosines(each[None], list(ids)) for each in vectors]

    def look(self) -> None:
        """As `PassageStore.look`."""
        self._vectors.look()

    def reopen(self) -> None:
        """As `PassageStore.reopen`."""
        self._vectors.reopen()

    def delete(self) -> None:
        """As `PassageStore.delete`."""
        self._vectors.delete()

    def close(self) -> None:
        """As `PassageStore.close`; the words are closed with the catalogue."""
        self._vectors.close()
