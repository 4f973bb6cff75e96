"""Where state is kept, for tests that must pass alike on an SQLite file and on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from assistant.settings import Settings
from assistant.usage import UsageBook
from tests.postgres import Server, database_on, postgres_server
from ui.chats.store import ChatStore
from ui.people.people_file import open_people_file

ON_FILES = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
"""For tests that look at the files."""


@pytest.fixture(scope="session")
def server_of_state() -> Iterator[Server]:
    """A server with a database `made` that has all tables."""
    with postgres_server() as server:
        server.do("CREATE DATABASE made")
        url = server.url("made")
        ChatStore(url).close()
        open_people_file(url).close()
        book = UsageBook(Path(), url)
        book.by_day()
        book.close()
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def state_url(kind: str, request: pytest.FixtureRequest) -> Iterator[URL | None]:
    """The address of a database of this test's own; None where files keep the state."""
    if kind == "sqlite":
        yield None
    else:
        with database_on(request.getfixturevalue("server_of_state"), like="made") as url:
            yield url


@pytest.fixture
def chats_at(state_url: URL | None, tmp_path: Path) -> Path | URL:
    """Where a `ChatStore` keeps its chats."""
    return tmp_path / "chats.sqlite" if state_url is None else state_url


def with_state(settings: Settings, url: URL | None) -> Settings:
    """The settings, with a database server where there is one."""
    address = "" if url is None else url.render_as_string(hide_password=False)
    return Settings(_env_file=None, **{**settings.model_dump(), "database_url": address})
