"""Whether a PostgreSQL database has pgvector, in a version that keeps searching past what filters leave out."""

from __future__ import annotations

from packaging.version import InvalidVersion, Version
from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import ProgrammingError

from corpus.problem import Problem
from index.state.server_url import shown

OLDEST = "0.8"
"""The first pgvector with iterative scans."""
_NO_RIGHT = "42501"
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('policy-assistant vector', 0))")
_ENABLED = text("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
_INSTALLED = text("SELECT default_version FROM pg_available_extensions WHERE name = 'vector'")


def check_pgvector(connection: Connection, url: URL) -> None:
    """Switch pgvector on in the database where it is not, and check its version.

    Args:
        connection: In a transaction.
        url: The database, to name it.

    Raises:
        Problem: `pgvector_missing` where the server has none, `pgvector_not_enabled` where the user may not switch it on,
            `pgvector_too_old`.
    """
    version = connection.execute(_ENABLED).scalar()
    if version is None:
        if connection.execute(_INSTALLED).scalar() is None:
            raise Problem("pgvector_missing", server=shown(url))
        # Of several programs that start at once, one does it.
        connection.execute(_ALONE)
        try:
            with connection.begin_nested():
                connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", "") != _NO_RIGHT:
                raise
            raise Problem("pgvector_not_enabled", server=shown(url)) from error
        version = connection.execute(_ENABLED).scalar()
    if not _is_enough(str(version)):
        raise Problem("pgvector_too_old", server=shown(url), version=version, oldest=OLDEST)


def _is_enough(version: str) -> bool:
    try:
        return Version(version) >= Version(OLDEST)
    except InvalidVersion:
        return False
