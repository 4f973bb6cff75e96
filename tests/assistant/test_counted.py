"""Results that follow from figures that stand together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.counted import result_of
from corpus.language.mentions import Mention, mentions_in
from index.reader.calculations import OPERATIONS, Calculation


def calculation(operation: str, text: str, firsts: list[str], seconds: list[str]) -> Calculation:
    """One whose figures are those of a text that are written so."""
    mentions = {each.quantity.text: each for each in mentions_in(text)}
    return Calculation(
        operation,
        tuple(mentions[each] for each in firsts),
        tuple(mentions[each] for each in seconds),
        0.9,
    )


@pytest.mark.parametrize(
    ("operation", "text", "firsts", "seconds", "result"),
    [
        ("sum", "水库14座、山塘230座、泵站9座", ["14座", "230座"], [], "244座"),
        ("sum", "销售额超1110.9亿元，另有1224.1亿元", ["1110.9亿元", "1224.1亿元"], [], "约2335亿元"),
        ("sum", "茶园占32%，果园占41%", ["32%", "41%"], [], "73%"),
        ("difference", "出口17.44万亿元，进口12.69万亿元", ["17.44万亿元"], ["12.69万亿元"], "4.75万亿元"),
        ("difference", "由70%提高到75%", ["75%"], ["70%"], "5个百分点"),
        ("difference", "亩产12.5公斤，邻村15公斤", ["12.5公斤"], ["15公斤"], "2.5公斤"),
        ("share", "进出口9.15万亿元，民企5.87万亿元", ["5.87万亿元"], ["9.15万亿元"], "约64.2%"),
        ("share", "参展1.2万家，其中高新5900家", ["5900家"], ["1.2万家"], "约49.2%"),
        ("whole", "手持32230万载重吨，占69.8%", ["32230万"], ["69.8%"], "约4.62亿"),
        ("part", "装机300万千瓦，风电占24%", ["300万千瓦"], ["24%"], "约72万千瓦"),
        ("whole", "现房销售7749 万平方米，占32.5%", ["7749 万平方米"], ["32.5%"], "约2.38亿平方米"),
        ("part", "支出1.2万亿元，科技占3.5%", ["1.2万亿元"], ["3.5%"], "约420亿元"),
        ("part", "1.2亿人里患病的占0.35%", ["1.2亿人"], ["0.35%"], "约42万人"),
        ("share", "投资640亿元，其中农业1200万元", ["1200万元"], ["640亿元"], "约0.0188%"),
        ("growth", "里程由2110公里增至3055公里", ["3055公里"], ["2110公里"], "约44.8%"),
        ("ratio", "东区64家，西区16家", ["64家"], ["16家"], "约4倍"),
    ],
)
def test_what_is_read_is_counted(
    operation: str, text: str, firsts: list[str], seconds: list[str], result: str
) -> None:
    worked = result_of(calculation(operation, text, firsts, seconds), text)
    assert worked is not None
    assert worked.short == result


@pytest.mark.parametrize(
    ("operation", "text", "firsts", "seconds"),
    [
        # Of different units, or of one figure only.
        ("sum", "水库14座、茶园230亩", ["14座", "230亩"], []),
        ("sum", "水库14座", ["14座"], []),
        ("difference", "装机300万千瓦，投资200万元", ["300万千瓦"], ["200万元"]),
        ("share", "装机300万千瓦，投资200万元", ["200万元"], ["300万千瓦"]),
        # One that is the sum of the others; shares of more than all.
        ("sum", "水库20座，大型5座、小型15座", ["20座", "5座", "15座"], []),
        ("sum", "茶园占72%，果园占41%", ["72%", "41%"], []),
        # A yearly total and an amount for each.
        ("difference", "支出729亿元，人均每月1814元", ["729亿元"], ["1814元"]),
        # A part that is more than its whole; a share that is none; nothing to divide by.
        ("share", "甲县12家，全市9家", ["12家"], ["9家"]),
        ("whole", "手持32230万元，其中690万元", ["32230万元"], ["690万元"]),
        ("whole", "手持32230万元，占100%", ["32230万元"], ["100%"]),
        ("growth", "从0家到12家", ["12家"], ["0家"]),
        ("growth", "由70%提高到75%", ["75%"], ["70%"]),
        ("none", "水库14座、山塘230座", [], []),
        # A whole that is rounded, things of other kinds, amounts for one of something, one that falls beside one that rises.
        ("sum", "共20.1亿元，甲12亿元、乙8亿元", ["20.1亿元", "12亿元", "8亿元"], []),
        ("sum", "电脑30台，公交20辆", ["30台", "20辆"], []),
        ("sum", "甲12.5元/公斤，乙10元/公斤", ["12.5元", "10元"], []),
        ("difference", "甲12.5元/公斤，运费10元", ["12.5元"], ["10元"]),
        ("difference", "甲地下降3.2%，乙地增长1.5%", ["3.2%"], ["1.5%"]),
        ("difference", "顺差120亿美元，服务贸易赤字300亿美元", ["300亿美元"], ["120亿美元"]),
        ("difference", "最高12度，最低－5度", ["12度"], ["5度"]),
        ("ratio", "东区16家，西区16家", ["16家"], ["16家"]),
        ("growth", "去年12家，今年12家店", ["12家"], ["12家"]),
    ],
)
def test_what_cannot_be_counted_is_not(
    operation: str, text: str, firsts: list[str], seconds: list[str]
) -> None:
    assert result_of(calculation(operation, text, firsts, seconds), text) is None


@given(st.sampled_from(OPERATIONS), st.text(max_size=200), st.data())
def test_any_figures_are_taken(operation: str, text: str, data: st.DataObject) -> None:
    mentions: list[Mention] = mentions_in(f"12亿元，3.5%，{text}")
    some = st.lists(st.sampled_from(mentions), max_size=4)
    result_of(Calculation(operation, tuple(data.draw(some)), tuple(data.draw(some)), 0.5), text)
