"""A question is parsed once: what is known of it is read from its text a single time."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

import index.question
from assistant.service import Assistant
from assistant.understanding.operation import Operation
from assistant.understanding.question import Question, parse, question_of
from index.kinds import Kind, kind_of
from index.query import Query

TODAY = date(2026, 3, 5)


def test_the_parts_of_a_question_are_questions() -> None:
    question = parse("上海和湖北去年的集成电路营收相差多少?", TODAY)
    assert [part.places for part in question.parts] == [("上海",), ("湖北",)]
    assert all(isinstance(part, Question) and part.today == TODAY for part in question.parts)
    assert question.operation.of_parts is Operation.DIFFERENCE


def test_a_question_of_one_thing_is_its_own_part() -> None:
    question = parse("上海2025年集成电路产业营收多少?")
    assert question.parts == (question,)
    assert question.parts[0] is question


def test_a_query_knows_the_question_that_it_was_made_of() -> None:
    question = parse("现在上海的最低工资标准是多少?", TODAY)
    query = question.query()
    assert query.newest
    assert question_of(query) is question.searched
    assert query.parsed.text == query.question != question.text


def test_a_query_from_elsewhere_is_parsed() -> None:
    assert question_of(Query(question="谁签发了第3号令?")).frame.orders == {"3"}


@pytest.mark.parametrize(
    "asked",
    [
        "上海2025年集成电路产业营收多少?",
        "上海和湖北2025年的集成电路营收相差多少?",
        "哪些省把集成电路列为重点产业?",
    ],
)
def test_no_text_is_classified_again_while_it_is_answered(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    read: Counter[tuple[str, float]] = Counter()

    def counted(text: str, at_least: float = 0.14) -> Kind:
        read[text, at_least] += 1
        return kind_of(text, at_least)

    monkeypatch.setattr(index.question, "kind_of", counted)
    assistant.ask(asked, today=TODAY)
    assert read
    assert max(read.values()) == 1
