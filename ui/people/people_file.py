"""The SQLite file `<data>/people.sqlite`: people, their API keys and sessions, and failed log-ins."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from assistant.settings import Settings
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.database import Database
from index.migrations import Step

_STEPS = (
    Step(
        1,
        "people, their keys and sessions, failed log-ins",
        (
            "CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY AUTOINCREMENT, "
            "name TEXT UNIQUE NOT NULL COLLATE NOCASE, password TEXT NOT NULL, role TEXT NOT NULL, "
            "collections TEXT, created REAL NOT NULL, disabled INTEGER NOT NULL DEFAULT 0)",
            "CREATE TABLE IF NOT EXISTS keys (digest TEXT PRIMARY KEY, prefix TEXT UNIQUE NOT NULL, "
            "label TEXT NOT NULL, created REAL NOT NULL, used REAL, "
            "person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE)",
            "CREATE TABLE IF NOT EXISTS sessions (digest TEXT PRIMARY KEY, created REAL NOT NULL, "
            "used REAL NOT NULL, person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE)",
            "CREATE TABLE IF NOT EXISTS failures (name TEXT PRIMARY KEY, times INTEGER NOT NULL, last REAL NOT NULL)",
        ),
    ),
)


def accounts_file(settings: Settings) -> Path:
    """Where accounts are kept, if there are any."""
    return settings.data / "people.sqlite"


def _broken(error: Exception) -> Problem:
    return Problem("people_broken", **reason_and_detail(error, "reason_database_damaged"))


def open_people_file(file: Path) -> Database:
    """The file, readable by its owner only; what is deleted in it is overwritten.

    Raises:
        Problem: `people_broken`, `database_newer`.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Made before SQLite opens it, so that nobody else can ever read it; its WAL is made alike.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        return Database(
            file,
            _STEPS,
            ("foreign_keys = ON", "secure_delete = ON"),
            when_damaged=_broken,
        )
    except (OSError, sqlite3.Error) as error:
        raise _broken(error) from error
