"""Uploads that wait are read with their person's rights alone, whatever else reads the folder meanwhile; nothing is lost."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ui.web.library_job
import ui.web.workplace
from assistant.settings import Settings
from corpus.problem import Problem
from ui.people.person import Person, Role
from ui.web.uploads import store_upload
from ui.web.waiting_uploads import WaitingUpload, WaitingUploads
from ui.web.workplace import Workplace

HIDDEN = "机密"
EDITOR = Person("ed", Role.EDITOR, frozenset({"公开"}))
ADMIN = Person("anna", Role.ADMIN)
TEXT = "---\ncollection: {}\n---\n\n# 上海集成电路\n\n2025年上海集成电路产业营收超过4800亿元。\n"


@pytest.fixture
def workplace(tmp_path: Path, models: Path) -> Workplace:
    for name in ("corpus", "data", "in"):
        (tmp_path / name).mkdir()
    (tmp_path / "data" / "models").symlink_to(models)
    (tmp_path / "corpus" / "a.md").write_text(TEXT.format(HIDDEN), "utf-8")
    (tmp_path / "in" / "forbidden.md").write_text(TEXT.format(HIDDEN), "utf-8")
    (tmp_path / "in" / "secret.md").write_text(TEXT.format(""), "utf-8")
    return Workplace(Settings(_env_file=None, data=tmp_path / "data", corpus=tmp_path / "corpus"))


def collections_of(workplace: Workplace) -> dict[str, set[str]]:
    """The collections of the articles of each upload, by its name."""
    index = workplace.index
    assert index is not None
    uploads = workplace.settings.uploads_folder.resolve()
    return {
        Path(file).name: {collection for collection, _ in found}
        for file, found in index.catalogue.collections_by_file().items()
        if uploads in Path(file).parents
    }


def send(workplace: Workplace) -> None:
    """One upload that names a collection which its person may not fill, and one into a hidden collection."""
    incoming = workplace.settings.data.parent / "in"
    workplace.library.add([(incoming / "forbidden.md", "forbidden.md")], EDITOR)
    workplace.library.add([(incoming / "secret.md", "secret.md")], ADMIN, HIDDEN)


def test_what_comes_in_while_the_folder_is_read_waits_for_its_own_reading(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins = threading.Event()
    read, ingest = workplace.library._read, ui.web.workplace.ingest

    def waits(*given: Any) -> None:
        assert begins.wait(60)
        read(*given)

    def ingest_beside_uploads(*given: Any, **named: Any) -> Any:
        send(workplace)
        return ingest(*given, **named)

    monkeypatch.setattr(workplace.library, "_read", waits)
    monkeypatch.setattr(ui.web.workplace, "ingest", ingest_beside_uploads)
    workplace.prepare()
    assert collections_of(workplace) == {}
    begins.set()
    assert workplace.library.wait(60)
    assert collections_of(workplace) == {"secret.md": {HIDDEN}}
    assert not any(workplace.settings.uploads_folder.rglob("forbidden.md"))


def test_the_note_of_an_upload_is_not_lost_before_its_file_appears(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workplace.prepare()
    index = workplace.index
    assert index is not None
    kept: list[bool] = []
    resumed = threading.Thread(target=workplace.library.resume, args=(index,))

    def resuming(upload: Path, name: str, folder: Path, most: int, before: Callable[[Path], None]) -> Any:
        def noted(path: Path) -> None:
            before(path)
            resumed.start()
            resumed.join(1)  # what looks at the notes now must not take this one for one without a file
            kept.append(workplace.library.is_waiting(path))

        return store_upload(upload, name, folder, most, noted)

    monkeypatch.setattr(ui.web.library_job, "store_upload", resuming)
    incoming = workplace.settings.data.parent / "in"
    workplace.library.add([(incoming / "forbidden.md", "forbidden.md")], EDITOR)
    resumed.join(60)
    assert kept == [True]
    assert workplace.library.wait(60)
    assert collections_of(workplace) == {}
    assert not any(workplace.settings.uploads_folder.rglob("forbidden.md"))


def test_what_cannot_be_taken_in_at_a_start_waits_on(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads = workplace.settings.uploads_folder
    uploads.mkdir(parents=True)
    (uploads / "secret.md").write_text(TEXT.format(""), "utf-8")
    waiting = WaitingUploads(workplace.settings.data / "uploads-waiting")
    waiting.note(WaitingUpload((uploads / "secret.md").resolve(), ADMIN, HIDDEN))
    ingest = ui.web.library_job.ingest

    def full(*given: Any, **named: Any) -> Any:
        raise Problem("index_not_writable", folder="x", reason="full")

    monkeypatch.setattr(ui.web.library_job, "ingest", full)
    workplace.prepare()
    assert (uploads / "secret.md").is_file()
    assert collections_of(workplace) == {}
    monkeypatch.setattr(ui.web.library_job, "ingest", ingest)
    workplace.prepare()
    assert collections_of(workplace) == {"secret.md": {HIDDEN}}
    assert not list(waiting.all())


def test_a_note_that_cannot_be_read_keeps_its_file_out(workplace: Workplace) -> None:
    uploads = workplace.settings.uploads_folder
    uploads.mkdir(parents=True)
    path = (uploads / "secret.md").resolve()
    path.write_text(TEXT.format(""), "utf-8")
    waiting = WaitingUploads(workplace.settings.data / "uploads-waiting")
    waiting.note(WaitingUpload(path, ADMIN, HIDDEN))
    waiting._of(path).write_text("{", "utf-8")
    workplace.prepare()
    assert collections_of(workplace) == {}
    assert path.is_file()


def test_parts_of_uploads_that_broke_off_are_swept(tmp_path: Path) -> None:
    uploads, incoming = tmp_path / "uploads", tmp_path / "a.md"
    incoming.write_text("# 上海\n", "utf-8")
    uploads.mkdir()
    old, fresh = uploads / f".{'0' * 16}.part", uploads / f".{'1' * 16}.part"
    for part in (old, fresh):
        part.write_bytes(b"half")
    os.utime(old, (1, 1))
    store_upload(incoming, "a.md", uploads, 1)
    assert sorted(each.name for each in uploads.iterdir()) == [fresh.name, "a.md"]
