"""Passages on a Milvus server: a collection for each index, with its vectors and, by BM25, its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from pymilvus import MilvusClient, MilvusException

from corpus.model import Passage
from index.embeddings.base import Vectors
from index.hit import ArticleInfo
from index.keyword_search import KeywordSearch
from index.query import Filters
from index.stores.base import IDS_A_PAGE, PassageStore, Ranked, Within
from index.stores.keyword_query import Articles
from index.stores.milvus_collection import (
    coded,
    expression_of,
    holds,
    holds_of_each,
    make_collection,
    row_of,
    words_in,
)
from index.stores.milvus_server import LONGEST_S, NO_COLLECTION, NOT_LOADED, connect, milvus_errors
from index.stores.place import MilvusAddress

_ROWS_AT_ONCE = 500
_IDS_AT_ONCE = 1_000
_MOST = 16_384
"""What Milvus gives at once."""
_LOOKED_AT = 1000
"""How many neighbours HNSW looks at."""
_STRONG = "Strong"
"""All that was written before is seen, by whomever; searches see what others wrote within a second or so."""
_Found = TypeVar("_Found")


class MilvusStore(PassageStore):
    """A collection of passages. It is made with the first ones, whose vectors tell how many dimensions there are.

    Nothing waits to have its words stored: they come with the passage. A phrase is all of its words, wherever they stand.

    Raises:
        Problem: `milvus_down`, here and in every method; `milvus_too_old`.
    """

    def __init__(
        self,
        address: MilvusAddress,
        name: str,
        in_sight: Callable[[Filters], Articles | None],
        words: KeywordSearch,
    ) -> None:
        self._address, self._name, self._in_sight, self._words = address, name, in_sight, words
        self._client = connect(address)
        self._is_made = False

    def _asked(self, ask: Callable[[MilvusClient], _Found], otherwise: _Found) -> _Found:
        """What the server answers; `otherwise` where there is no collection yet, or no longer."""
        with milvus_errors(self._address):
            try:
                try:
                    return ask(self._client)
                except MilvusException as error:
                    if error.code != NOT_LOADED:
                        raise
                    # The server was started again.
                    self._client.load_collection(self._name, timeout=LONGEST_S)
                    return ask(self._client)
            except MilvusException as error:
                if error.code != NO_COLLECTION:
                    raise
                return otherwise

    # -- what is stored

    def add(self, passages: Sequence[Passage], articles: Mapping[str, ArticleInfo], vectors: Vectors) -> None:
        """As `PassageStore.add`."""
        if not passages:
            return
        if not self._is_made:
            with milvus_errors(self._address):
                make_collection(self._client, self._name, vectors.shape[1], LONGEST_S)
            self._is_made = True
        for start in range(0, len(passages), _ROWS_AT_ONCE):
            part = passages[start : start + _ROWS_AT_ONCE]
            rows = {
                passage.id: row_of(passage, articles[passage.article_id], vector)
                for passage, vector in zip(part, vectors[start : start + _ROWS_AT_ONCE], strict=True)
            }
            with milvus_errors(self._address):
                self._client.upsert(self._name, list(rows.values()), timeout=LONGEST_S)

    def remove(self, ids: Iterable[str]) -> None:
        """As `PassageStore.remove`."""
        every = list(ids)
        for start in range(0, len(every), _IDS_AT_ONCE):
            self._asked(partial(self._delete, every[start : start + _IDS_AT_ONCE]), None)

    def _delete(self, ids: list[str], client: MilvusClient) -> None:
        client.delete(self._name, ids=ids, timeout=LONGEST_S)

    def count(self) -> int:
        """As `PassageStore.count`."""
        return self._count("")

    def _count(self, expression: str) -> int:
        rows = self._query(filter=expression, output_fields=["count(*)"])
        return int(rows[0]["count(*)"]) if rows else 0

    def _query(self, **what: Any) -> list[dict[str, Any]]:
        none: list[dict[str, Any]] = []
        return list(
            self._asked(
                lambda client: client.query(self._name, consistency_level=_STRONG, timeout=LONGEST_S, **what),
                none,
            )
        )

    def id_pages(self, size: int = IDS_A_PAGE) -> Iterator[list[str]]:
        """As `PassageStore.id_pages`; what comes or goes meanwhile may be among them or not."""
        pages = self._asked(
            lambda client: client.query_iterator(
                self._name,
                batch_size=min(size, _MOST),
                output_fields=["id"],
                consistency_level=_STRONG,
                timeout=LONGEST_S,
            ),
            None,
        )
        if pages is None:
            return
        try:
            none: list[dict[str, Any]] = []
            while page := self._asked(lambda client: pages.next(), none):
                yield [str(row["id"]) for row in page]
        finally:
            pages.close()

    def unreadable(self, ids: Sequence[str]) -> set[str]:
        """As `PassageStore.unreadable`."""
        return set(ids).difference(row["id"] for row in self._of(ids, "id"))

    def _of(self, ids: Sequence[str], *fields: str) -> Iterator[dict[str, Any]]:
        for start in range(0, len(ids), _IDS_AT_ONCE):
            yield from self._query(ids=list(ids[start : start + _IDS_AT_ONCE]), output_fields=list(fields))

    # -- what is found

    def nearest(self, vectors: Vectors, within: Within, most: int) -> list[Ranked]:
        """As `PassageStore.nearest`."""
        found = self._search(
            within,
            data=vectors.tolist(),
            anns_field="vector",
            limit=min(most, _MOST),
            search_params={"params": {"ef": max(_LOOKED_AT, most)}},
        )
        return [_ranked(each) for each in found] or [[] for _ in vectors]

    def _search(self, within: Within, also: str = "", **what: Any) -> list[list[dict[str, Any]]]:
        expression = expression_of(within, self._in_sight(within.filters))
        both = " and ".join(f"({each})" for each in (expression, also) if each)
        fields = {"output_fields": ["id", "date"], "timeout": LONGEST_S, **what}
        none: list[list[dict[str, Any]]] = []
        found = self._asked(lambda client: client.search(self._name, filter=both, **fields), none)
        return [list(each) for each in found]

    def cosines(self, vectors: Vectors, ids: Sequence[str]) -> list[dict[str, float]]:
        """As `PassageStore.cosines`."""
        stored = {row["id"]: row["vector"] for row in self._of(ids, "id", "vector")}
        return [{id_: float(vector @ own) for id_, own in stored.items()} for vector in vectors]

    def with_words(self, questions: Sequence[Sequence[str]], within: Within, most: int) -> list[Ranked]:
        """As `PassageStore.with_words`."""
        asked = [coded(words_in(each)) for each in questions]
        data = [each for each in asked if each]
        if not data or most < 1:
            return [[] for _ in asked]
        found = iter(self._search(within, data=data, anns_field="weights", limit=min(most, _MOST)))
        return [_ranked(next(found, []), are_weights=True) if each else [] for each in asked]

    def holding_all(
        self, groups: Sequence[Sequence[str]], filters: Filters, most: int
    ) -> list[tuple[str, str]]:
        """As `PassageStore.holding_all`."""
        also = holds_of_each(groups)
        if not also or most < 1:
            return []
        within, limit = Within(filters), min(most, _MOST)
        words = coded(words_in(each for group in groups for each in group))
        found = self._search(within, also, data=[words], anns_field="weights", limit=limit)
        dates = {hit["id"]: str(hit["entity"]["date"]) for hit in (found[0] if found else [])}
        if len(dates) < limit:
            # Those that speak of a year in other words than its number.
            expression = expression_of(within, self._in_sight(filters)) or also
            both = f"({expression}) and ({also})"
            for row in self._query(filter=both, output_fields=["id", "date"], limit=limit):
                dates.setdefault(row["id"], row["date"])
        return list(dates.items())[:most]

    def passages_with(self, words: Sequence[str]) -> list[int]:
        """As `PassageStore.passages_with`."""
        return [self._count(holds(word)) if word.split() else 0 for word in words]

    # -- keeping in step

    def look(self) -> None:
        """As `PassageStore.look`."""
        self._query(filter="", output_fields=["id"], limit=1)

    def follow(self) -> bool:
        """As `PassageStore.follow`: words are never behind."""
        return True

    def catch_up(self, *, thoroughly: bool = False, at_least: int = 1) -> None:
        """As `PassageStore.catch_up`: there is nothing to store, and nothing is left to wait."""
        if at_least == 1:
            self._words.leave()

    def reopen(self) -> None:
        """As `PassageStore.reopen`; another process may have removed the collection."""
        self._is_made = False

    def delete(self) -> None:
        """As `PassageStore.delete`."""
        self._asked(lambda client: client.drop_collection(self._name, timeout=LONGEST_S), None)
        self.close()

    def close(self) -> None:
        """As `PassageStore.close`."""
        self._is_made = False
        self._client.close()


def _ranked(hits: Iterable[Mapping[str, Any]], *, are_weights: bool = False) -> Ranked:
    """Hits of a search, best first. BM25 is never below zero, but milvus-lite tells it so."""
    found = [(str(hit["id"]), float(hit["distance"])) for hit in hits]
    if are_weights:
        found = [(id_, abs(weight)) for id_, weight in found]
    return sorted(found, key=lambda each: (-each[1], each[0]))
