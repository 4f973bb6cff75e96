"""What the network of calculations reads is told where it is likely and can be counted; what rules or a sentence tell goes before."""

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


class Read:
    """Reads of every passage one calculation of figures that are written so, where they stand in it."""

    def __init__(
        self, operation: str, firsts: list[str], seconds: list[str], likelihood: float = 0.95
    ) -> None:
        self.operation, self.firsts, self.seconds, self.likelihood = operation, firsts, seconds, likelihood

    def read(self, question: str, passages: Sequence[str]) -> list[Calculation]:
        return [self._of(passage) for passage in passages]

    def _of(self, passage: str) -> Calculation:
        by_text = {each.quantity.text: each for each in mentions_in(passage)}
        if not {*self.firsts, *self.seconds} <= set(by_text):
            return NOTHING
        firsts, seconds = ([by_text[each] for each in own] for own in (self.firsts, self.seconds))
        return Calculation(self.operation, tuple(firsts), tuple(seconds), self.likelihood)


def answered(
    index: Index, question: str, passage: str, confidence: float, read: Read, sentence: str = ""
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
            "云县用水的地方拢共几座，水库连山塘",
            "云县现有水库14座、山塘230座、泵站9座。",
            Read("sum", ["14座", "230座"], []),
            "244座",
        ),
        (
            "云县的外贸里民企撑起了几成",
            "云县全年进出口90亿元，民营企业进出口45亿元。",
            Read("share", ["45亿元"], ["90亿元"]),
            "约50%",
        ),
    ],
)
def test_a_likely_result_is_told_though_no_sentence_surely_answers(
    sample_index: Index, question: str, sentence: str, read: Read, result: str
) -> None:
    state = answered(sample_index, question, sentence, THRESHOLD * 0.8, read)
    assert not state.refused
    assert state.short_answer == result
    assert [each.text for each in state.statements][1:] == [sentence]
    assert answered(sample_index, question, sentence, THRESHOLD * 0.1, read).refused


def test_every_sentence_that_holds_a_figure_is_quoted(sample_index: Index) -> None:
    passage = "云县全年进出口90亿元，增长3%。其中，民营企业进出口45亿元。三季度回升。"
    state = answered(
        sample_index,
        "云县的外贸里民企占多大比例",
        passage,
        THRESHOLD * 0.9,
        Read("share", ["45亿元"], ["90亿元"]),
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
        Read("none", [], []),
        Read("sum", ["14座"], []),
        Read("sum", ["14座", "9座"], [], likelihood=0.2),
        Read("difference", ["14座"], ["30公里"]),
    ],
)
def test_without_a_likely_result_the_usual_confidence_is_needed(sample_index: Index, read: Read) -> None:
    question, sentence = "云县水库同泵站拢共有多少座", "云县现有水库14座、泵站9座、渠道30公里。"
    assert answered(sample_index, question, sentence, THRESHOLD * 0.8, read).refused


@pytest.mark.parametrize(
    "sentence",
    ["甲店盈利8万元，乙店亏损3万元。", "山顶气温零下8度，山脚12度。", "全市进出口逆差5亿元，全省20亿元。"],
)
def test_what_is_less_than_nothing_is_not_counted_with(sample_index: Index, sentence: str) -> None:
    figures = [each.quantity.text for each in mentions_in(sentence)]
    read = Read("difference", [figures[0]], [figures[1]])
    state = answered(sample_index, "两处相差多少", sentence, THRESHOLD * 1.2, read)
    assert not any(each.worked_out for each in state.statements)


@pytest.mark.parametrize(("likelihood", "is_worked_out"), [(0.9, True), (0.6, False)])
def test_where_a_sentence_tells_a_figure_for_certain_a_result_must_be_likelier(
    sample_index: Index, likelihood: float, *, is_worked_out: bool
) -> None:
    sentence = "云县船厂手持订单320万吨，占全省的64%。"
    read = Read("whole", ["320万吨"], ["64%"], likelihood)
    state = answered(sample_index, "云县船厂手持订单有多少", sentence, 0.99, read)
    assert any(each.worked_out == "约500万吨" for each in state.statements) is is_worked_out
