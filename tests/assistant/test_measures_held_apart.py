"""Two measures of one thing that are held against each other are asked apart."""

from __future__ import annotations

import pytest

from assistant.understanding.operation import Operation
from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("云县的出口比进口多多少", ["云县的出口是多少", "云县的进口是多少"]),
        ("2024年甲厂的产量比销量多多少吨", ["2024年甲厂的产量是多少", "2024年甲厂的销量是多少"]),
        ("全市的财政收入比支出少多少", ["全市的财政收入是多少", "全市的支出是多少"]),
        ("出口额比进口额高多少", ["出口额是多少", "进口额是多少"]),
    ],
)
def test_each_measure_is_asked_of_the_same_thing(question: str, parts: list[str]) -> None:
    parsed = parse(question)
    assert [part.text for part in parsed.parts] == parts
    assert parsed.operation.of_parts is Operation.DIFFERENCE


@pytest.mark.parametrize(
    "question",
    [
        "甲厂的产量比乙厂多多少",
        "产量比去年多多少",
        "全市的出口额比云县多多少",
        "云县的出口占进口多少",
        "甲乙两厂的产量差多少",
    ],
)
def test_what_holds_no_two_measures_against_each_other_is_not(question: str) -> None:
    assert "进口是多少" not in "".join(part.text for part in parse(question).parts)
    assert len(parse(question).parts) != 2 or "比" not in question


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("建天建筑和盈利家居的净利润分别是多少", ["建天建筑", "盈利家居"]),
        ("晨光文具和秋林食品的营业收入各是多少", ["晨光文具", "秋林食品"]),
        ("暮春影视和星海传媒的总负债分别是多少", ["暮春影视", "星海传媒"]),
        ("2023年和2024年的出口额分别是多少", ["2023年", "2024年"]),
    ],
)
def test_a_name_that_the_segmenter_takes_for_a_time_stays_whole(question: str, names: list[str]) -> None:
    assert [part.text.partition("的")[0] for part in parse(question).parts] == names
