"""Odd questions never break a search, and filters never lie."""

import pytest

from assistant.understanding.question import read_queries
from corpus.problem import Problem
from index.query import Filters, read_query
from index.search import Searcher
from index.store import Index
from tests.odd_questions import QUESTIONS


def test_there_are_two_hundred() -> None:
    assert len(set(QUESTIONS)) >= 200


@pytest.mark.slow
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
@pytest.mark.timeout(1800)
def test_odd_questions_get_an_answer_a_refusal_or_a_clear_problem(assistant) -> None:
    refused_to_read = {}
    for question in QUESTIONS:
        try:
            answer = assistant.ask(question)
        except Problem as problem:
            refused_to_read[question] = problem.code
            continue
        assert answer.answer.strip(), question
        for citation in answer.citations:
            article = assistant.index.catalogue.article(citation.article_id)
            assert article is not None
            assert article.text[citation.start : citation.end] == citation.quote
    assert set(refused_to_read.values()) == {"empty_question", "question_too_long"}
    longest = assistant.settings.longest_question
    assert all(not q.strip("\n\t\x00 \ufeff\u200b\u3000") or len(q) > longest for q in refused_to_read)
