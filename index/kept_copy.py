"""The copy of an SQLite file that is kept beside it, as it was before its tables changed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

KEPT_MARK = ".before-step-"
"""In the name of the copy that is kept of a file as it was before its first step."""


def version_of(connection: sqlite3.Connection) -> int:
    """The number of the last step that the file has been through; 0 before the first one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


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
