"""Chosen sources, dates and kinds keep both rankers, of a real index, to the articles that meet them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.edits import correct_article
from index.hit import ArticleInfo
from index.query import Filters, read_query
from index.search import Searcher
from index.store import Index
from index.stores.base import Within
from index.sync import ingest
from tests.collected_articles import COLLECTION, write_articles
from tests.index.test_collections import opened

QUESTION = "湖北集成电路产业营收"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("chosen")
    index = opened(folder / "index", models)
    open_folder, closed = write_articles(folder)
    ingest(index, [open_folder])
    ingest(index, [closed], collection=COLLECTION)
    yield index
    index.close()


def arms(index: Index, filters: Filters) -> tuple[set[str], set[str]]:
    """The articles that each ranker alone finds, of all passages."""
    vector = index.sentence_vectors.of_question(QUESTION)
    dense = index.passages.nearest(vector, Within(filters), 100)[0]
    words = index.catalogue.keywords.search(["湖北", "数据", "机器人", "产业"], filters, [], 100)
    known = index.catalogue.passages([id_ for id_, _ in (*dense, *words)])
    return {known[id_][1].id for id_, _ in dense}, {known[id_][1].id for id_, _ in words}


def some(index: Index, count: int) -> list[ArticleInfo]:
    return [each for each in index.catalogue.articles() if not each.collection][:count]


def test_both_rankers_keep_to_the_chosen_articles(index: Index) -> None:
    chosen = {each.id for each in some(index, 3)}
    dense, words = arms(index, Filters(articles=sorted(chosen)))
    assert dense == chosen
    assert words <= chosen
    found = Searcher(index).find(read_query(QUESTION, Filters(articles=sorted(chosen))), 50)
    assert {hit.article.id for hit in found.hits} <= chosen
    assert found.hits
    assert not found.widened


def test_as_many_passages_come_from_the_chosen_as_are_asked_for(index: Index) -> None:
    last = index.catalogue.articles()[-1]
    held = len(index.catalogue.passages_of(last.id))
    hits = Searcher(index).search(read_query(QUESTION, Filters(articles=[last.id])), held)
    assert len(hits) == held


def test_no_search_goes_past_the_chosen_articles(index: Index) -> None:
    for articles in ([], ["no-such-article"]):
        found = Searcher(index).find(read_query(QUESTION, Filters(articles=articles)))
        assert (found.hits, found.widened) == ([], False)
    one = some(index, 1)[0]
    found = Searcher(index).find(read_query(QUESTION, Filters(articles=[one.id], years=[1901])))
    assert found.widened, "the year is dropped"
    assert {hit.article.id for hit in found.hits} == {one.id}


def test_what_may_not_be_seen_cannot_be_chosen(index: Index) -> None:
    hidden = next(each for each in index.catalogue.articles() if each.collection)
    for filters in (Filters(articles=[hidden.id]), Filters(within_collections=[COLLECTION])):
        assert arms(index, filters)[0]
        assert arms(index, filters.model_copy(update={"collections": []})) == (set(), set())


def test_a_collection_and_a_folder_are_chosen_whole(index: Index) -> None:
    closed = {each.id for each in index.catalogue.articles() if each.collection}
    assert arms(index, Filters(within_collections=[COLLECTION]))[0] == closed
    folder = str(Path(next(each for each in index.catalogue.articles() if each.collection).file).parent)
    assert arms(index, Filters(within_folders=[folder]))[0] == closed
    assert arms(index, Filters(within_folders=[folder[:-1]]))[0] == set(), (
        "a folder, not a beginning of names"
    )


def test_a_document_that_a_question_names_is_looked_for_among_the_chosen(index: Index) -> None:
    named = next(each for each in some(index, 99) if "数据出境" in each.title)
    other = next(each for each in some(index, 99) if each.id != named.id)
    query = read_query(f"《{named.title}》第一条规定了什么?", Filters(articles=[other.id]))
    found = Searcher(index).find(query)
    assert found.provision is None
    assert {hit.article.id for hit in found.hits} <= {other.id}


@pytest.mark.parametrize(
    ("since", "until", "kept"),
    [
        ("2024-03", "", {"day", "month", "later", "year"}),
        ("2024-03-10", "2024-03-31", {"month", "year"}),
        ("", "2024-03", {"day", "month", "year"}),
        ("2024", "2024", {"day", "month", "year"}),
        ("2025-01-01", "2025", {"later"}),
        ("2026", "", set()),
    ],
)
def test_articles_are_kept_by_date(index: Index, since: str, until: str, kept: set[str]) -> None:
    dates = {"day": "2024-03-05", "month": "2024-03", "year": "2024", "later": "2025-06-01", "none": ""}
    named = dict(zip(dates, some(index, len(dates)), strict=True))
    for name, info in named.items():
        correct_article(index, info.id, {"date": dates[name]})
    ids = [info.id for info in named.values()]
    dense, _ = arms(index, Filters(articles=ids, since=since, until=until))
    assert {name for name, info in named.items() if info.id in dense} == kept


def test_articles_are_kept_by_kind(index: Index) -> None:
    first, second = some(index, 2)
    correct_article(index, first.id, {"kind": "通知"})
    correct_article(index, second.id, {"kind": "报告"})
    assert arms(index, Filters(kinds=["通知"]))[0] == {first.id}
    assert {"通知", "报告"} <= set(index.catalogue.values_of("kind"))
