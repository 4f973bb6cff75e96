"""Ingest: only what changed, everything after a stop, nothing mixed."""

from pathlib import Path

import pytest

from assistant.service import open_index
from assistant.settings import Settings
from corpus.problem import Problem
from index.embeddings import make_embedder
from index.query import read_query
from index.search import Searcher
from index.store import Index
from index.sync import ingest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.md").write_text("# 甲\n\n2025年上海集成电路产业营收超过4800亿元。", encoding="utf-8")
    (articles / "b.md").write_text("# 乙\n\n2025年江苏集成电路产量为1734.27亿块。", encoding="utf-8")
    return articles


@pytest.fixture
def index(tmp_path: Path, models: Path) -> Index:
    return Index(tmp_path / "index", lambda: make_embedder("default", models), model_name="default")


def in_step(index: Index) -> bool:
    return index.catalogue.all_passage_ids() == index.passages.ids()


def test_only_what_changed_is_done_again(index: Index, folder: Path) -> None:
    first = ingest(index, [folder])
    assert (first.added, first.passages) == (2, 2)
    again = ingest(index, [folder])
    assert (again.added, again.replaced, again.unchanged) == (0, 0, 2)
    (folder / "a.md").write_text("# 甲\n\n2025年上海集成电路产业营收为4801亿元。", encoding="utf-8")
    (folder / "b.md").unlink()
    third = ingest(index, [folder])
    assert (third.replaced, third.removed, third.articles) == (1, 1, 1)
    assert in_step(index)
    hits = Searcher(index).search(read_query("上海集成电路营收"))
    assert [hit.passage.text for hit in hits] == ["2025年上海集成电路产业营收为4801亿元。"]


@pytest.mark.parametrize("step", ["vectors", "catalogue"])
def test_a_stop_at_any_step_is_mended(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    class Stop(BaseException):
        pass

    def stop(*args: object, **kwargs: object) -> None:
        raise Stop

    with monkeypatch.context() as patched:
        patched.setattr(
            *((index.passages, "add") if step == "vectors" else (index.catalogue, "replace_file")), stop
        )
        with pytest.raises(Stop):
            ingest(index, [folder])
    report = ingest(index, [folder])
    assert report.articles == 2
    assert in_step(index)


def test_lost_vectors_are_made_again(index: Index, folder: Path) -> None:
    ingest(index, [folder])
    index.passages.remove(set(list(index.passages.ids())[:1]))
    ingest(index, [folder])
    assert in_step(index)


def test_ctrl_c_keeps_what_is_done_and_names_the_rest(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = index.passages.add
    calls = []

    def add_once(*args: object, **kwargs: object) -> None:
        if calls:
            raise KeyboardInterrupt
        calls.append(1)
        add(*args, **kwargs)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(index.passages, "add", add_once)
        report = ingest(index, [folder])
    assert [file.name for file in report.left] == ["b.md"]
    assert ingest(index, [folder]).added == 1
    assert in_step(index)


def test_a_bad_file_does_not_stop_the_good_ones(index: Index, folder: Path) -> None:
    (folder / "c.md").write_bytes(b"")
    (folder / "d.txt").write_bytes(bytes(range(256)) * 40)
    report = ingest(index, [folder])
    assert report.articles == 2
    assert {problem.code for problem in report.problems} == {"empty_file", "unreadable_encoding"}


@pytest.mark.slow
def test_a_second_ingest_at_the_same_time_is_told(index: Index, folder: Path) -> None:
    from filelock import FileLock

    with FileLock(index.folder / "ingest.lock"), pytest.raises(Problem, match="index_busy"):
        ingest(index, [folder])


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("x")
    with pytest.raises(Problem, match="index_not_writable"):
        open_index(Settings(_env_file=None, index=blocker / "index"))


def test_a_file_that_changes_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index import sync
    from tests.index.killed_ingest import open_index

    articles = tmp_path / "articles"
    articles.mkdir()
    file = articles / "a.md"
    file.write_text("# 题\n\n旧的正文。\n", "utf-8")
    (articles / "b.md").write_text("# 另\n\n另一篇正文。\n", "utf-8")
    index = open_index(tmp_path / "index")
    once, read_files = [], sync.read_files

    def read_and_change(files, *rest):
        for found in read_files(files, *rest):
            if not once:
                once.append(1)
                file.write_text("# 题\n\n新的正文更长一些。\n", "utf-8")
            yield found

    monkeypatch.setattr(sync, "read_files", read_and_change)
    assert not ingest(index, [articles]).problems
    texts = {info.title: index.catalogue.article(info.id).text for info in index.catalogue.articles()}
    assert texts == {"题": "新的正文更长一些。", "另": "另一篇正文。"}
    assert ingest(index, [articles]).unchanged == 2
    index.close()


def test_a_file_that_never_rests_is_read_again_by_the_next_ingest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index import file_at_rest, sync
    from tests.index.killed_ingest import open_index

    articles = tmp_path / "articles"
    articles.mkdir()
    file = articles / "a.md"
    file.write_text("# 题\n\n正文。\n", "utf-8")
    states = iter(range(100))
    with monkeypatch.context() as restless:
        for module in (sync, file_at_rest):
            restless.setattr(module, "state_of", lambda file: (next(states), 0, 0))
        index = open_index(tmp_path / "index")
        assert ingest(index, [articles]).added == 1
    assert len(index.catalogue.articles()) == 1
    assert ingest(index, [articles]).replaced == 1
    assert ingest(index, [articles]).unchanged == 1
    index.close()
