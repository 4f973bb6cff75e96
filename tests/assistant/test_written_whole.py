"""Where a network writes follow-ups out whole: what it gives goes in front where it is likely, and behind the rules' form else."""

from __future__ import annotations

import pytest

from assistant.model import Turn
from assistant.understanding.conversation import readings
from assistant.understanding.written_whole import with_written
from index.reader.rewriting_edits import Rewriting

BEFORE = Turn(
    question="上海2025年集成电路产业营收多少",
    standalone_question="上海2025年集成电路产业营收多少",
    answer="3900亿元。[1]",
    short_answer="3900亿元",
    titles=["通报"],
)
WHOLE = "上海2025年集成电路产业有多少家企业"


class Writes:
    """Gives one text for every follow-up, and notes what it is asked."""

    def __init__(self, likelihood: float, text: str = WHOLE) -> None:
        self.asked: list[tuple[str, tuple[str, ...], str]] = []
        self._written = Rewriting(text, likelihood)

    def __call__(self, turn: str, before: tuple[str, ...], answer: str) -> Rewriting:
        self.asked.append((turn, before, answer))
        return self._written


def test_a_likely_form_goes_first() -> None:
    forms = readings("有几家企业?", [BEFORE], Writes(0.9))
    assert forms[0] == WHOLE
    assert len(forms) > 1


def test_an_unlikely_form_goes_behind_that_of_the_rules() -> None:
    by_rule = readings("有几家企业?", [BEFORE])
    forms = readings("有几家企业?", [BEFORE], Writes(0.01))
    assert forms[0] == by_rule[0]
    assert WHOLE in forms


def test_nothing_is_written_where_nothing_was_said_before() -> None:
    writer = Writes(0.9)
    assert readings("有几家企业?", [], writer) == ["有几家企业?"]
    assert not writer.asked


def test_the_last_answer_is_read_in_short() -> None:
    writer = Writes(0.9)
    refused = BEFORE.model_copy(update={"titles": [], "answer": "没有找到。", "short_answer": ""})
    readings("有几家企业?", [refused], writer)
    readings("有几家企业?", [BEFORE], writer)
    assert [answer for _, _, answer in writer.asked] == ["", "3900亿元"]


def test_thanks_are_no_turn_to_go_on_from() -> None:
    writer = Writes(0.9)
    readings("有几家企业?", [BEFORE, Turn(question="谢谢", standalone_question="谢谢")], writer)
    assert [before for _, before, _ in writer.asked] == [("上海2025年集成电路产业营收多少",)]


def turn(question: str) -> Turn:
    return Turn(question=question, standalone_question=question, titles=["通报"])


@pytest.mark.parametrize(
    ("before", "follow_up", "written"),
    [
        ("浙江2023年粮食产量是多少", "2024年全国出生人口是多少", "浙江2024年全国出生人口是多少"),
        ("广东2024年汽车产量", "2023年全国快递业务量是多少", "广东2023年全国快递业务量是多少"),
        ("武汉2022年地铁里程", "今年养老金涨了多少", "武汉2022年今年养老金涨了多少"),
        ("广西2024年蔗糖产量", "四川鲜花产量", "广西2024年四川鲜花产量"),
    ],
    ids=["nation", "nation again", "two times", "two places"],
)
def test_what_contradicts_the_follow_up_does_not_go_first(before: str, follow_up: str, written: str) -> None:
    assert readings(follow_up, [turn(before)], Writes(0.99, written))[0] != written


@pytest.mark.parametrize(
    ("before", "follow_up", "written"),
    [
        ("广东2024年汽车产量", "是2023年的几倍", "广东2024年汽车产量是2023年的几倍"),
        ("上海2025年营收", "比湖北多多少", "上海2025年营收比湖北多多少"),
        ("江苏2024年快递业务量", "苏州呢", "苏州2024年快递业务量"),
    ],
    ids=["against a year", "against a place", "in its stead"],
)
def test_what_is_held_against_another_may_name_both(before: str, follow_up: str, written: str) -> None:
    assert readings(follow_up, [turn(before)], Writes(0.99, written))[0] == written


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_form_is_none(text: str) -> None:
    assert text not in readings("那呢", [BEFORE], Writes(0.99, text))


def test_a_form_with_a_number_that_nobody_said_is_not_taken() -> None:
    turns = [Turn(question="q", standalone_question="青石市2023年、2024年的营收是多少", answer="a")]
    forms = with_written(
        lambda *_: Rewriting("青石市20年的营收是多少", 0.9), "2024年呢", turns, ["f"], "swap"
    )
    assert forms == ["f"]
