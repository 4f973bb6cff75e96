"""Whether an error that SQLite raised tells of a damaged file."""

from __future__ import annotations

import sqlite3


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error tells of a damaged file; nearly all others are raised as subclasses of `DatabaseError`."""
    return type(error) is sqlite3.DatabaseError or "Could not decode to UTF-8" in str(error)
