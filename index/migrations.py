"""Numbered steps that bring an SQLite file of an earlier version up to date; nothing in it is lost on the way.

SQLite's `user_version` is the number of the last step that a file has been through. A new file goes through all of
them, so that it is made the same way as one that has been in use for long. To change a schema, add a step at the end;
a step that was once released stays as it is.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.problem import Problem

KEPT_MARK = ".before-step-"
"""In the name of the copy that is kept of a file as it was before its first step."""

Change = str | Callable[[sqlite3.Connection], None]
"""One SQL statement, or a function that changes the file; it must not end the transaction that it is called in."""


@dataclass(frozen=True)
class Step:
    """A change of the schema. `number` counts from 1 without a gap, `name` says what it brings."""

    number: int
    name: str
    changes: tuple[Change, ...]


def refuse_newer(connection: sqlite3.Connection, file: Path, steps: Sequence[Step]) -> None:
    """Check that no later version of the program has changed the file.

    Raises:
        Problem: `database_newer`.
    """
    reached = version_of(connection)
    if reached > steps[-1].number:
        raise Problem("database_newer", file=file, reached=reached, known=steps[-1].number)


def migrate(connection: sqlite3.Connection, file: Path, steps: Sequence[Step]) -> list[Step]:
    """Take the steps that the file lacks, each in one transaction with its number; those that were taken.

    Before the first of them a copy of a file that holds anything is kept beside it, in place of an earlier copy.
    Several processes may open the same file at once: each step is taken by one of them.

    Raises:
        Problem: `database_newer`.
        sqlite3.DatabaseError, OSError: where a step or the copy failed; the file is as after the step before.
    """
    refuse_newer(connection, file, steps)
    taken: list[Step] = []
    for step in steps:
        if version_of(connection) >= step.number:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have taken the step since.
            if version_of(connection) < step.number:
                if not taken and holds_something(connection):
                    keep_copy(file, step.number)
                for change in step.changes:
                    connection.execute(change) if isinstance(change, str) else change(connection)
                connection.execute(f"PRAGMA user_version = {step.number}")
                taken.append(step)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    return taken


def version_of(connection: sqlite3.Connection) -> int:
    """The number of the last step that the file has been through; 0 before the first one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def has_column(connection: sqlite3.Connection, table: str, column: str) -> bool:
    """Whether a table has a column, for steps that also meet files from before there were numbers."""
    sql = "SELECT 1 FROM pragma_table_info(?) WHERE name = ?"
    return connection.execute(sql, [table, column]).fetchone() is not None


def holds_something(connection: sqlite3.Connection) -> bool:
    """Whether a file has any table."""
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def keep_copy(file: Path, before: int) -> None:
    """Copy the file as of its last transaction, readable by its owner only."""
    kept = file.with_name(f"{file.name}{KEPT_MARK}{before}")
    part = kept.with_name(f"{kept.name}.part")
    with suppress(FileNotFoundError):
        part.unlink()
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
        for earlier in file.parent.glob(f"{file.name}{KEPT_MARK}*"):
            if earlier not in {kept, part}:
                earlier.unlink()
        os.replace(part, kept)
    finally:
        part.unlink(missing_ok=True)
