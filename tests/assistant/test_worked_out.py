"""A result that follows from figures that stand together needs less confidence than a sentence that must hold the answer itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.answering.extract import ExtractiveAnswerer
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.reading.sentence_times import SentenceTimes
from assistant.state import Interpretation, Part, State
from assistant.understanding.question import parse
from corpus.language.mentions import mentions_in
from corpus.model import Passage
from index.hit import ArticleInfo, Found, Hit
from index.query import Filters
from index.reader.calculations import Calculation
from index.store import Index

THRESHOLD = 0.5
NOTHING = Calculation("none", (), (), 0.9)


class _Read:
    """Reads of every passage one calculation of figures that are written so, where they stand in it."""

    def __init__(
        self, operation: str, firsts: list[str], seconds: list[str], likelihood: float = 0.9
    ) -> None:
        self.operation, self.firsts, self.seconds, self.likelihood = operation, firsts, seconds, likelihood
        self.asked: list[tuple[str, str]] = []

    def read(self, question: str, passages: Sequence[str]) -> list[Calculation]:
        self.asked += [(question, passage) for passage in passages]
        return [self._of(passage) for passage in passages]

    def _of(self, passage: str) -> Calculation:
        by_text = {each.quantity.text: each for each in mentions_in(passage)}
        if not {*self.firsts, *self.seconds} <= set(by_text):
            return NOTHING
        firsts, seconds = ([by_text[each] for each in own] for own in (self.firsts, self.seconds))
        return Calculation(self.operation, tuple(firsts), tuple(seconds), self.likelihood)


def answered(
    index: Index, question: str, passage: str, confidence: float, read: _Read, sentence: str = ""
) -> State:
    """The state after answering a question for which one sentence of a passage was found."""
    parsed = parse(question)
    sentence = sentence or passage
    start = passage.index(sentence)
    held = Passage(id="a-0", article_id="a", position=0, text=passage, start=0, end=len(passage))
    hit = Hit(passage=held, article=ArticleInfo(id="a", title="公报"))
    found = Candidate(hit=hit, start=start, end=start + len(sentence), text=sentence, context="")
    parts = [
        Part(each, Found(query=each.query()), [found], confidence)
        for each in (list(parsed.parts) or [parsed])
    ]
    state = State(question, [], Filters(), date(2026, 7, 1))
    state.interpretations = [Interpretation(parsed, parts, parsed.operation.of_parts)]
    scorer = Scorer(rank={}, confidence={}, threshold=THRESHOLD)
    return ExtractiveAnswerer(index, scorer, SentenceTimes(index), calculations=read)(state)


@pytest.mark.parametrize(
    ("question", "sentence", "read", "result"),
    [
        (
            "云县五年里茶叶产值多了多少",
            "云县茶叶产值从2020年的2.5亿元增长到2025年的4.2亿元。",
            _Read("difference", ["4.2亿元"], ["2.5亿元"]),
            "1.7亿元",
        ),
        (
            "云县的水库和山塘一共多少座",
            "云县现有水库14座、山塘230座、泵站9座。",
            _Read("sum", ["14座", "230座"], []),
            "244座",
        ),
        (
            "照云县茶园的占比倒推，全市大概多少亩",
            "云县茶园6万亩，占全市的24%。",
            _Read("whole", ["6万亩"], ["24%"]),
            "约25万亩",
        ),
    ],
)
def test_what_follows_from_a_sentence_is_told_though_less_sure(
    sample_index: Index, question: str, sentence: str, read: _Read, result: str
) -> None:
    state = answered(sample_index, question, sentence, THRESHOLD * 0.8, read)
    assert not state.refused
    assert state.short_answer == result
    assert [each.text for each in state.statements][1:] == [sentence]
    assert answered(sample_index, question, sentence, THRESHOLD * 0.2, read).refused


def test_every_sentence_that_holds_a_figure_is_quoted(sample_index: Index) -> None:
    passage = "云县全年进出口90亿元，增长3%。其中，民营企业进出口45亿元。三季度回升。"
    state = answered(
        sample_index,
        "云县的外贸里民企占多大比例",
        passage,
        THRESHOLD,
        _Read("share", ["45亿元"], ["90亿元"]),
        "其中，民营企业进出口45亿元。",
    )
    assert state.short_answer == "约50%"
    assert [each.text for each in state.statements][1:] == [
        "其中，民营企业进出口45亿元。",
        "云县全年进出口90亿元，增长3%。",
    ]


@pytest.mark.parametrize(
    "read",
    [
        _Read("none", [], []),
        _Read("sum", ["14座"], []),
        _Read("sum", ["14座", "9座"], [], likelihood=0.2),
        _Read("difference", ["14座"], ["30公里"]),
    ],
)
def test_without_a_sure_result_the_usual_confidence_is_needed(sample_index: Index, read: _Read) -> None:
    question, sentence = "云县水库同泵站拢共有多少座", "云县现有水库14座、泵站9座、渠道30公里。"
    assert answered(sample_index, question, sentence, THRESHOLD * 0.8, read).refused
    state = answered(sample_index, question, sentence, THRESHOLD * 1.2, read)
    assert not any(each.worked_out == "23座" and read.operation != "sum" for each in state.statements)


@pytest.mark.parametrize(
    "sentence",
    ["甲店盈利8万元，乙店亏损3万元。", "山顶气温零下8度，山脚12度。", "全市进出口逆差5亿元，全省20亿元。"],
)
def test_what_is_less_than_nothing_is_not_counted_with(sample_index: Index, sentence: str) -> None:
    figures = [each.quantity.text for each in mentions_in(sentence)]
    read = _Read("difference", [figures[0]], [figures[1]])
    state = answered(sample_index, "两处相差多少", sentence, THRESHOLD * 1.2, read)
    assert not any(each.worked_out for each in state.statements)
