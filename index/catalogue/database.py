"""The catalogue's database: opened once, changed in transactions, and what was counted in it while it stays the same."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Executable, bindparam, select, text

from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.catalogue.place import CatalogueOnServer, signs_of_index
from index.catalogue.tables import CATALOGUE, meta
from index.state import StateDatabase, open_state
from index.state.statements import put
from index.stores.keyword_query import Articles

if TYPE_CHECKING:
    from index.state.server import ServerState

CHANGES = "changes"
_WRITER = "writer"
_COUNT_CHANGES = text(f"INSERT INTO meta VALUES ('{CHANGES}', '0') ON CONFLICT DO NOTHING")
_CHANGE = text(f"UPDATE meta SET value = (value::bigint + 1)::text WHERE name = '{CHANGES}'")
"""The first statement of a transaction on a server: who comes second waits for it."""
_META = select(meta.c.value).where(meta.c.name == bindparam("name"))


@dataclass
class _Counts:
    """What was read while `data_version` stayed the same.

    Articles and passages in all, the names of the collections, and the passages and articles in sight under filters.
    """

    version: int
    totals: tuple[int, int] | None = None
    collections: frozenset[str] | None = None
    in_sight: dict[Hashable, frozenset[str]] = field(default_factory=dict)
    articles_in_sight: dict[Hashable, Articles] = field(default_factory=dict)


def _refuse_if_lost(place: CatalogueOnServer) -> None:
    """Refuse a server that does not have the catalogue of an index that is there: another database may be set.

    A new one in its place would show everybody what only some may see.

    Raises:
        Problem: `catalogue_missing`.
    """
    if not signs_of_index(place.folder):
        return
    from index.state.look import reached_in_schema
    from index.state.server_url import shown

    if not reached_in_schema(place.url, CATALOGUE, place.schema):
        fields = {"server": shown(place.url), "name": place.schema, "folder": place.folder}
        raise Problem("catalogue_missing", **fields)


class CatalogueDatabase:
    """The open database, which the classes of the tables share."""

    def __init__(self, place: Path | CatalogueOnServer) -> None:
        self._counted = _Counts(version=-1)
        self._changes = 0
        self.folder = place.parent if isinstance(place, Path) else place.folder
        self._server: ServerState | None = None
        if isinstance(place, Path):
            self._database = self._open_file(place)
        else:
            from index.state.server import ServerState

            _refuse_if_lost(place)
            self._database = self._server = ServerState(place.url, CATALOGUE, place.schema)
            with self._database.transaction() as connection:
                connection.execute(_COUNT_CHANGES)
        self._lock = self._database.lock

    def _open_file(self, file: Path) -> StateDatabase:
        def broken(error: Exception) -> Problem:
            fields = reason_and_detail(error, "reason_database_damaged")
            return Problem("index_broken", folder=file.parent, **fields)

        try:
            return open_state(file, CATALOGUE, when_damaged=broken)
        except (sqlite3.Error, OSError) as error:
            raise Problem("index_not_writable", folder=file.parent, **reason_and_detail(error)) from error

    def close(self) -> None:
        """Close the file, or the connections."""
        self._database.close()

    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """What a SELECT finds."""
        return self._database.rows(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All that is done inside happens, or nothing of it; on a server, too, one change comes after the other."""
        with self._database.transaction() as connection:
            # SQLite's data_version tells of other connections' changes only.
            self._counted = _Counts(version=-1)
            if self._server is not None:
                connection.execute(_CHANGE)
            yield connection
        if self._server is not None:
            with self._lock:
                self._changes += 1
                self._counted = _Counts(version=-1)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Have the catalogue for oneself for writing, among all servers that share it.

        Raises:
            Problem: `index_busy`, naming who has it.
        """
        if self._server is None:
            # The lock of the index folder is enough for a file in it.
            yield
            return
        with self._server.held("writing") as is_free:
            if not is_free:
                raise Problem("index_busy", folder=self.folder, holder=self.meta(_WRITER) or "?")
            self.set_meta(_WRITER, f"{platform.node()} {os.getpid()} {datetime.now():%H:%M:%S}")
            yield

    def meta(self, name: str) -> str | None:
        """A remembered value, or None."""
        rows = self.rows(_META, {"name": name})
        return rows[0][0] if rows else None

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value."""
        with self.transaction() as connection:
            put(connection, meta, [{"name": name, "value": value}])

    def data_version(self) -> int:
        """A number that changes when others have changed the catalogue: SQLite's data_version, or what a server counted."""
        if self._server is None:
            return self._database.data_version()
        with self._lock:
            return int(self.meta(CHANGES) or 0) - self._changes

    def give_back_space(self) -> None:
        """Make a file as small as what it holds."""
        self._database.give_back_space()

    def _counts(self) -> _Counts:
        """What was counted so far and still holds; counting takes as long as there are rows, and searches ask often."""
        version = self.data_version()
        if self._counted.version != version:
            self._counted = _Counts(version)
        return self._counted
