"""A result that follows from one sentence needs less confidence than a sentence that must hold the answer itself."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.extract import ExtractiveAnswerer
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.reading.sentence_times import SentenceTimes
from assistant.state import Interpretation, Part, State
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Found, Hit
from index.query import Filters
from index.store import Index

THRESHOLD = 0.5


def answered(index: Index, question: str, sentence: str, confidence: float) -> State:
    """The state after answering a question for which one sentence was found."""
    parsed = parse(question)
    asked = parsed.parts if parsed.operation.of_parts else (parsed,)
    passage = Passage(id="a-0", article_id="a", position=0, text=sentence, start=0, end=len(sentence))
    found = Candidate(
        hit=Hit(passage=passage, article=ArticleInfo(id="a", title="公报")),
        start=0,
        end=len(sentence),
        text=sentence,
        context="",
    )
    parts = [Part(each, Found(query=each.query()), [found], confidence) for each in asked]
    state = State(question, [], Filters(), date(2026, 7, 1))
    state.interpretations = [Interpretation(parsed, parts, parsed.operation.of_parts)]
    scorer = Scorer(rank={}, confidence={}, threshold=THRESHOLD)
    return ExtractiveAnswerer(index, scorer, SentenceTimes(index))(state)


@pytest.mark.parametrize(
    ("question", "sentence", "result"),
    [
        ("云县五年里茶叶产值多了多少", "云县茶叶产值从2020年的2.5亿元增长到2025年的4.2亿元。", "1.7亿元"),
        ("云县的水库和山塘一共多少座", "云县现有水库14座、山塘230座、泵站9座。", "244座"),
        ("照云县茶园的占比倒推，全市大概多少亩", "云县茶园6万亩，占全市的24%。", "约25万亩"),
        ("云县小学比中学多几所", "云县有小学31所、中学12所、幼儿园20所。", "19所"),
    ],
)
def test_what_follows_from_a_sentence_is_told_though_less_sure(
    sample_index: Index, question: str, sentence: str, result: str
) -> None:
    state = answered(sample_index, question, sentence, THRESHOLD * 0.8)
    assert not state.refused
    assert state.short_answer == result
    assert [each.text for each in state.statements][1:] == [sentence]
    assert answered(sample_index, question, sentence, THRESHOLD * 0.4).refused


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("云县茶叶产值是多少", "云县茶叶产值从2020年的2.5亿元增长到2025年的4.2亿元。"),
        ("云县的水库和山塘一共多少座", "云县现有水库14座、泵站9座。"),
        ("云县小学比中学多几所", "云县有小学31所、幼儿园20所。"),
        ("种30亩果树能补多少钱", "新种果树100亩以上的，每亩补贴200元。"),
        ("照云县茶园的占比倒推，全省大概多少亩", "云县茶园6万亩，占全市的24%。"),
    ],
)
def test_without_a_result_the_usual_confidence_is_needed(
    sample_index: Index, question: str, sentence: str
) -> None:
    assert answered(sample_index, question, sentence, THRESHOLD * 0.8).refused


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("云县城里人和农村人2025年收入差多少钱", "2025年，云县农牧民实现收入7.4亿元。"),
        ("云县城里人和农村人2025年收入合计多少", "2025年，云县农牧民实现收入7.4亿元。"),
    ],
)
def test_one_figure_is_not_put_together_with_itself(
    sample_index: Index, question: str, sentence: str
) -> None:
    state = answered(sample_index, question, sentence, THRESHOLD * 1.2)
    assert not any(each.worked_out for each in state.statements)


def test_alike_figures_of_one_sentence_are_put_together(sample_index: Index) -> None:
    sentence = "2025年，云县城里人收入7.4亿元，农村人收入7.4亿元。"
    state = answered(sample_index, "云县城里人和农村人2025年收入合计多少", sentence, THRESHOLD * 1.2)
    assert [each.worked_out for each in state.statements if each.worked_out] == ["14.8亿元"]
