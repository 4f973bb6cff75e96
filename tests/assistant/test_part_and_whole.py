"""The whole that follows from a part and its share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.part_and_whole import share_told, whole_told
from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "sentence", "whole"),
    [
        ("青山镇茶叶占全县三成，那全县大概多少吨", "青山镇今年产茶600吨，占全县的30%。", "约2000吨"),
        (
            "照已铺好的管线和它的占比推算，整个管网多长多少公里",
            "已铺设管线180公里，占总长度的45%。",
            "约400公里",
        ),
        (
            "拿东区的用工占比倒推，全市一共多少人",
            "东区企业用工3.6万人，同比增长5%，用工占全市24%；税收9亿元，占全市的30%。",
            "约15万人",
        ),
        ("按大桥花掉的钱和比例估算，总投资要多少亿", "大桥已完成投资12亿元，占总投资的60%。", "约20亿元"),
        ("老城区门店占全区四成，全区一共有多少家", "老城区现有门店842家，占全区的40%。", "约2105家"),
    ],
)
def test_a_whole_follows_from_a_part_and_its_share(question: str, sentence: str, whole: str) -> None:
    worked = whole_told(parse(question), sentence)
    assert worked is not None
    assert worked.short == whole


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        # Another level than the whole is of.
        ("青山镇茶叶占全国三成，那全国大概多少吨", "青山镇今年产茶600吨，占全县的30%。"),
        # Another share.
        ("青山镇茶叶占全县四成，那全县大概多少吨", "青山镇今年产茶600吨，占全县的30%。"),
        # The share is only a bound.
        ("按大桥花掉的钱和比例估算，总投资要多少亿", "大桥已完成投资12亿元，占总投资的近60%。"),
        # The share is of another thing than the figure.
        ("按大桥花掉的钱和比例估算，总投资要多少亿", "大桥已完成投资12亿元，民营资本占总投资的60%。"),
        # The whole is told.
        ("按大桥花掉的钱和比例估算，总投资要多少亿", "大桥总投资21亿元，已完成投资12亿元，占总投资的60%。"),
        # The share is asked for, or only the figure.
        ("大桥完成的投资占总投资的多少", "大桥已完成投资12亿元，占总投资的60%。"),
        ("大桥已完成投资多少亿", "大桥已完成投资12亿元，占总投资的60%。"),
        # Two figures stand before the share.
        ("按花掉的钱和比例估算，总投资要多少亿", "大桥、隧道完成投资12亿元和7亿元，占总投资的60%。"),
    ],
)
def test_no_whole_where_it_is_not_plain(question: str, sentence: str) -> None:
    assert whole_told(parse(question), sentence) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_taken(question: str, sentence: str) -> None:
    whole_told(parse(question), sentence)
    share_told(parse(question), sentence)
