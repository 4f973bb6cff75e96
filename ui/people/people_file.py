"""Where people are kept: the SQLite file `<data>/people.sqlite`, or the database server that is set."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from assistant.settings import Settings
from assistant.state_place import place_of
from corpus.private_files import private_file
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.state import StateDatabase, StatePlace, open_state
from ui.people.tables import PEOPLE


def accounts_place(settings: Settings) -> StatePlace:
    """Where accounts are kept: `people.sqlite` in the data folder, or the server that is set."""
    return place_of(settings, "people.sqlite")


def may_have_accounts(settings: Settings) -> bool:
    """Whether there is a place in which accounts may be; looking into it shows."""
    place = accounts_place(settings)
    return not isinstance(place, Path) or place.exists()


def _broken(error: Exception) -> Problem:
    return Problem("people_broken", **reason_and_detail(error, "reason_database_damaged"))


def open_people_file(place: StatePlace) -> StateDatabase:
    """The database; a file is readable by its owner only, and what is deleted in it is overwritten.

    Raises:
        Problem: `people_broken`, `database_newer`, `database_unreachable`.
    """
    try:
        if isinstance(place, Path):
            place.parent.mkdir(parents=True, exist_ok=True)
            # Made before SQLite opens it, so that nobody else can ever read it; its WAL is made alike.
            private_file(place)
        return open_state(place, PEOPLE, when_damaged=_broken)
    except (OSError, sqlite3.Error) as error:
        raise _broken(error) from error
