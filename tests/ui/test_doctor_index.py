"""What `assistant doctor` finds of an index, whole or broken, and that it leaves it as it is."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, text

from assistant.settings import Settings
from corpus.problem import Problem
from index.folder_lock import at_rest
from index.repair import repair_files
from index.store import Index
from tests.index.killed_ingest import DigestEmbedder
from tests.postgres import postgres_server
from tests.ui.doctored import everything_in, free_port, made, seen, settings, states
from ui.doctor import index_folder

__all__ = ["made", "settings"]


def test_a_whole_index(settings: Settings) -> None:
    before = everything_in(settings.data)
    found = seen(index_folder.index, settings)
    assert {name: each.state for name, each in found.items()} == {
        "index": "ok",
        "index_version": "ok",
        "vectors": "ok",
    }
    assert "2" in found["index"].message
    assert everything_in(settings.data) == before


def test_what_is_still_in_the_log_of_an_open_index_is_seen(settings: Settings) -> None:
    open_beside = Index(settings.index_folder, DigestEmbedder, model_name="default")
    open_beside.catalogue.set_meta("splitter", "another one")
    assert (settings.index_folder / "catalogue.sqlite-wal").stat().st_size
    assert states(index_folder.index, settings)["index_version"] == "warning"
    open_beside.close()


def test_an_empty_index(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path)
    Index(settings.index_folder, DigestEmbedder, model_name="default").close()
    assert states(index_folder.index, settings) == {"index": "warning", "index_version": "ok"}


BREAKS: dict[str, Callable[[Path], object]] = {
    "catalogue": lambda index: (index / "catalogue.sqlite").write_bytes(b"x" * 9000),
    "catalogue gone": lambda index: (index / "catalogue.sqlite").unlink(),
    "sentences": lambda index: (index / "sentences.sqlite").write_bytes(b"x" * 9000),
    "vectors": lambda index: (index / "chroma" / "chroma.sqlite3").write_bytes(b"x" * 9000),
}


@pytest.mark.parametrize("broken", BREAKS)
def test_a_damaged_index_is_left_as_it_is(broken: str, settings: Settings) -> None:
    BREAKS[broken](settings.index_folder)
    before = everything_in(settings.data)
    found = seen(index_folder.index, settings)
    assert found["index"].state == "fault"
    assert "repair" in found["index"].advice
    assert everything_in(settings.data) == before


def test_vectors_that_are_gone(settings: Settings) -> None:
    shutil.rmtree(settings.index_folder / "chroma")
    assert states(index_folder.index, settings) == {
        "index": "ok",
        "index_version": "ok",
        "vectors": "warning",
    }


def test_an_index_of_another_model_or_version(settings: Settings) -> None:
    other = settings.model_copy(update={"embedding_model": "other/model"})
    assert states(index_folder.index, other)["index_version"] == "fault"
    _set_step(settings, 6)
    assert states(index_folder.index, settings)["index_version"] == "warning"
    _set_step(settings, 999)
    found = seen(index_folder.index, settings)
    assert found["index_version"].state == "fault"
    assert str(settings.index_folder) in found["index_version"].message


def _set_step(settings: Settings, number: int) -> None:
    with closing(sqlite3.connect(settings.index_folder / "catalogue.sqlite")) as connection:
        connection.execute(f"PRAGMA user_version = {number}")


def test_an_index_that_an_ingest_holds(settings: Settings) -> None:
    with at_rest(settings.index_folder):
        found = seen(index_folder.index, settings)
        assert {name: each.state for name, each in found.items()} == {"index": "warning"}
        assert str(os.getpid()) in found["index"].message


def test_an_ingest_that_was_killed(settings: Settings) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (settings.index_folder / "ingest.holder").write_text(f"{gone.pid} 10:00:00")
    assert states(index_folder.index, settings) == {
        "ingest": "warning",
        "index": "ok",
        "index_version": "ok",
        "vectors": "ok",
    }
    assert (settings.index_folder / "ingest.holder").exists()


def test_no_room_for_the_copy_is_no_fault(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 10, 0))
    assert states(index_folder.index, settings) == {"index": "warning"}


def test_an_index_that_changes_all_the_time_is_no_fault(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy(file: Path, target: Path) -> None:
        target.write_bytes(file.read_bytes())
        file.write_bytes(file.read_bytes() + b" ")

    monkeypatch.setattr(shutil, "copyfile", copy)
    assert states(index_folder.index, settings) == {"index": "warning"}


def test_a_file_in_the_place_of_the_index(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("x")
    assert states(index_folder.index, Settings(_env_file=None, data=tmp_path)) == {"index": "fault"}


def test_a_chroma_server_that_is_down(settings: Settings) -> None:
    away = settings.model_copy(update={"chroma_server": f"http://127.0.0.1:{free_port()}"})
    with pytest.raises(Problem, match="chroma_server_down"):
        list(index_folder.vector_server(away))
    # What lies here is looked at all the same.
    assert states(index_folder.index, away) == {"index": "ok", "index_version": "ok"}


def test_a_passage_server_that_is_down_and_one_that_lacks_passages(settings: Settings) -> None:
    with postgres_server() as server:
        url = server.url("postgres").render_as_string(hide_password=False)
        there = settings.model_copy(
            update={"passages": SecretStr("pgvector"), "database_url": SecretStr(url)}
        )
        assert states(index_folder.vector_server, there) == {"vector_server": "ok"}
        found = seen(index_folder.index, there)
        assert (found["vectors"].state, found["index"].state) == ("warning", "ok")
        assert "2" in found["vectors"].message
        # Nothing was made there, nor noted here.
        engine = create_engine(server.url("postgres"))
        with engine.connect() as connection:
            made = connection.execute(text("SELECT count(*) FROM pg_class WHERE relname LIKE 'passages%'"))
            assert made.scalar() == 0
        engine.dispose()
        server.stop()
        with pytest.raises(Problem, match="database_unreachable"):
            list(index_folder.vector_server(there))
        server.start()


@pytest.mark.parametrize("passages", ["", "pgvector"])
def test_an_index_without_its_catalogue_is_no_new_one(settings: Settings, passages: str) -> None:
    """Wherever its passages are: a new catalogue would know nothing of who may see what."""
    (settings.index_folder / "catalogue.sqlite").unlink()
    if passages:
        shutil.rmtree(settings.index_folder / "chroma")
    assert states(index_folder.index, settings) == {"index": "fault"}
    with pytest.raises(Problem, match="index_broken"):
        Index(settings.index_folder, DigestEmbedder, model_name="default")
    assert {each.name.split(".damaged")[0] for each in repair_files(settings.index_folder).aside} >= {
        "keywords"
    }
    Index(settings.index_folder, DigestEmbedder, model_name="default").close()
