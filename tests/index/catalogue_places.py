"""Where a catalogue is, for tests that must pass alike on an SQLite file and on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from index.catalogue.place import CatalogueOnServer, made_up_name
from tests.postgres import postgres_server


@pytest.fixture(scope="session")
def catalogue_server() -> Iterator[URL]:
    """A database in which every test has a schema of its own."""
    with postgres_server() as server:
        server.do("CREATE DATABASE catalogues")
        yield server.url("catalogues")


@pytest.fixture(params=["sqlite", "postgres"])
def catalogue_place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | CatalogueOnServer:
    """A file, or a new schema on the server."""
    return place_of(request.param, tmp_path, request)


def place_of(kind: str, folder: Path, request: pytest.FixtureRequest) -> Path | CatalogueOnServer:
    """A place of a kind."""
    if kind == "sqlite":
        return folder / "catalogue.sqlite"
    return CatalogueOnServer(request.getfixturevalue("catalogue_server"), made_up_name(), folder)
