"""One file that goes wrong in any step is one problem; the others are stored, and what fails for all still stops all."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromadb.errors import InternalError

from assistant.service import open_index
from assistant.settings import Settings
from corpus import load
from corpus.model import Article
from corpus.problem import Problem
from corpus.sandbox import Frame, Work
from corpus.sandbox_process import _frames
from corpus.split import Splitter
from index import embedding, sync
from index.catalogue import FileRecord
from index.store import Index
from index.sync import ingest

BAD = "坏文件"


class Here:
    """The sandbox's work done in this process, where a step can be replaced."""

    def do(self, works: list[Work]) -> list[list[Frame]]:
        return [list(_frames(work.call, json.loads(json.dumps(work.arguments)), work.file)) for work in works]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("a", BAD, "z"):
        body = f"{name}镇2025年绿化面积为37公顷。" * 20
        (folder / f"{name}.md").write_text(f"# {name}的公告\n\n{body}\n", "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path, settings: Settings) -> Iterator[Index]:
    made = open_index(settings.model_copy(update={"index": tmp_path / "index"}))
    yield made
    made.close()


def titles(index: Index) -> list[str]:
    return sorted(info.title for info in index.catalogue.articles())


def guarded(function, is_bad, error: Exception):  # type: ignore[no-untyped-def]
    """The function, which fails where its arguments are of the bad file."""

    def call(*arguments, **more):  # type: ignore[no-untyped-def]
        if is_bad(*arguments):
            raise error
        return function(*arguments, **more)

    return call


def fail_for_bad(monkeypatch: pytest.MonkeyPatch, index: Index, step: str, error: Exception) -> None:
    """Let one step fail for the bad file alone."""

    def of_bad_title(*arguments: object) -> bool:
        return any(isinstance(each, Article) and BAD in each.title for each in arguments)

    def of_bad_texts(texts: list[str], *more: object) -> bool:
        return any(BAD in text for text in texts)

    def of_bad_path(record: FileRecord, *more: object) -> bool:
        return BAD in record.path

    steps = {
        "split": [(Splitter, "split", of_bad_title)],
        "embed": [(index.embedder, name, of_bad_texts) for name in ("embed_passages", "embed_parts")],
        "embedding_text": [(embedding, "embedding_text", of_bad_title)],
        "signature": [(sync, "signature", of_bad_title)],
        "store": [(index.catalogue, "replace_file", of_bad_path)],
    }
    monkeypatch.setattr(load, "sandbox", Here())
    for owner, name, is_bad in steps[step]:
        if hasattr(owner, name):
            monkeypatch.setattr(owner, name, guarded(getattr(owner, name), is_bad, error))


@pytest.mark.parametrize("step", ["split", "embed", "embedding_text", "store", "signature"])
@pytest.mark.parametrize("error", [LookupError("?"), UnicodeEncodeError("utf-8", "\ud800", 0, 1, "?")])
def test_a_step_that_fails_for_one_file_costs_that_file(
    files: Path, index: Index, step: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fail_for_bad(patch, index, step, error)
        report = ingest(index, [files])
    (problem,) = report.problems
    assert problem.code == "file_failed"
    assert Path(str(problem.fields["file"])).stem == BAD
    assert type(error).__name__ in str(problem.fields["detail"])
    stored = ["a的公告", "z的公告"] if step != "signature" else ["a的公告", "z的公告", f"{BAD}的公告"]
    assert titles(index) == sorted(stored)
    assert index.passages.ids() == index.catalogue.all_passage_ids()
    # It is tried again, and the problem is gone.
    again = ingest(index, [files])
    assert again.problems == []
    assert titles(index) == sorted(["a的公告", "z的公告", f"{BAD}的公告"])


def test_what_was_stored_of_a_file_stays_when_it_fails_later(
    files: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(index, [files])
    (files / f"{BAD}.md").write_text(f"# {BAD}的新公告\n\n换了内容，更长一些，说的是别的事情。\n", "utf-8")
    with monkeypatch.context() as patch:
        fail_for_bad(patch, index, "embed", LookupError("?"))
        assert [problem.code for problem in ingest(index, [files]).problems] == ["file_failed"]
    assert f"{BAD}的公告" in titles(index)
    assert index.passages.ids() == index.catalogue.all_passage_ids()
    assert ingest(index, [files]).replaced == 1
    assert f"{BAD}的新公告" in titles(index)


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        sqlite3.OperationalError("database or disk is full"),
        InternalError("disk"),
    ],
)
def test_a_full_disk_stops_all(
    files: Path, index: Index, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_for_bad(monkeypatch, index, "store", error)
    with pytest.raises(Problem, match="index_not_writable"):
        ingest(index, [files])


def test_a_model_that_cannot_be_loaded_stops_all(files: Path, tmp_path: Path, settings: Settings) -> None:
    def broken() -> None:
        raise Problem("no_such_model", model="x", reason="?")

    index = Index(tmp_path / "other", broken, model_name="x")  # type: ignore[arg-type]
    with pytest.raises(Problem, match="no_such_model"):
        ingest(index, [files])
    index.close()


def test_files_without_a_name_in_text_and_files_that_go_are_problems(files: Path, index: Index) -> None:
    (files / b"\xd5\xfe.md".decode("utf-8", "surrogateescape")).write_text("# 题\n\n正文。", "utf-8")
    (files / "out.md").symlink_to("/etc/passwd")
    report = ingest(index, [files])
    assert sorted(problem.code for problem in report.problems) == [
        "file_name_is_no_text",
        "link_leaves_folder",
    ]
    assert len(titles(index)) == 3


def test_a_file_that_changes_while_it_is_read_is_read_again(
    files: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed_meanwhile(paths, problems=None):  # type: ignore[no-untyped-def]
        yield from found(paths, problems)

    found = load.find_files
    monkeypatch.setattr(sync, "find_files", changed_meanwhile)
    with monkeypatch.context() as patch:
        read_files = load.read_files

        def gone_and_changed(entries):  # type: ignore[no-untyped-def]
            (files / "a.md").unlink()
            (files / "z.md").write_text("# 新的z\n\n新的正文写在这里，内容完整。\n", "utf-8")
            yield from read_files(entries)

        patch.setattr(sync, "read_files", gone_and_changed)
        report = ingest(index, [files])
    assert [problem.code for problem in report.problems] == ["unreadable_file"]
    report = ingest(index, [files])
    assert report.problems == []
    assert titles(index) == sorted(["新的z", f"{BAD}的公告"])
