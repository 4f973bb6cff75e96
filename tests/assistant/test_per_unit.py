"""An amount for each of several things, times how many of them are named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.per_unit import times_count
from assistant.understanding.question import parse


@pytest.mark.parametrize(
    ("question", "sentence", "amount"),
    [
        ("两个孩子上小学，每月补多少", "家中学生，按每个子女每月300元补助。", "每月600元"),
        ("一年带来三万七千人，能奖多少", "每满一万人奖励两万元。", "6万元"),
        ("种40亩果树能补多少钱", "新种果树每亩补贴150元。", "6000元"),
        ("培训30名学员能拿多少补贴", "培训合格的，按每人800元给予补贴。", "24000元"),
        ("买3台冰箱能领多少", "以旧换新的，每台冰箱补贴500元。", "1500元"),
        ("装了12部电梯，20套门禁奖多少钱", "加装门禁的，每套门禁补助1.5万元。", "30万元"),
        ("收了120吨废纸奖多少", "回收废纸的，每吨奖励20元。", "2400元"),
    ],
)
def test_an_amount_for_each_is_multiplied(question: str, sentence: str, amount: str) -> None:
    worked = times_count(parse(question), sentence)
    assert worked is not None
    assert worked.short == amount


@pytest.mark.parametrize(
    ("question", "sentence", "after"),
    [
        # A cap, in the sentence or behind it, and tiers.
        ("种40亩果树能补多少钱", "新种果树每亩补贴150元，每户最高3000元。", ""),
        ("种40亩果树能补多少钱", "新种果树每亩补贴150元。", "单个主体补贴不超过5万元。"),
        ("种40亩果树能补多少钱", "新种果树100亩以上的，每亩补贴150元。", ""),
        # Other things than are counted.
        ("种40亩果树能补多少钱", "新种茶树每亩补贴150元。", ""),
        ("买3台冰箱能领多少", "每台空调补贴500元。", ""),
        ("两个项目能补多少", "每个子女每月补贴300元。", ""),
        # Another period, another unit, no count, two amounts.
        ("3个人一年补多少", "每人每月补贴500元。", ""),
        ("种40亩果树能补多少钱", "果树每株补贴5元。", ""),
        ("果树每亩补多少钱", "新种果树每亩补贴150元。", ""),
        ("5亩果树和8亩茶树补多少钱", "新种的每亩补贴150元。", ""),
        ("培训30名学员能拿多少补贴", "初级每人800元，高级每人1200元。", ""),
    ],
)
def test_nothing_is_multiplied_where_it_is_not_plain(question: str, sentence: str, after: str) -> None:
    assert times_count(parse(question), sentence, "", after) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_taken(question: str, sentence: str) -> None:
    times_count(parse(question), sentence)
