"""The catalogue's SQLite file: opened once, changed in transactions, and what was counted in it while it stays the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.article_list import file_name
from index.catalogue.steps import CATALOGUE_STEPS
from index.database import Database
from index.stores.keyword_query import Articles


@dataclass
class _Counts:
    """What was read while SQLite's data_version stayed the same.

    Articles and passages in all, the names of the collections, and the passages and articles in sight under filters.
    """

    version: int
    totals: tuple[int, int] | None = None
    collections: frozenset[str] | None = None
    in_sight: dict[tuple[object, ...], frozenset[str]] = field(default_factory=dict)
    articles_in_sight: dict[tuple[object, ...], Articles] = field(default_factory=dict)


class DatabaseFile:
    """The open file, which the classes of the tables share."""

    def __init__(self, file: Path) -> None:
        self._counted = _Counts(version=-1)
        try:
            self._database = Database(
                file,
                CATALOGUE_STEPS,
                when_damaged=lambda error: Problem(
                    "index_broken", folder=file.parent, **reason_and_detail(error, "reason_database_damaged")
                ),
            )
            self._database.connection.create_function("file_name", 1, file_name, deterministic=True)
        except (sqlite3.Error, OSError) as error:
            raise Problem("index_not_writable", folder=file.parent, **reason_and_detail(error)) from error
        self._lock = self._database.lock
        self._rows = self._database.rows

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._database.transaction() as connection:
            # SQLite's data_version tells of other connections' changes only.
            self._counted = _Counts(version=-1)
            yield connection

    def meta(self, name: str) -> str | None:
        """A remembered value, or None."""
        rows = self._rows("SELECT value FROM meta WHERE name = ?", [name])
        return rows[0][0] if rows else None

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])

    def data_version(self) -> int:
        """A number that changes when another connection has changed the file (SQLite's data_version)."""
        return self._rows("PRAGMA data_version")[0][0]

    def _counts(self) -> _Counts:
        """What was counted so far and still holds; counting takes as long as there are rows, and searches ask often."""
        version = self.data_version()
        if self._counted.version != version:
            self._counted = _Counts(version)
        return self._counted
