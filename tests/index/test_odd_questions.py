"""Odd questions never break a search, and filters never lie."""

import pytest

from corpus.problem import Problem
from index.query import Filters, read_queries, read_query
from index.search import Searcher
from index.store import Index
from tests.odd_questions import QUESTIONS


def test_there_are_two_hundred() -> None:
    assert len(set(QUESTIONS)) >= 200


def test_odd_questions_find_passages_or_none(sample_index: Index, assistant) -> None:
    searcher = Searcher(sample_index)
    for question in QUESTIONS:
        if len(question) > assistant.settings.longest_question:
            continue
        for query in read_queries(question, today=assistant.today()):
            found = searcher.find(query, 5)
            assert not found.widened
            assert [hit.score for hit in found.hits] == sorted(
                (hit.score for hit in found.hits), reverse=True
            )


def test_filters_that_contradict_each_other_are_dropped_and_said(sample_index: Index) -> None:
    searcher = Searcher(sample_index)
    for filters in (
        Filters(years=[9999]),
        Filters(regions=["火星"]),
        Filters(sources=["'; DROP TABLE articles; --"]),
        Filters(years=[2025], regions=["上海"], sources=["没有这个来源"]),
    ):
        found = searcher.find(read_query("集成电路产业营收", filters), 5)
        assert found.widened
        assert found.hits
    kept = searcher.find(read_query("湖北集成电路产业营收", Filters(regions=["上海"])), 5)
    assert not kept.widened
    assert {hit.article.region for hit in kept.hits} == {"上海"}


@pytest.mark.slow
def test_odd_questions_get_an_answer_a_refusal_or_a_clear_problem(assistant) -> None:
    for question in QUESTIONS:
        try:
            answer = assistant.ask(question)
        except Problem as problem:
            assert problem.code in {"empty_question", "question_too_long"}, question
            continue
        assert answer.answer.strip(), question
        assert answer.refused or answer.citations or not answer.flags, question
        for citation in answer.citations:
            article = assistant.index.catalogue.article(citation.article_id)
            assert article is not None
            assert article.text[citation.start : citation.end] == citation.quote
