"""Answers, refusals and notes where a question is asked of chosen articles."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.service import Assistant, open_index
from assistant.settings import Settings
from index.query import Filters
from index.sync import ingest
from tests.collected_articles import COLLECTION, write_articles

TODAY = date(2026, 4, 1)
QUESTION = "2025年湖北集成电路产业营收是多少?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("chosen")
    open_articles, closed = write_articles(folder)
    index = open_index(settings.model_copy(update={"index": folder / "index"}))
    ingest(index, [open_articles])
    ingest(index, [closed], collection=COLLECTION)
    yield Assistant(index, settings)
    index.close()


def id_of(assistant: Assistant, title: str) -> str:
    return next(each.id for each in assistant.index.catalogue.articles() if title in each.title)


def test_only_the_chosen_articles_answer(assistant: Assistant) -> None:
    for title, told in (("湖北集成电路产业年报", "1000亿元"), ("湖北集成电路核查密报", "873亿元")):
        chosen = id_of(assistant, title)
        answer = assistant.ask(QUESTION, filters=Filters(articles=[chosen]), today=TODAY)
        assert told in answer.short_answer
        assert {each.article_id for each in answer.citations} == {chosen}


def test_a_refusal_says_that_the_chosen_articles_do_not_tell(assistant: Assistant) -> None:
    articles = [id_of(assistant, title) for title in ("广东出台", "江苏出台")]
    answer = assistant.ask(QUESTION, filters=Filters(articles=articles), today=TODAY)
    assert answer.refused
    assert "所选的 2 篇" in answer.answer
    assert {each.article_id for each in (*answer.citations, *answer.near)} <= set(articles)
    told = assistant.ask(QUESTION, filters=Filters(articles=articles), today=TODAY, language="en").answer
    assert "2 chosen" in told


def test_what_is_gone_or_hidden_is_told_and_not_searched(assistant: Assistant) -> None:
    hidden, shown = id_of(assistant, "湖北集成电路核查密报"), id_of(assistant, "湖北集成电路产业年报")
    filters = Filters(articles=[hidden, shown, "gone"], collections=[])
    answer = assistant.ask(QUESTION, filters=filters, today=TODAY)
    assert "1000亿元" in answer.short_answer
    assert [note for note in answer.notes if "2 篇" in note]
    assert assistant.search(QUESTION, filters=filters).missing_articles == [hidden, "gone"]
    none = assistant.ask(QUESTION, filters=filters.model_copy(update={"articles": [hidden]}), today=TODAY)
    assert none.refused
    assert "不在资料库" in none.answer
    assert not none.near


def test_the_other_filters_are_dropped_before_the_chosen_articles(assistant: Assistant) -> None:
    chosen = id_of(assistant, "湖北集成电路产业年报")
    filters = Filters(articles=[chosen], since="2030")
    answer = assistant.ask(QUESTION, filters=filters, today=TODAY)
    assert "1000亿元" in answer.short_answer
    assert {each.article_id for each in answer.citations} == {chosen}
    assert answer.notes
