"""The ways in which a played endpoint misbehaves, and what of its sentence is counted as lost."""

import pytest

from assistant.model import Answer
from evals.bad_model import is_lost
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
