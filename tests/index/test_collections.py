"""Collections: how an article comes into one, and that neither ranker finds what may not be seen."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from corpus.block import Block, BlockKind, Draft
from corpus.continued import join_continued
from corpus.load import read_articles
from corpus.model import Article, Passage
from corpus.problem import Problem
from index.deletion import remove_index
from index.edits import correct_article
from index.embeddings import make_embedder
from index.hit import ArticleInfo
from index.passage_list import list_passages
from index.query import Filters, read_query
from index.search import Searcher
from index.store import Index
from index.stores.base import Within
from index.sync import ingest
from index.vectors import VectorStore
from tests.collected_articles import CLOSED, COLLECTION, MARK, OPEN, write_articles

QUESTIONS = ("湖北集成电路产业营收", "数据出境多少个工作日内备案", "2025年青海碳酸锂产量", "机器人扶持政策")


def opened(folder: Path, models: Path) -> Index:
    return Index(folder, lambda: make_embedder("default", models), model_name="default")


def by_title(index: Index) -> dict[str, ArticleInfo]:
    return {info.title: info for info in index.catalogue.articles()}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("collected")
    index = opened(folder / "index", models)
    ingest(index, list(write_articles(folder)))
    yield index
    index.close()


# -- who finds what

NAMES = st.sampled_from(["", "甲", "乙", "丙"])


@run_with(max_examples=25, deadline=None)
@given(
    of=st.lists(NAMES, min_size=len(OPEN) + len(CLOSED), max_size=len(OPEN) + len(CLOSED)),
    seen=st.lists(st.sampled_from(["甲", "乙", "丙", "没有的"]), unique=True),
    question=st.sampled_from(QUESTIONS),
    years=st.sampled_from([[], [2025], [2026], [1999]]),
)
def test_hits_never_come_from_a_hidden_article(
    collected: Index, of: list[str], seen: list[str], question: str, years: list[int]
) -> None:
    catalogue = collected.catalogue
    for info, collection in zip(catalogue.articles(), of, strict=True):
        catalogue.correct(info.id, {"collection": collection})
    visible = {info.id for info in catalogue.articles() if info.collection in {"", *seen}}
    filters = Filters(years=years, collections=seen)
    found = Searcher(collected).find(read_query(question, filters), 50)
    told = {hit.article.id for hit in found.hits} | {each.id for hit in found.hits for each in hit.also_in}
    told |= {id_.split("-")[0] for id_ in (*found.dense, *found.keyword, *found.fused)}
    listed = list_passages(
        collected, Searcher(collected), read_query(question, filters), order="date", offset=0, most=50
    )
    told |= {hit.article.id for hit in (*listed.hits, *listed.near)}
    told |= {each.id for hit in listed.hits for each in hit.also_in}
    assert listed.total == len(listed.hits)
    assert told <= visible
    assert bool(found.hits) == bool(visible)
    assert {info.id for info in catalogue.articles(seen)} == visible
    assert {info.id for info in catalogue.find_articles(Filters(collections=seen))[0]} == visible
    passages = {p.id for id_ in visible for p in catalogue.passages_of(id_)}
    assert catalogue.counts(seen) == (len(visible), len(passages))
    assert {
        each for link in catalogue.links(collections=seen) for each in (link.older, link.newer)
    } <= visible


def test_each_ranker_alone_leaves_out_what_is_hidden(collected: Index) -> None:
    catalogue = collected.catalogue
    for info in catalogue.articles():
        catalogue.correct(info.id, {"collection": COLLECTION if MARK in info.title else ""})
    vector = collected.sentence_vectors.of_question("青海碳酸锂产量")
    for seen, there in ((None, True), ([COLLECTION], True), ([], False)):
        filters = Filters(collections=seen)
        dense = catalogue.passages(
            [id_ for id_, _ in collected.passages.nearest(vector, Within(filters), 50)[0]]
        )
        words = catalogue.passages([id_ for id_, _ in catalogue.keywords.search(["青海"], filters, [], 50)])
        for arm in (dense, words):
            assert any("青海" in passage.text for passage, _ in arm.values()) == there, seen
        assert len(dense) == catalogue.counts(seen)[1]


def test_a_hidden_newer_version_does_not_count_against_the_older(collected: Index) -> None:
    catalogue = collected.catalogue
    old, new = (by_title(collected)[f"数据出境备案办法（{which}）"] for which in ("2023", "2025密报"))
    catalogue.correct(new.id, {"collection": COLLECTION})
    assert catalogue.superseded([old.id]) == {old.id}
    assert catalogue.superseded([old.id], Filters(collections=[COLLECTION])) == {old.id}
    assert catalogue.superseded([old.id], Filters(collections=[])) == set()
    assert catalogue.links(old.id, []) == []


def test_sources_of_hidden_articles_are_not_listed(collected: Index) -> None:
    info = by_title(collected)["青海盐湖密报"]
    correct_article(collected, info.id, {"source": "密报社", "collection": COLLECTION})
    assert "密报社" in collected.catalogue.values_of("source")
    assert "密报社" not in collected.catalogue.values_of("source", [])


def test_many_passages_are_searched_within_sight(tmp_path: Path) -> None:
    draw = np.random.default_rng(3)
    vectors = draw.normal(size=(4000, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    passages = [
        Passage(id=f"p{n}", article_id="a", position=n, text="文", start=0, end=1) for n in range(4000)
    ]
    asked = np.eye(16, dtype=np.float32)[:1]
    order = [f"p{n}" for n in np.argsort(-(vectors @ asked[0]))]
    for hidden in (50, 1000, 3000, 4000):
        # The catalogue may name a passage whose vector was lost; Chroma would fail for it.
        sight = frozenset([*order[hidden:], "lost"])
        store = VectorStore(tmp_path / str(hidden), in_sight=lambda seen, sight=sight: sight)  # type: ignore[misc]
        store.add(passages, {"a": ArticleInfo(id="a", title="文")}, vectors)
        found = [id_ for id_, _ in store.search(asked, Filters(collections=[]), [], 20)]
        exact = order[hidden : hidden + 20]
        assert len(set(found) & set(exact)) >= 0.9 * len(exact)
        assert set(found) <= sight
        store.close()


def test_a_store_that_cannot_tell_what_may_be_seen_gives_nothing(tmp_path: Path) -> None:
    store = VectorStore(tmp_path / "chroma")
    with pytest.raises(ValueError, match="may be seen"):
        store.search(np.eye(16, dtype=np.float32)[:1], Filters(collections=[]), [], 5)
    store.close()


def test_an_index_made_before_collections_works_and_hides_without_a_rebuild(
    tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = write_articles(tmp_path)
    index = opened(tmp_path / "index", models)
    ingest(index, list(folders))
    before = [hit.model_dump() for hit in Searcher(index).search(read_query(QUESTIONS[0]))]
    index.close()
    connection = sqlite3.connect(tmp_path / "index" / "catalogue.sqlite")
    with connection:
        connection.execute("DROP INDEX articles_in_collections")
        connection.execute("DROP TABLE given_collections")
        connection.execute("DROP TABLE to_renew")
        connection.execute("DROP TABLE alembic_version")
        connection.execute("PRAGMA user_version = 0")
        connection.execute(
            "UPDATE articles SET info = json_remove(info, '$.collection', '$.origins.collection')"
        )
    connection.close()
    old = opened(tmp_path / "index", models)

    def no_embedding(texts: list[str]) -> None:
        raise AssertionError("the old passages were embedded again")

    monkeypatch.setattr(old.embedder, "embed_passages", no_embedding)
    monkeypatch.setattr(old.embedder, "embed_parts", no_embedding, raising=False)
    for filters in (None, Filters(collections=[])):
        query = read_query(QUESTIONS[0], filters)
        assert [hit.model_dump() for hit in Searcher(old).search(query)] == before
    report = ingest(old, [folders[1]], collection=COLLECTION)
    assert not report.problems
    hits = Searcher(old).search(read_query(QUESTIONS[2], Filters(collections=[])))
    assert hits
    assert not any(MARK in hit.article.title for hit in hits)
    hits = Searcher(old).search(read_query(QUESTIONS[2], Filters(collections=[COLLECTION])))
    assert MARK in hits[0].article.title
    old.close()


# -- how an article comes into a collection


def articles_of(file: Path) -> list[Article | Problem]:
    return list(read_articles(file))


def test_files_name_the_collection_of_their_articles(tmp_path: Path) -> None:
    text = "上海集成电路产业营收超过4800亿元。"
    (tmp_path / "fields.json").write_text(json.dumps({"collection": "who"}), "utf-8")
    (tmp_path / "a.md").write_text(f"---\ncollection: 内参 \n---\n# 甲\n\n{text}", "utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"title": "乙", "text": text, "who": "内参"}), "utf-8")
    (tmp_path / "c.csv").write_text(f"标题,正文,文集\n丙,{text},内参\n丁,{text},\n", "utf-8")
    found = [each for name in ("a.md", "b.jsonl", "c.csv") for each in articles_of(tmp_path / name)]
    told = {each.title: (each.collection, each.origins.get("collection")) for each in found}  # type: ignore[union-attr]
    assert told == {
        "甲": ("内参", "field"),
        "乙": ("内参", "field"),
        "丙": ("内参", "field"),
        "丁": ("", None),
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\ncollection: [内参, 董事会]\n---\n# 甲\n\n文。"),
        ("a.json", json.dumps({"title": "甲", "text": "文。", "collection": ["内参"]})),
    ],
)
def test_an_article_of_several_collections_is_refused_not_shown_to_all(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    found = articles_of(tmp_path / name)
    assert [each.code for each in found if isinstance(each, Problem)] == ["collection_is_no_name"]
    assert len(found) == 1


def test_parts_of_two_collections_are_not_joined() -> None:
    def parts(one: str, other: str) -> list[Draft]:
        return [
            Draft("要闻", {"collection": one}, [Block(BlockKind.PARAGRAPH, "前半。（下转第2版）")]),
            Draft("要闻", {"collection": other}, [Block(BlockKind.PARAGRAPH, "（上接第1版）后半。")]),
        ]

    assert len(join_continued(parts("内参", "内参"))) == 1
    assert len(join_continued(parts("", "内参"))) == 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "深").mkdir(parents=True)
    (folder / "a.md").write_text("# 甲\n\n2025年上海集成电路产业营收超过4800亿元。", "utf-8")
    (folder / "b.md").write_text(
        "---\ncollection: 自有\n---\n# 乙\n\n2025年江苏集成电路产量为1734亿块。", "utf-8"
    )
    (folder / "深" / "c.md").write_text("# 丙\n\n2025年湖北集成电路产业营收1000亿元。", "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path, models: Path) -> Iterator[Index]:
    index = opened(tmp_path / "index", models)
    yield index
    index.close()


def collections(index: Index) -> dict[str, str]:
    return {title: info.collection for title, info in by_title(index).items()}


def test_a_collection_given_at_ingest_holds_for_files_that_did_not_change_and_is_kept(
    index: Index, folder: Path
) -> None:
    ingest(index, [folder])
    assert collections(index) == {"甲": "", "乙": "自有", "丙": ""}
    ingest(index, [folder], collection="内参")
    assert collections(index) == {"甲": "内参", "乙": "内参", "丙": "内参"}
    assert by_title(index)["甲"].origins["collection"] == "ingest"
    (folder / "a.md").write_text("# 甲\n\n2025年上海集成电路产业营收为4801亿元。", "utf-8")
    (folder / "d.md").write_text("# 丁\n\n2025年广东集成电路产量为900亿块。", "utf-8")
    report = ingest(index, [folder])
    assert (report.added, report.replaced) == (1, 1)
    assert set(collections(index).values()) == {"内参"}
    ingest(index, [folder / "深"], collection="深内参")
    assert ingest(index, [folder]).replaced == 0
    assert collections(index) == {"甲": "内参", "乙": "内参", "丁": "内参", "丙": "深内参"}


def test_what_was_given_is_taken_back(index: Index, folder: Path) -> None:
    ingest(index, [folder], collection="内参")
    report = ingest(index, [folder], collection="")
    assert report.replaced == 3
    assert collections(index) == {"甲": "", "乙": "自有", "丙": ""}
    assert ingest(index, [folder]).unchanged == 3


def test_an_ingest_that_ended_before_it_took_back_is_made_good(index: Index, folder: Path) -> None:
    ingest(index, [folder], collection="内参")
    index.catalogue.give_collection(str(folder.resolve()), "")
    assert set(collections(index).values()) == {"内参"}
    ingest(index, [folder])
    assert collections(index) == {"甲": "", "乙": "自有", "丙": ""}


def test_a_file_that_moves_out_of_a_hidden_folder_stays_hidden(index: Index, folder: Path) -> None:
    ingest(index, [folder])
    ingest(index, [folder / "深"], collection="内参")
    (folder / "深" / "c.md").rename(folder / "c.md")
    report = ingest(index, [folder])
    assert (report.moved, report.unchanged, report.added) == (1, 2, 0)
    assert collections(index)["丙"] == "内参"
    (folder / "c.md").write_text("# 丙\n\n2025年湖北集成电路产业营收1001亿元。", "utf-8")
    ingest(index, [folder])
    assert collections(index)["丙"] == "内参"


def test_a_file_that_moves_into_a_hidden_folder_is_hidden(index: Index, folder: Path) -> None:
    ingest(index, [folder])
    ingest(index, [folder / "深"], collection="内参")
    (folder / "a.md").rename(folder / "深" / "a.md")
    assert ingest(index, [folder]).moved == 1
    assert collections(index)["甲"] == "内参"


def test_a_folder_whose_name_only_begins_the_same_is_another(index: Index, folder: Path) -> None:
    (folder / "深_").mkdir()
    (folder / "深_" / "d.md").write_text("# 丁\n\n2025年广东集成电路产量为900亿块。", "utf-8")
    ingest(index, [folder])
    ingest(index, [folder / "深"], collection="内参")
    ingest(index, [folder])
    assert collections(index) == {"甲": "", "乙": "自有", "丙": "内参", "丁": ""}


def test_a_correction_by_hand_outranks_and_is_undone(index: Index, folder: Path) -> None:
    ingest(index, [folder], collection="内参")
    article = by_title(index)["甲"].id
    assert correct_article(index, article, {"collection": "董事会"}).collection == "董事会"
    ingest(index, [folder], collection="外参")
    assert collections(index) == {"甲": "董事会", "乙": "外参", "丙": "外参"}
    correct_article(index, article, {"collection": ""})
    assert ingest(index, [folder]).unchanged == 3
    assert collections(index)["甲"] == ""
    assert correct_article(index, article, {}).collection == "外参"


def test_a_correction_holds_at_once_also_where_the_file_is_gone(index: Index, folder: Path) -> None:
    ingest(index, [folder])
    (folder / "a.md").unlink()
    article = by_title(index)["甲"].id
    assert correct_article(index, article, {"collection": "内参"}).collection == "内参"
    hits = Searcher(index).search(read_query("上海集成电路营收", Filters(collections=[])))
    assert article not in {hit.article.id for hit in hits}


def test_a_rebuild_does_not_show_to_all_what_was_hidden(tmp_path: Path, folder: Path, models: Path) -> None:
    index = opened(tmp_path / "index", models)
    ingest(index, [folder])
    ingest(index, [folder / "深"], collection="内参")
    correct_article(index, by_title(index)["甲"].id, {"collection": "董事会"})
    index.close()
    remove_index(tmp_path / "index", tmp_path / "index" / "catalogue.sqlite")
    again = opened(tmp_path / "index", models)
    ingest(again, [folder])
    assert collections(again) == {"甲": "董事会", "乙": "自有", "丙": "内参"}
    again.close()
