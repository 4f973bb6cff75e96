"""Opening the database of a store where it is kept."""

from __future__ import annotations

from pathlib import Path

from index.state.base import Part, StateDatabase, StatePlace, WhenDamaged


def open_state(place: StatePlace, part: Part, *, when_damaged: WhenDamaged) -> StateDatabase:
    """The database with its tables up to date.

    Args:
        place: An SQLite file, or the address of a server.
        part: The tables.
        when_damaged: Makes the problem of a damaged file.

    Raises:
        Problem: `database_newer` where a later version of the program made the tables, `database_unreachable`, and what
            `when_damaged` makes.
        sqlite3.Error, OSError: Where a file cannot be read or written.
    """
    if isinstance(place, Path):
        from index.state.sqlite_file import SqliteState

        return SqliteState(place, part, when_damaged)
    from index.state.server import ServerState

    return ServerState(place, part)
