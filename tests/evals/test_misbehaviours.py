"""The ways in which a played endpoint misbehaves, and what of its sentence is counted as lost."""

import pytest

from assistant.model import Answer
from evals.bad_model import count, is_lost
from evals.items import EvalItem
from evals.misbehaviours import BEHAVIOURS, Behaviour, Request, sentence_in
from evals.odd_endpoint import Asked

PROMPT = '资料：\n<资料 编号="1" 标题="甲">\n2031年建成泊位12个。第二句。\n</资料>\n\n问题：建成几个？'


def asked(*more: dict) -> Asked:
    body = {"messages": [{"content": "规则"}, {"content": PROMPT}, *more], "stream": True, "temperature": 0}
    return Asked("/v1/chat/completions", {}, body)


def test_every_way_has_a_name_of_its_own() -> None:
    assert len({behaviour.name for behaviour in BEHAVIOURS}) == len(BEHAVIOURS)


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_what_must_reach_the_person_is_written(behaviour: Behaviour) -> None:
    text = sentence_in(asked())
    written = ""
    for before in range(2):  # some answer when they are asked again
        reply = behaviour.reply(Request(asked(), text, before))
        written += "".join(str(piece.get("content", "")) for piece in reply.pieces)
        written += str(reply.body or "")
    if "goes on" in behaviour.name:
        reply = behaviour.reply(Request(asked({"content": "半句"}, {"content": "接着写"}), text, 0))
        written = written[: len(written) // 2] + "".join(str(piece["content"]) for piece in reply.pieces)
    if "refuses" not in behaviour.name:
        assert behaviour.kept(text) in written


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("refuses streaming", "stream"),
        ("refuses `temperature`", "temperature"),
        ("refuses `stream_options`", "stream_options"),
    ],
)
def test_a_parameter_is_refused_as_long_as_it_is_sent(kind: str, name: str) -> None:
    (behaviour,) = (each for each in BEHAVIOURS if each.name == kind)
    sent = asked()
    sent.body["stream_options"] = {"include_usage": True}
    assert behaviour.reply(Request(sent, "句。", 0)).status == 400
    left_out = asked()
    left_out.body.pop(name, None)
    assert behaviour.reply(Request(left_out, "句。", 1)).status == 200


class _SometimesAsksItsModel:
    """Answers the first question by its model and the second without."""

    def __init__(self, written: list[str]) -> None:
        self._written = written

    def ask(self, question: str, **given: object) -> Answer:
        if question == "一":
            self._written.append("模型写的句子。")
        shown = "模型写的句子。" if question == "一" else "读出的句子。"
        return Answer(question=question, standalone_question=question, answer=shown)


def test_what_a_model_wrote_to_one_question_is_not_missed_at_the_next() -> None:
    written: list[str] = []
    items = [EvalItem(question=each, facts=[["句子"]]) for each in ("一", "二")]
    counted = count(_SometimesAsksItsModel(written), None, items, written)  # type: ignore[arg-type]
    assert (counted.right, counted.lost) == (1.0, 0)


@pytest.mark.parametrize(
    ("written", "shown", "lost"),
    [
        ("建成泊位12个。", "2031年建成泊位12个[1]。", False),
        ("建成泊位12个。", "建成泊位13个。", True),
        ("", "读出的句子。", False),
        ("", "", True),
        (None, "读出的句子。", False),
    ],
)
def test_lost_is_what_was_written_whole_and_is_not_shown(written: str | None, shown: str, lost: bool) -> None:
    assert is_lost(Answer(question="问", standalone_question="问", answer=shown), written) is lost
