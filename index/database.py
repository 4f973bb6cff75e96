"""An SQLite file as every room keeps one: one connection that threads share, all or nothing, other processes beside it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.private_files import private_database

_LONGEST_WAIT_S = 30


class Database:
    """Opens the file and makes what `schema` lacks in it; `pragmas` are set besides the write-ahead log.

    Raises:
        sqlite3.DatabaseError: where the file is no database or cannot be written.
    """

    def __init__(self, file: Path, schema: str, pragmas: Iterable[str] = ()) -> None:
        self.lock = threading.RLock()
        private_database(file)
        self.connection = sqlite3.connect(
            file, check_same_thread=False, isolation_level=None, timeout=_LONGEST_WAIT_S
        )
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", *pragmas):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.executescript(schema)

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is done inside happens, or nothing of it."""
        with self.lock:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def rows(self, sql: str, parameters: Iterable[object] = ()) -> list[tuple]:
        """What a SELECT finds."""
        with self.lock:
            return self.connection.execute(sql, tuple(parameters)).fetchall()
