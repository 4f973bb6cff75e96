"""Copying what stands in SQLite files into the tables of a PostgreSQL server that hold nothing yet: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Column, Connection, MetaData, Table, cast, func, insert, select, text
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.exc import DBAPIError

from corpus.problem import Problem
from corpus.reasons import detail_of, reason_and_detail
from index.snapshot import snapshot
from index.state.base import Part, StateDatabase
from index.state.opening import open_state
from index.state.server import ServerState
from index.state.server_url import shown

Progress = Callable[[int, int, str], None]
"""Called with rows done, rows in all, and the name of the table at hand."""
_ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Source:
    """A file of the tables of `part`, which go to a `schema` where it is not empty; the server fills those in `made_there` itself."""

    file: Path
    part: Part
    metadata: MetaData
    schema: str = ""
    made_there: frozenset[str] = frozenset()

    @property
    def tables(self) -> list[Table]:
        """Those that are copied, in an order in which each finds the rows that it names."""
        return [table for table in self.metadata.sorted_tables if table.name not in self.made_there]


def copy_to_server(sources: Sequence[Source], url: URL, progress: Progress | None = None) -> dict[str, int]:
    """Copy every row of the files that are there, in one transaction; how many, by table.

    The files are read in a copy as of one moment, which is brought up to date where they are of an earlier version;
    they stay as they are. That as many rows arrived as left is seen before anything is kept.

    Raises:
        Problem: `nothing_to_copy`, `database_not_empty` where a table holds a row already, `database_copy_broken` for a
            damaged file, `database_copy_refused` where the server does not take a row, `database_unreachable`,
            `database_newer`.
    """
    sources = [source for source in sources if source.file.is_file()]
    if not sources:
        raise Problem("nothing_to_copy")
    with ExitStack() as opened:
        files = [opened.enter_context(closing(_opened(source, opened))) for source in sources]
        servers = [
            opened.enter_context(closing(ServerState(url, source.part, source.schema))) for source in sources
        ]
        counts = {
            table.name: int(file.rows(select(func.count()).select_from(table))[0][0])
            for source, file in zip(sources, files, strict=True)
            for table in source.tables
        }
        copying = _Copying(counts, progress or (lambda done, total, name: None))
        with servers[0].transaction(alone="copy") as connection:
            usual = connection.execute(select(func.current_schema())).scalar_one()
            for source in sources:
                _enter(connection, source.schema or usual)
                _check_empty(connection, source, url)
            for source, file in zip(sources, files, strict=True):
                _enter(connection, source.schema or usual)
                for table in source.tables:
                    copying.copy(connection, file, table)
                copying.check(connection, source.tables)
            _enter(connection, usual)
    return counts


def _enter(connection: Connection, schema: str) -> None:
    """Have names be those of a schema until the end of the transaction."""
    connection.execute(select(func.set_config("search_path", f'"{schema}"', True)))


def _opened(source: Source, kept: ExitStack) -> StateDatabase:
    """The file in a copy of its own."""
    folder = kept.enter_context(snapshot(source.file.parent, [source.file.name]))

    def broken(error: Exception) -> Problem:
        fields = reason_and_detail(error, "reason_database_damaged")
        return Problem("database_copy_broken", file=source.file, **fields)

    return open_state(folder / source.file.name, source.part, when_damaged=broken)


def _check_empty(connection: Connection, source: Source, url: URL) -> None:
    """Keep others from writing to the tables, and see that they hold nothing."""
    full = []
    for table in source.metadata.sorted_tables:
        name = connection.dialect.identifier_preparer.format_table(table)
        connection.execute(text(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE"))
        if connection.execute(select(1).select_from(table).limit(1)).first():
            full.append(table.name)
    if full:
        raise Problem("database_not_empty", server=shown(url), tables=", ".join(full))


class _Copying:
    """How far a copy is."""

    def __init__(self, counts: dict[str, int], progress: Progress) -> None:
        self._counts = counts
        self._total, self._done = sum(counts.values()), 0
        self._progress = progress

    def copy(self, connection: Connection, file: StateDatabase, table: Table) -> None:
        """Copy a table's rows in their order."""
        columns = [column for column in table.columns if not column.system]
        for rows in _rows(file, table, columns):
            self._progress(self._done, self._total, table.name)
            try:
                connection.execute(insert(table), rows)
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise
                raised = error.orig or error
                raise Problem("database_copy_refused", table=table.name, detail=detail_of(raised)) from error
            self._done += len(rows)
        for column in table.primary_key:
            _count_on(connection, table, column, _last_number(file, table))
        self._progress(self._done, self._total, "")

    def check(self, connection: Connection, tables: list[Table]) -> None:
        """See that all arrived."""
        for table in tables:
            arrived = connection.execute(select(func.count()).select_from(table)).scalar_one()
            if arrived != self._counts[table.name]:
                fields = {"table": table.name, "arrived": arrived, "left": self._counts[table.name]}
                raise Problem("database_copy_lost", **fields)


def _rows(file: StateDatabase, table: Table, columns: list[Any]) -> Iterator[list[dict[str, Any]]]:
    """A table's rows in the order in which they were added, some at once."""
    last = 0
    number = text("rowid")
    while found := file.rows(
        select(number, *columns)
        .select_from(table)
        .where(text("rowid > :last"))
        .order_by(number)
        .limit(_ROWS_AT_ONCE),
        {"last": last},
    ):
        yield [dict(zip((column.name for column in columns), row[1:], strict=True)) for row in found]
        last = found[-1][0]


def _last_number(file: StateDatabase, table: Table) -> int:
    """The highest number that a table's rows ever had, where the file counts them."""
    counted = file.rows(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"))
    if not counted:
        return 0
    found = file.rows(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    return int(found[0][0]) if found else 0


def _count_on(connection: Connection, table: Table, column: Column[Any], last: int) -> None:
    """Have the server count from the highest number on, where it counts."""
    name = connection.dialect.identifier_preparer.format_table(table)
    of_column = func.pg_get_serial_sequence(name, column.name)
    sequence = connection.execute(select(of_column)).scalar()
    if sequence is None:
        return
    highest = connection.execute(select(func.coalesce(func.max(column), 0))).scalar_one()
    if reached := max(int(highest), last):
        connection.execute(select(func.setval(cast(sequence, REGCLASS), reached)))
