"""What an index keeps to wherever its passages are: filters, who may see what, removal, another model, a kill in the midst."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import URL

from index.catalogue import Catalogue
from index.deletion import remove_index
from index.passage_list import list_passages
from index.query import Filters, read_query
from index.search import Searcher
from index.store import Index
from index.stores.base import EVERYTHING, Within
from index.stores.place import Place, open_store
from index.sync import ingest
from tests.collected_articles import CLOSED, COLLECTION, MARK, OPEN, write_articles
from tests.index.killed_ingest import DigestEmbedder

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
_DATED = "---\ntitle: {title}\ndate: {date}\nsource: {source}\nregion: {region}\n---\n\n{text}\n"
ARTICLES = {
    "shanghai": (
        "上海营收",
        "2026-05-12",
        "产业观察",
        "上海",
        "2025年上海集成电路产业的营业收入超过4800亿元。",
    ),
    "hubei": ("湖北营收", "2026-04-28", "经济简报", "湖北", "2024年湖北集成电路产业的营业收入超过1000亿元。"),
    "loans": ("贴息办法", "2024-11-05", "财政公报", "", "设备贷款的贴息比例为3.5%，电路板企业也可以申请。"),
}
WORDS = ["集成电路", "营业 收入", "贴息"]


class OtherEmbedder(DigestEmbedder):
    """Another model, of another dimension."""

    fingerprint = "other"

    def embed_passages(self, texts: list[str]) -> np.ndarray:
        vectors = super().embed_passages(texts)[:, ::-1][:, :16]
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def opened(folder: Path, place: Place, embedder: type[DigestEmbedder] = DigestEmbedder) -> Index:
    return Index(folder, embedder, model_name=embedder.fingerprint, place=place)


def write(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names or ARTICLES:
        title, date, source, region, text = ARTICLES[name]
        content = _DATED.format(title=title, date=date, source=source, region=region, text=text)
        (folder / f"{name}.md").write_text(content, "utf-8")
    return folder


@pytest.fixture
def index(place: Place, tmp_path: Path) -> Iterator[Index]:
    index = opened(tmp_path / "index", place)
    yield index
    index.close()


@pytest.fixture
def filled(index: Index, tmp_path: Path) -> Index:
    assert ingest(index, [write(tmp_path / "articles")]).problems == []
    return index


def dense(index: Index, within: Within = EVERYTHING) -> set[str]:
    """The titles of the articles that are found by a vector."""
    vector = index.embedder.embed_queries(["营业收入"])
    return titles(index, [id_ for id_, _ in index.passages.nearest(vector, within, 100)[0]])


def keyword(index: Index, *words: str, within: Within = EVERYTHING) -> set[str]:
    """The titles of the articles that are found by words."""
    return titles(index, [id_ for id_, _ in index.passages.with_words([words or WORDS], within, 100)[0]])


def titles(index: Index, ids: list[str]) -> set[str]:
    return {info.title for _, info in index.catalogue.passages(ids).values()}


def assert_in_step(index: Index) -> None:
    ids = index.catalogue.all_passage_ids()
    assert index.passages.ids() == ids
    assert index.passages.count() == len(ids)
    assert index.passages.unreadable(sorted(ids)) == set()
    every = {info.title for info in index.catalogue.articles()}
    assert dense(index) == every


def test_each_arm_finds_what_was_stored(filled: Index) -> None:
    assert_in_step(filled)
    assert keyword(filled) == {"上海营收", "湖北营收", "贴息办法"}
    assert keyword(filled, "贴息") == {"贴息办法"}
    assert keyword(filled, "营业 收入", "从未出现") == {"上海营收", "湖北营收"}
    assert keyword(filled, "3.5%") == {"贴息办法"}
    assert keyword(filled, "3.5") == set()
    for nothing in ([], [""], ["从未出现"], ["'"], ['"'], ["AND"], ["words:贴息"], ["\\"], ["%"]):
        assert filled.passages.with_words([nothing], EVERYTHING, 10) == [[]], nothing


def test_the_rarer_word_comes_first_and_several_questions_are_answered_at_once(filled: Index) -> None:
    first, nothing, last = filled.passages.with_words([["贴息", "超过"], [], ["上海"]], EVERYTHING, 10)
    assert titles(filled, [first[0][0]]) == {"贴息办法"}
    assert [score for _, score in first] == sorted((score for _, score in first), reverse=True)
    assert all(score > 0 for _, score in first)
    assert nothing == []
    assert titles(filled, [last[0][0]]) == {"上海营收"}


def test_how_many_passages_hold_a_word(filled: Index) -> None:
    assert filled.passages.passages_with(["集成电路", "营业 收入", "贴息", "从未出现", "3.5%"]) == [
        2,
        2,
        1,
        0,
        1,
    ]


def test_passages_that_hold_a_word_of_every_group(filled: Index) -> None:
    def holding(*groups: list[str], filters: Filters | None = None) -> list[tuple[str, str]]:
        found = filled.passages.holding_all(groups, filters or Filters(), 100)
        infos = filled.catalogue.passages([id_ for id_, _ in found])
        return sorted((infos[id_][1].title, date) for id_, date in found)

    assert holding(["营业 收入", "贴息"], ["湖北"]) == [("湖北营收", "2026-04-28")]
    assert holding(["营业 收入"], ["2025"]) == [("上海营收", "2026-05-12")]
    assert len(holding(["营业 收入", "贴息"])) == 3
    assert holding(["营业 收入", "贴息"], filters=Filters(years=[2024])) == [("贴息办法", "2024-11-05")]
    assert holding(["从未出现"], ["湖北"]) == holding([]) == holding([""]) == []


@pytest.mark.parametrize(
    ("filters", "years", "expected"),
    [
        ({}, (), {"上海营收", "湖北营收", "贴息办法"}),
        ({"years": [2026]}, (), {"上海营收", "湖北营收"}),
        ({}, (2025,), {"上海营收"}),
        ({}, (2024, 2025), {"上海营收", "湖北营收"}),
        ({"sources": ["经济简报", "财政公报"]}, (), {"湖北营收", "贴息办法"}),
        ({"regions": ["上海"]}, (), {"上海营收"}),
        ({"regions": ["上海"]}, (2024,), set()),
        ({"since": "2026-05"}, (), {"上海营收"}),
        ({"since": "2024", "until": "2026-04"}, (), {"湖北营收", "贴息办法"}),
        ({"years": [2026], "until": "2026-04-30"}, (2024,), {"湖北营收"}),
        ({"kinds": ["没有的"]}, (), set()),
        ({"articles": []}, (), set()),
    ],
)
def test_filters(filled: Index, filters: dict, years: tuple[int, ...], expected: set[str]) -> None:
    within = Within(Filters(**filters), years)
    # "2024年" of a passage that speaks of no year but its article's date is none.
    assert dense(filled, within) == keyword(filled, within=within) == expected


def test_chosen_articles_and_folders(filled: Index, tmp_path: Path) -> None:
    info = next(each for each in filled.catalogue.articles() if each.title == "湖北营收")
    for filters in (
        Filters(articles=[info.id, "never there"]),
        Filters(within_folders=[str((tmp_path / "articles" / "hubei.md").resolve())]),
    ):
        assert dense(filled, Within(filters)) == keyword(filled, within=Within(filters)) == {"湖北营收"}
    folder = Within(Filters(within_folders=[str((tmp_path / "articles").resolve())], years=[2024]))
    assert dense(filled, folder) == keyword(filled, within=folder) == {"贴息办法"}


def test_nobody_finds_what_is_hidden_and_it_is_shown_and_hidden_at_once(index: Index, tmp_path: Path) -> None:
    ingest(index, list(write_articles(tmp_path)))
    words = ["2025", "政策", "产业", "备案", "免税", "碳酸锂", "营收"]
    for hides in (True, False, True):
        for info in index.catalogue.articles():
            index.catalogue.correct(
                info.id, {"collection": COLLECTION if hides and MARK in info.title else ""}
            )
        for seen, sees in ((None, True), ([COLLECTION], True), ([], not hides), (["别的"], not hides)):
            within = Within(Filters(collections=seen))
            for found in (dense(index, within), keyword(index, *words, within=within)):
                assert any(MARK in title for title in found) == sees, (hides, seen)
                assert len(found) == (len(OPEN) + len(CLOSED) if sees else len(OPEN))
            listed = list_passages(
                index, Searcher(index), read_query("产业", within.filters), order="date", offset=0, most=50
            )
            assert any(MARK in hit.article.title for hit in listed.hits) == sees
    chosen = Within(Filters(collections=[COLLECTION], within_collections=[COLLECTION]))
    assert all(MARK in title for title in dense(index, chosen) | keyword(index, *words, within=chosen))
    assert len(dense(index, chosen)) == len(CLOSED)


def test_what_changed_or_went_is_found_as_it_is_now(filled: Index, tmp_path: Path) -> None:
    (tmp_path / "articles" / "loans.md").unlink()
    file = tmp_path / "articles" / "hubei.md"
    file.write_text(file.read_text("utf-8").replace("湖北", "湖南").replace("2024年", "2023年"), "utf-8")
    report = ingest(filled, [tmp_path / "articles"])
    assert (report.replaced, report.removed) == (1, 1)
    assert_in_step(filled)
    assert keyword(filled) == {"上海营收", "湖南营收"}
    assert keyword(filled, "贴息") == keyword(filled, "湖北") == set()
    assert filled.passages.passages_with(["贴息", "湖南"]) == [0, 1]
    assert (
        dense(filled, Within(years=(2023,))) == keyword(filled, within=Within(years=(2023,))) == {"湖南营收"}
    )


def test_a_lost_passage_is_made_again(filled: Index, tmp_path: Path) -> None:
    filled.passages.remove(sorted(filled.passages.ids())[:1])
    ingest(filled, [tmp_path / "articles"])
    assert_in_step(filled)


def test_another_process_sees_what_was_stored(filled: Index, place: Place, tmp_path: Path) -> None:
    other = opened(tmp_path / "index", place)
    (tmp_path / "articles" / "loans.md").unlink()
    ingest(filled, [tmp_path / "articles"])
    other.follow(at_once=True)
    assert keyword(other) == dense(other) == {"上海营收", "湖北营收"}
    other.close()


def test_vectors_of_another_model_take_the_place_of_the_first(
    filled: Index, place: Place, tmp_path: Path
) -> None:
    other = opened(tmp_path / "index", place, OtherEmbedder)
    before = opened(tmp_path / "index", place)
    ingest(other, [tmp_path / "articles"])
    assert other.embedder.fingerprint == "other"
    assert_in_step(other)
    assert keyword(other) == {"上海营收", "湖北营收", "贴息办法"}
    # Whoever still has the first ones open finds nothing of theirs, and then follows.
    before.follow(at_once=True)
    assert before.passages.ids() == other.passages.ids()
    other.close()
    before.close()
    again = opened(tmp_path / "index", place, OtherEmbedder)
    assert_in_step(again)
    again.close()


@pytest.mark.slow
@pytest.mark.parametrize("side", ["before the catalogue", "after the catalogue"])
def test_a_kill_between_store_and_catalogue_is_mended(
    filled: Index, place: Place, tmp_path: Path, side: str
) -> None:
    articles = tmp_path / "articles"
    file = articles / "hubei.md"
    file.write_text(file.read_text("utf-8").replace("湖北", "湖南"), "utf-8")
    filled.close()
    database = place.database.render_as_string(False) if isinstance(place.database, URL) else ""
    milvus = f"milvus+{place.milvus.uri}" if place.milvus else place.kind
    arguments = [str(tmp_path / "index"), str(articles), side, milvus, place.chroma_server, database]
    command = [sys.executable, "-m", "tests.index.contracts.killed_between", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 9, done.stderr
    index = opened(tmp_path / "index", place)
    assert index.passages.ids() != index.catalogue.all_passage_ids()
    assert ingest(index, [articles]).problems == []
    assert_in_step(index)
    assert keyword(index) == {"上海营收", "湖南营收", "贴息办法"}
    index.close()


def test_two_indexes_keep_apart(place: Place, tmp_path: Path) -> None:
    """On one server, too: an ingest removes what its own catalogue does not name."""
    one, two = opened(tmp_path / "one", place), opened(tmp_path / "two", place)
    ingest(one, [write(tmp_path / "of-one", "shanghai")])
    ingest(two, [write(tmp_path / "of-two", "hubei")])
    ingest(one, [tmp_path / "of-one"])
    for index, title in ((one, "上海营收"), (two, "湖北营收")):
        assert_in_step(index)
        assert dense(index) == keyword(index) == {title}
        index.close()


def test_a_removed_index_leaves_nothing_on_its_server(place: Place, tmp_path: Path) -> None:
    index = opened(tmp_path / "index", place)
    ingest(index, [write(tmp_path / "articles")])
    name = index.catalogue.meta("passages_name") or ""
    index.close()
    chroma = tmp_path / "index" / "chroma" / "collection.txt"
    collection = chroma.read_text("utf-8") if chroma.exists() else ""
    remove_index(tmp_path / "index", place=place)
    assert not (tmp_path / "index").exists()
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    catalogue.set_meta("passages_name", name)
    if collection:
        chroma.parent.mkdir(parents=True)
        chroma.write_text(collection, "utf-8")
    store = open_store(place, tmp_path / "index", catalogue)
    assert store.ids() == set()
    store.close()
    catalogue.close()


def test_an_index_that_changes_its_place_has_its_passages_made_again(
    filled: Index, place: Place, tmp_path: Path
) -> None:
    """To a folder and back, with a change between the two."""
    filled.close()
    for here, changed in ((Place(), "湖南"), (place, "湖东")):
        file = tmp_path / "articles" / "hubei.md"
        file.write_text(file.read_text("utf-8").replace("湖北", "湖南").replace("湖南", changed), "utf-8")
        index = opened(tmp_path / "index", here)
        ingest(index, [tmp_path / "articles"])
        assert_in_step(index)
        assert keyword(index) == {"上海营收", f"{changed}营收", "贴息办法"}
        assert index.passages.passages_with(["湖北"]) == [0]
        index.close()
