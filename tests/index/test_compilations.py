"""An index that holds a file of several documents as one article, from before they were told apart: the next ingest mends it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus import file_contents
from corpus.block import Draft
from corpus.model import Article
from index.edits import correct_article
from index.query import Filters
from index.removal import remove_article
from index.store import Index
from index.sync import IngestReport, ingest
from tests.index.killed_ingest import DigestEmbedder

PROSE = "初步核算，全年实现地区生产总值若干亿元，比上年增长百分之四点六，经济运行总体平稳，稳中有进。" * 3
YEARS = (2024, 2023, 2022)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    lines = [
        line
        for year in YEARS
        for line in (
            f"{year}年临江市统计公报", f"{year + 1}年4月2日",
            "一、综合", f"产值为{year}亿元。{PROSE}", "二、农业", f"面积为{year}亩。{PROSE}",
        )
    ]  # fmt: skip
    file = folder / "公报.txt"
    file.write_text("\n\n".join(lines), "utf-8")
    return file


def opened(tmp_path: Path) -> Index:
    return Index(tmp_path / "index", DigestEmbedder, model_name="digest")


def made_before(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    """An index made when a file of several documents was one article."""
    with monkeypatch.context() as patched:
        patched.setattr("index.sync.read_files", lambda files: (list(_whole(*each)) for each in files))
        index = opened(tmp_path)
        ingest(index, [file])
    return index


def _whole(file: Path, key: str) -> list:
    def one(draft: Draft, name: str) -> list[Draft]:
        return [draft]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(file_contents, "documents_of", one)
        found = file_contents.articles_of(
            {"file": str(file), "key": key or str(file), "address": "", "explain": False}
        )
        return [Article.model_validate(value) for _, value in found]


def forget_reading(index: Index) -> None:
    """What an earlier version left: no word on how files were read."""
    name = index.folder / "catalogue.sqlite"
    index.close()
    with closing(sqlite3.connect(name)) as connection, connection:
        connection.execute("ALTER TABLE files DROP COLUMN reading")
        connection.execute("DROP TABLE alembic_version")
        connection.execute("PRAGMA user_version = 6")


def titles(index: Index) -> list[str]:
    return sorted((info.title for info in index.catalogue.articles()), reverse=True)


def in_step(index: Index) -> bool:
    return index.catalogue.all_passage_ids() == index.passages.ids()


def again(tmp_path: Path, index: Index, file: Path) -> tuple[Index, IngestReport]:
    forget_reading(index)
    index = opened(tmp_path)
    return index, ingest(index, [file.parent])


def test_one_article_becomes_several_and_the_first_keeps_its_id(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = made_before(tmp_path, file, monkeypatch)
    (first,) = index.catalogue.articles()
    text = index.catalogue.article(first.id).text  # type: ignore[union-attr]
    correct_first = {"source": "手工"}
    index.catalogue.correct(first.id, correct_first)
    index, report = again(tmp_path, index, file)
    assert (report.replaced, report.articles, report.problems) == (1, 3, [])
    assert titles(index) == [f"{year}年临江市统计公报" for year in YEARS]
    kept = index.catalogue.article(first.id)
    assert kept is not None
    assert (kept.title, kept.source) == (f"{YEARS[0]}年临江市统计公报", "手工")
    texts = "\n".join(index.catalogue.article(info.id).text for info in index.catalogue.articles())  # type: ignore[union-attr]
    assert [line for line in text.split("\n") if line not in texts.split("\n") and "公报" not in line] == []
    assert in_step(index)
    assert ingest(index, [file.parent]).unchanged == 1
    index.close()


def test_a_file_that_moved_meanwhile_keeps_its_ids(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = made_before(tmp_path, file, monkeypatch)
    (first,) = index.catalogue.articles()
    moved = file.rename(file.with_name("公报汇总.txt"))
    index, report = again(tmp_path, index, moved)
    assert (report.moved, report.replaced, report.articles) == (1, 1, 3)
    assert index.catalogue.article(first.id) is not None
    index.close()


def test_what_was_hidden_or_removed_as_one_article_stays_so_in_parts(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = made_before(tmp_path, file, monkeypatch)
    (first,) = index.catalogue.articles()
    index.catalogue.correct(first.id, {"collection": "内参"})
    index, _ = again(tmp_path, index, file)
    assert [info.collection for info in index.catalogue.articles()] == ["内参"] * 3
    assert index.catalogue.find_articles(Filters(collections=[]))[1] == 0
    # From then on each is an article of its own.
    correct_article(index, first.id, {"collection": ""})
    assert sorted(info.collection for info in index.catalogue.articles()) == ["", "内参", "内参"]
    second = next(info for info in index.catalogue.articles() if info.id != first.id)
    remove_article(index, second.id)
    assert len(index.catalogue.articles()) == 2
    index.close()


def test_a_removed_file_does_not_come_back_in_parts(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = made_before(tmp_path, file, monkeypatch)
    (first,) = index.catalogue.articles()
    index.catalogue.correct(first.id, {"removed": str(file)})
    index, report = again(tmp_path, index, file)
    assert report.articles == 0
    assert in_step(index)
    index.close()


def test_vectors_follow_a_title_or_a_day_that_changed_over_the_same_text(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    file = folder / "a.md"
    text = "---\ntitle: {title}\ndate: {day}\n---\n本市产值为五百亿元，比上年增长百分之六。"
    file.write_text(text.format(title="甲市公报", day="2024-05-01"), "utf-8")
    index = opened(tmp_path)
    ingest(index, [file])
    (id_,) = index.passages.ids()
    file.write_text(text.format(title="乙市公报", day="2025-05-01"), "utf-8")
    ingest(index, [file])
    assert index.passages.ids() == {id_}
    (metadata,) = index.passages._vectors._collection.get(ids=[id_], include=["metadatas"])["metadatas"] or [
        {}
    ]
    assert (metadata["title"], metadata["date"]) == ("乙市公报", "2025-05-01")
    index.close()
