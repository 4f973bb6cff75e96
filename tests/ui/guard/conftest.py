"""The application without accounts and with them, and a file of the server that no page may give out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from tests.ui.guard.pages import BAIT, client_of
from ui.people.accounts import Accounts
from ui.people.person import Role
from ui.web.server import make_app
from ui.web.workplace import Workplace


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where Gradio keeps uploads and copies."""
    folder = tmp_path_factory.mktemp("temporary")
    before = os.environ.get("GRADIO_TEMP_DIR")
    os.environ["GRADIO_TEMP_DIR"] = str(folder)
    yield folder
    os.environ.pop("GRADIO_TEMP_DIR")
    if before is not None:
        os.environ["GRADIO_TEMP_DIR"] = before


@pytest.fixture(scope="module")
def bait(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("server") / "secret.md"
    file.write_text(BAIT, "utf-8")
    return file


@pytest.fixture(scope="module")
def local(temporary: Path, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Without accounts."""
    folder = tmp_path_factory.mktemp("local")
    return client_of(
        make_app(Workplace(Settings(_env_file=None, data=folder / "data", index=folder / "index")))
    )


@pytest.fixture(scope="module")
def people(temporary: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, TestClient]:
    """With accounts."""
    folder = tmp_path_factory.mktemp("people")
    settings = Settings(_env_file=None, data=folder / "data", index=folder / "index")
    accounts = Accounts(settings)
    app = make_app(Workplace(settings))
    clients = {}
    for name, role in (("anna", Role.ADMIN), ("ed", Role.EDITOR), ("eve", Role.EDITOR), ("rea", Role.READER)):
        accounts.add(name, "a long password", role)
        clients[name] = client_of(app, accounts.make_key(name))
    return clients
