"""Passages in a PostgreSQL database with pgvector: a table for each index, half precision, an HNSW graph; words lie beside it.

Searches look along the graph on and on (`hnsw.iterative_scan`) until enough passages meet the filters; where the graph gives
up before that, all that meet them are compared, for which the columns of the filters have indexes of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from secrets import token_hex
from typing import Any

from sqlalchemy import URL, Connection, TextClause, text
from sqlalchemy.exc import ProgrammingError

from corpus.model import Passage
from index.embeddings.base import Vectors
from index.hit import ArticleInfo
from index.keyword_search import KeywordSearch
from index.query import Filters
from index.state.server import server_engine, server_errors
from index.stores.base import IDS_A_PAGE, Ranked, Within
from index.stores.keyword_query import Articles
from index.stores.pgvector_server import check_pgvector
from index.stores.pgvector_table import add_statement, conditions_of, make_table, row_of, written
from index.stores.words_beside import WithWordsBeside

_ROWS_AT_ONCE = 500
_IDS_AT_ONCE = 10_000
_LOOKED_AT = 1000
"""How many neighbours HNSW looks at, the most that pgvector allows: with 400, an eleventh of the nearest forty is missed."""
_ALONG_THE_GRAPH = text(
    "SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true), "
    f"set_config('hnsw.ef_search', '{_LOOKED_AT}', true)"
)
_NO_TABLE = "42P01"


class PgvectorStore(WithWordsBeside):
    """A table of passages. It is made with the first ones, whose vectors tell how many dimensions there are.

    Raises:
        Problem: `database_unreachable`, here and in every method; `pgvector_missing`, `pgvector_not_enabled`,
            `pgvector_too_old`.
    """

    def __init__(
        self,
        url: URL,
        name: str,
        in_sight: Callable[[Filters], Articles | None],
        words: KeywordSearch,
    ) -> None:
        super().__init__(words)
        self._url, self._table, self._in_sight = url, name, in_sight
        # A plan that is kept would serve all filters alike.
        self._engine = server_engine(url, f"policy-assistant passages {token_hex(6)}", prepare_threshold=None)
        self._is_made = False
        try:
            with self._transaction() as connection:
                check_pgvector(connection, url)
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with server_errors(self._url), self._engine.begin() as connection:
            yield connection

    def _rows(self, sql: str, values: Mapping[str, Any]) -> Sequence[Any]:
        """What a SELECT finds; nothing where there is no table yet."""
        with self._transaction() as connection, _none_without_table() as found:
            found += connection.execute(text(sql), values).fetchall()
        return found

    # -- what is stored

    def add(self, passages: Sequence[Passage], articles: Mapping[str, ArticleInfo], vectors: Vectors) -> None:
        """As `PassageStore.add`, all or nothing."""
        if not passages:
            return
        with self._transaction() as connection:
            if not self._is_made:
                make_table(connection, self._table, vectors.shape[1])
            statement = text(add_statement(self._table))
            for start in range(0, len(passages), _ROWS_AT_ONCE):
                part = passages[start : start + _ROWS_AT_ONCE]
                rows = [
                    row_of(passage, articles[passage.article_id], vector)
                    for passage, vector in zip(part, vectors[start : start + _ROWS_AT_ONCE], strict=True)
                ]
                connection.execute(statement, rows)
        self._is_made = True

    def remove(self, ids: Iterable[str]) -> None:
        """As `PassageStore.remove`."""
        every = list(ids)
        for start in range(0, len(every), _IDS_AT_ONCE):
            with self._transaction() as connection, _none_without_table():
                connection.execute(
                    text(f"DELETE FROM {self._table} WHERE id = ANY(:ids)"),
                    {"ids": every[start : start + _IDS_AT_ONCE]},
                )

    def count(self) -> int:
        """As `PassageStore.count`."""
        rows = self._rows(f"SELECT count(*) FROM {self._table}", {})
        return int(rows[0][0]) if rows else 0

    def id_pages(self, size: int = IDS_A_PAGE) -> Iterator[list[str]]:
        """As `PassageStore.id_pages`, in order; what comes or goes meanwhile may be among them or not."""
        sql = f"SELECT id FROM {self._table} WHERE id > :last ORDER BY id LIMIT :size"
        last = ""
        while rows := self._rows(sql, {"last": last, "size": size}):
            yield [row[0] for row in rows]
            last = rows[-1][0]

    def unreadable(self, ids: Sequence[str]) -> set[str]:
        """As `PassageStore.unreadable`."""
        return set(ids).difference(*(row for row in self._of(ids, "id")))

    def _of(self, ids: Sequence[str], columns: str, **values: Any) -> Iterator[Any]:
        """Columns of the rows with these ids."""
        sql = f"SELECT {columns} FROM {self._table} WHERE id = ANY(:ids)"
        for start in range(0, len(ids), _IDS_AT_ONCE):
            yield from self._rows(sql, {"ids": list(ids[start : start + _IDS_AT_ONCE]), **values})

    # -- what is found

    def nearest(self, vectors: Vectors, within: Within, most: int) -> list[Ranked]:
        """As `PassageStore.nearest`."""
        condition, values = conditions_of(within, self._in_sight(within.filters))
        along_the_graph, all_compared = (
            text(
                f"WITH near AS MATERIALIZED (SELECT id, vector <=> CAST(:vector AS halfvec) AS distance FROM {self._table} "
                f"WHERE {condition} ORDER BY {order} LIMIT :most) SELECT id, 1 - distance FROM near ORDER BY distance, id"
            )
            # PostgreSQL takes no index for a sum.
            for order in ("distance", "(vector <=> CAST(:vector AS halfvec)) + 0")
        )
        found = []
        for vector in vectors:
            values |= {"vector": written(vector), "most": most}
            ranked = self._ranked(along_the_graph, values)
            if len(ranked) < most and condition != "true":
                ranked = self._ranked(all_compared, values)
            found.append(ranked)
        return found

    def _ranked(self, statement: TextClause, values: Mapping[str, Any]) -> Ranked:
        with self._transaction() as connection, _none_without_table() as found:
            connection.execute(_ALONG_THE_GRAPH)
            found += connection.execute(statement, values).fetchall()
        return [(id_, float(cosine)) for id_, cosine in found]

    def cosines(self, vectors: Vectors, ids: Sequence[str]) -> list[dict[str, float]]:
        """As `PassageStore.cosines`."""
        columns = "id, 1 - (vector <=> CAST(:vector AS halfvec))"
        return [
            {id_: float(cosine) for id_, cosine in self._of(ids, columns, vector=written(vector))}
            for vector in vectors
        ]

    # -- keeping in step

    def look(self) -> None:
        """As `PassageStore.look`."""
        self._rows(f"SELECT id FROM {self._table} LIMIT 1", {})

    def reopen(self) -> None:
        """As `PassageStore.reopen`; another process may have removed the table."""
        self._is_made = False

    def delete(self) -> None:
        """As `PassageStore.delete`."""
        with self._transaction() as connection:
            connection.execute(text(f"DROP TABLE IF EXISTS {self._table}"))
        self.close()

    def close(self) -> None:
        """As `PassageStore.close`."""
        self._is_made = False
        self._engine.dispose()


@contextmanager
def _none_without_table() -> Iterator[list[Any]]:
    """A list to be filled, which stays empty where there is no table yet, or no longer."""
    found: list[Any] = []
    try:
        yield found
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", "") != _NO_TABLE:
            raise
