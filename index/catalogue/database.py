"""The catalogue's database: opened once, changed in transactions, and what was counted in it while it stays the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, select, text

from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.catalogue.tables import CATALOGUE, meta
from index.state import open_state
from index.state.statements import put
from index.stores.keyword_query import Articles

_DATA_VERSION = text("PRAGMA data_version")
_META = select(meta.c.value).where(meta.c.name == bindparam("name"))


@dataclass
class _Counts:
    """What was read while SQLite's data_version stayed the same.

    Articles and passages in all, the names of the collections, and the passages and articles in sight under filters.
    """

    version: int
    totals: tuple[int, int] | None = None
    collections: frozenset[str] | None = None
    in_sight: dict[Hashable, frozenset[str]] = field(default_factory=dict)
    articles_in_sight: dict[Hashable, Articles] = field(default_factory=dict)


class CatalogueDatabase:
    """The open database, which the classes of the tables share."""

    def __init__(self, file: Path) -> None:
        self._counted = _Counts(version=-1)
        try:
            self._database = open_state(
                file,
                CATALOGUE,
                when_damaged=lambda error: Problem(
                    "index_broken", folder=file.parent, **reason_and_detail(error, "reason_database_damaged")
                ),
            )
        except (sqlite3.Error, OSError) as error:
            raise Problem("index_not_writable", folder=file.parent, **reason_and_detail(error)) from error
        self._lock = self._database.lock

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """What a SELECT finds."""
        return self._database.rows(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All that is done inside happens, or nothing of it."""
        with self._database.transaction() as connection:
            # SQLite's data_version tells of other connections' changes only.
            self._counted = _Counts(version=-1)
            yield connection

    def meta(self, name: str) -> str | None:
        """A remembered value, or None."""
        rows = self.rows(_META, {"name": name})
        return rows[0][0] if rows else None

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value."""
        with self.transaction() as connection:
            put(connection, meta, [{"name": name, "value": value}])

    def data_version(self) -> int:
        """A number that changes when another connection has changed the file (SQLite's data_version)."""
        return int(self.rows(_DATA_VERSION)[0][0])

    def give_back_space(self) -> None:
        """Make a file as small as what it holds."""
        self._database.give_back_space()

    def _counts(self) -> _Counts:
        """What was counted so far and still holds; counting takes as long as there are rows, and searches ask often."""
        version = self.data_version()
        if self._counted.version != version:
            self._counted = _Counts(version)
        return self._counted
