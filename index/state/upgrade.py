"""Bringing the tables of a part up to date by Alembic, inside of a transaction that nobody else writes in.

A file from before Alembic has the number of its last step in SQLite's `user_version`; the revisions have the numbers of
those steps. It is kept up to date, so that earlier versions of this program refuse a file that they do not know.
"""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from corpus.problem import Problem
from index.state.base import Part

_HERE = Path(__file__).parent / "migrations"
_one_at_a_time = threading.Lock()
"""Alembic keeps what it works on for the whole process: another thread's revision would change this one's tables."""


def version_table(connection: Connection, part: Part) -> str:
    """Where Alembic keeps the revision: a server has the tables of several parts in one database."""
    return "alembic_version" if connection.dialect.name == "sqlite" else f"alembic_version_{part.name}"


def revision_of(connection: Connection, part: Part) -> int | None:
    """The revision that Alembic has brought the tables to; None where it has done nothing yet."""
    table = version_table(connection, part)
    if not inspect(connection).has_table(table):
        return None
    number = connection.execute(text(f"SELECT max(version_num) FROM {table}")).scalar()
    return None if number is None else int(number)


def reached_by(connection: Connection, part: Part) -> int:
    """The number of the last change that the tables have been through; 0 before the first."""
    earlier = 0
    if connection.dialect.name == "sqlite":
        earlier = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return max(revision_of(connection, part) or 0, earlier)


def refuse_newer(connection: Connection, part: Part, where: object) -> None:
    """Check that no later version of the program has changed the tables.

    Raises:
        Problem: `database_newer`, naming `where`.
    """
    reached = reached_by(connection, part)
    if reached > part.head:
        raise Problem("database_newer", file=where, reached=reached, known=part.head)


def is_up_to_date(connection: Connection, part: Part) -> bool:
    """Whether there is nothing to do."""
    return revision_of(connection, part) == part.head


def upgrade(connection: Connection, part: Part) -> None:
    """Take the revisions that are missing; the caller's transaction holds them all or none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    for name, value in {
        "script_location": str(_HERE),
        "version_locations": str(part.migrations),
        "path_separator": "newline",
    }.items():
        config.set_main_option(name, value.replace("%", "%%"))
    config.attributes.update(connection=connection, version_table=version_table(connection, part))
    reached = reached_by(connection, part)
    with _one_at_a_time:
        if revision_of(connection, part) is None and reached:
            command.stamp(config, f"{reached:04}")
        command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {part.head}")
