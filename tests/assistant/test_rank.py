"""Which sentence answers, and how sure that is."""

from __future__ import annotations

from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from corpus.model import Passage
from index.hit import ArticleInfo, Hit

SCORER = Scorer(rank={"reader": 1.0, "time_other": -1.0}, confidence={"reader": 1.0}, threshold=0.6)


def candidate(text: str, **features: float) -> Candidate:
    passage = Passage(id=text, article_id="a", position=0, text=text, start=0, end=len(text))
    hit = Hit(passage=passage, article=ArticleInfo(id="a", title=""))
    read = {"reader_alone": 0.0, **features}
    return Candidate(hit=hit, start=0, end=len(text), text=text, context="", features=read)


def texts(*candidates: Candidate) -> list[str]:
    return [each.text for each in SCORER.order_again(SCORER.order(list(candidates)))]


def test_a_contradicted_sentence_stands_behind_one_that_is_sure() -> None:
    other, right = candidate("一至十月", reader=4.0, time_other=1.0), candidate("十月", reader=1.0)
    assert texts(other, right) == ["十月", "一至十月"]


def test_it_stays_first_where_no_other_would_be_answered_with() -> None:
    other, unsure = candidate("一至十月", reader=4.0, time_other=1.0), candidate("天气", reader=0.1)
    assert texts(other, unsure) == ["一至十月", "天气"]


def test_what_nothing_contradicts_stays_in_order() -> None:
    assert texts(candidate("好", reader=2.0), candidate("更好", reader=3.0)) == ["更好", "好"]
