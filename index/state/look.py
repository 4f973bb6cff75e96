"""Looking at a database server without changing anything there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import URL, text

from index.state.base import Part
from index.state.server import connected
from index.state.server_url import shown
from index.state.upgrade import reached_by, refuse_newer


@dataclass
class Seen:
    """The server's version, a number like 18.6, and the parts whose tables are of an earlier version of this program."""

    version: str
    older: list[str] = field(default_factory=list)


def look_at(url: URL, parts: Iterable[Part]) -> Seen:
    """What a server is and how far its tables are.

    Raises:
        Problem: `database_unreachable`, `database_newer`, `extra_missing`.
    """
    with connected(url) as connection:
        seen = Seen(str(connection.exec_driver_sql("SHOW server_version").scalar_one()).split()[0])
        for part in parts:
            refuse_newer(connection, part, shown(url))
            # A database that holds nothing yet is no older one.
            if 0 < reached_by(connection, part) < part.head:
                seen.older.append(part.name)
    return seen


def reached_in_schema(url: URL, part: Part, schema: str) -> int:
    """How far the tables of a part in a schema are, by the number of their last revision; 0 where there are none.

    Raises:
        Problem: `database_unreachable`, `database_newer`, `extra_missing`.
    """
    with connected(url) as connection:
        path = connection.dialect.identifier_preparer.quote_schema(schema)
        connection.execute(text(f"SET search_path TO {path}"))
        refuse_newer(connection, part, f"{shown(url)}, {schema}")
        return reached_by(connection, part)
