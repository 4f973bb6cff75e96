"""The address of a PostgreSQL database, as it is set and as it is shown."""

from __future__ import annotations

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from corpus.problem import Problem

DRIVER = "postgresql+psycopg"
_NAMES = frozenset(["postgres", "postgresql", DRIVER])


def server_url(text: str) -> URL:
    """The address that `postgresql://user:password@host:5432/database` stands for.

    Raises:
        Problem: `database_url_wrong`; it does not repeat the text, which holds a password.
    """
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise Problem("database_url_wrong") from None
    # Of a password with an @ that is not percent-encoded the rest would be shown as the host.
    misread = "@" in f"{url.host or ''}{url.database}"
    if url.drivername not in _NAMES or not url.database or misread:
        raise Problem("database_url_wrong")
    return url.set(drivername=DRIVER)


def shown(url: URL) -> str:
    """Host, port and name of a database, and nothing by which one gets in."""
    host = url.host or url.query.get("host") or "localhost"
    return f"{host if isinstance(host, str) else ', '.join(host)}{f':{url.port}' if url.port else ''}/{url.database}"
