"""One cause for every item that went wrong."""

import pytest

from assistant.model import Answer
from assistant.trace import PartTrace, SentenceSeen, Trace
from evals.causes import cause_of, means_the_same
from evals.items import EvalItem

ITEM = EvalItem(id="1", question="上海2025年营收多少?", facts=[["4800亿"]])
RELEVANT = [{"p1"}]


def trace(fused: list[str], *, weighed_of: int = 8, best: str = "p1", **weighed: float) -> Trace:
    sentence = SentenceSeen(passage_id=best, start=0, end=1, text="x", score=1, weighed=weighed)
    part = PartTrace(question="q", fused=fused, read=20, reranked=fused[:weighed_of], sentences=[sentence])
    return Trace(parts=[part])


def answer(*, refused: bool = False, standalone: str = "上海2025年营收多少?") -> Answer:
    return Answer(question="q", standalone_question=standalone, answer="x", refused=refused)


def cause(item: EvalItem, given: Answer, seen: Trace, relevant: list[set[str]], **more: object) -> str:
    options: dict = {"cited": None, "would_be_right": False, **more}
    return cause_of(item, given, seen, relevant, **options)


@pytest.mark.parametrize(
    ("seen", "given", "relevant", "more", "expected"),
    [
        (trace(["p1"]), answer(), [set()], {}, "not_in_corpus"),
        (trace(["p2"]), answer(), RELEVANT, {}, "not_retrieved"),
        (trace(["p2", "p1"], weighed_of=1), answer(), RELEVANT, {}, "ranked_too_low"),
        (trace(["p1"], best="p2", time_other=1), answer(), RELEVANT, {}, "wrong_time_or_place"),
        (trace(["p1"], best="p1", time_other=1), answer(), RELEVANT, {}, "read_wrongly"),
        (trace(["p1"]), answer(), RELEVANT, {}, "read_wrongly"),
        (trace(["p1"]), answer(refused=True), RELEVANT, {"would_be_right": True}, "refused_wrongly"),
        (trace(["p1"]), answer(), RELEVANT, {"cited": 0.0}, "cited_wrongly"),
        (trace(["p1"]), answer(), RELEVANT, {"cited": 1.0}, ""),
        (Trace(), answer(refused=True), RELEVANT, {}, "refused_wrongly"),
    ],
)
def test_the_earliest_stage_at_fault(
    seen: Trace, given: Answer, relevant: list[set[str]], more: dict, expected: str
) -> None:
    assert cause(ITEM, given, seen, relevant, **more) == expected


def test_absent_items_go_wrong_by_being_answered() -> None:
    absent = EvalItem(id="1", question="q", answerable=False)
    assert cause(absent, answer(), trace([]), []) == "answered_absent"
    assert cause(absent, answer(refused=True), trace([]), []) == ""


def test_a_rewrite_that_loses_the_year_is_at_fault() -> None:
    item = ITEM.model_copy(update={"conversation": "c", "standalone": "湖北2025年集成电路产业营收多少?"})
    lost = answer(standalone="湖北集成电路产业营收多少?")
    assert cause(item, lost, trace(["p1"]), RELEVANT) == "rewritten_wrongly"
    kept = answer(standalone="湖北2025年集成电路产业的营收是多少?")
    assert cause(item, kept, trace(["p1"]), RELEVANT) == "read_wrongly"
    assert not means_the_same("湖北2025年营收", "江苏2025年营收")
