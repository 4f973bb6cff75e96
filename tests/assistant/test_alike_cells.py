"""A part of a grid is as sure as one that is answered in the same words, and only then."""

import pytest

from assistant.answering.alike_cells import sure_by_wording
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.state import Interpretation, Part
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Found, Hit

_SURE = "初步核算，2024年合肥市实现地区生产总值1.35万亿元，比上年增长6.1%。"
_LIKE_IT = "初步核算，2024年南京市实现地区生产总值18500.8亿元，比上年增长4.5%。"
_OWN = {"place_same": 1.0, "time_likeness": 1.0, "covered_with_context": 1.0}


def candidate(text: str, score: float, **features: float) -> Candidate:
    passage = Passage(id=text[:9], article_id=text[:9], position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id=text[:9], title="公报"))
    return Candidate(
        hit=hit, start=0, end=len(text), text=text, context="", score=score, features={**_OWN, **features}
    )


def confidences(question: str, *parts: tuple[float, list[Candidate]]) -> list[float]:
    asked = parse(question)
    form = Interpretation(
        asked,
        [
            Part(part, Found(query=part.query()), candidates, confidence)
            for part, (confidence, candidates) in zip(asked.parts, parts, strict=True)
        ],
    )
    sure_by_wording(form, Scorer.load())
    return [part.confidence for part in form.parts]


def test_the_same_words_of_another_city_are_as_sure() -> None:
    question = "2024年合肥和南京的地区生产总值分别是多少?"
    told = confidences(question, (0.8, [candidate(_SURE, 4)]), (0.4, [candidate(_LIKE_IT, 4)]))
    assert told == [0.8, 0.8]


@pytest.mark.parametrize(
    ("confidence", "candidates"),
    [
        (0.1, [candidate(_LIKE_IT, 4)]),
        (0.4, [candidate("南京是江苏省会，2024年产值很高。", 4)]),
        (0.4, [candidate(_LIKE_IT, 4, place_other=1.0)]),
        (0.4, [candidate(_LIKE_IT, 4, time_likeness=0.0)]),
        (0.4, [candidate(_LIKE_IT, 4), candidate("2024年南京市生产总值为1.9万亿元。", 3)]),
        (0.4, []),
    ],
)
def test_other_words_places_times_and_rivals_are_not(confidence: float, candidates: list[Candidate]) -> None:
    question = "2024年合肥和南京的地区生产总值分别是多少?"
    assert confidences(question, (0.8, [candidate(_SURE, 4)]), (confidence, candidates))[1] == confidence


def test_one_measure_makes_another_no_surer() -> None:
    question = "2024年合肥的地区生产总值和财政收入分别是多少?"
    assert parse(question).grid is not None
    told = confidences(question, (0.8, [candidate(_SURE, 4)]), (0.4, [candidate(_SURE, 4)]))
    assert told == [0.8, 0.4]
