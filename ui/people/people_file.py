"""The SQLite file `<data>/people.sqlite`: people, their API keys and sessions, and failed log-ins."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.problem import Problem

_SCHEMA = """
CREATE TABLE IF NOT EXISTS people (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE NOT NULL COLLATE NOCASE, password TEXT NOT NULL,
    role TEXT NOT NULL, collections TEXT, created REAL NOT NULL, disabled INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS keys (
    digest TEXT PRIMARY KEY, prefix TEXT UNIQUE NOT NULL, label TEXT NOT NULL, created REAL NOT NULL, used REAL,
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS sessions (
    digest TEXT PRIMARY KEY, created REAL NOT NULL, used REAL NOT NULL,
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS failures (name TEXT PRIMARY KEY, times INTEGER NOT NULL, last REAL NOT NULL);
"""


class PeopleFile:
    """One connection, shared by the threads of a process; other processes may write the file as well."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.RLock()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            # Made before SQLite opens it, so that nobody else can ever read it; its WAL is made alike.
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = sqlite3.connect(
                file, check_same_thread=False, isolation_level=None, timeout=10
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            # What is deleted is overwritten.
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise Problem("people_broken", reason=type(error).__name__) from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is done inside happens, or nothing of it."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, sql: str, parameters: Iterable[object] = ()) -> list[tuple]:
        """What a SELECT finds."""
        with self._lock:
            return self._connection.execute(sql, tuple(parameters)).fetchall()
