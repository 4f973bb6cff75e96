"""A change that a sentence tells with both figures is read whatever its verb, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.changes import changes_in, tells_both_ends


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("申领条件由参加失业保险3年以上放宽至参保1年以上。", "3年", "1年以上"),
        ("审批时限由20个工作日压缩至5个工作日", "20个工作日", "5个工作日"),
        ("产假从98天延长到158天", "98天", "158天"),
        ("保修期由2年改为5年", "2年", "5年"),
        ("高铁从300公里延伸至500公里", "300公里", "500公里"),
        ("报名费从每人120元降为80元", "120元", "80元"),
        ("网民从9亿增长到11亿", "9亿", "11亿"),
        ("指数从5月的49.5升至6月的50.2", "49.5", "50.2"),
        ("费率由不超过5%调整为不超过10%", "5%", "不超过10%"),
        ("审批由30分钟缩短至10分钟以内", "30", "10分钟以内"),
        ("产能由20GWh增至30GWh", "20", "30GWh"),
        ("限速由60公里/小时提高到80公里/小时", "60公里", "80公里/小时"),
        ("份额从三年前的60%降至如今的35%", "60%", "35%"),
        ("由2023年的3.2亿元逐步增至2025年的4.5亿元左右", "3.2亿元", "4.5亿元左右"),
    ],
)
def test_both_figures_of_a_change_are_read(text: str, old: str, new: str) -> None:
    assert [(each.old.quantity.text, each.about) for each in changes_in(text)] == [(old, new)]
    assert tells_both_ends(text)


def test_changes_told_side_by_side_are_read_in_their_order() -> None:
    text = "2017年到2021年，数控化率、普及率分别由 46.4%、63.3%上升至 55.3%、74.7%左右。"
    read = [(each.old.quantity.text, each.about) for each in changes_in(text)]
    assert read == [("46.4%", "55.3%"), ("63.3%", "74.7%左右")]
    assert not tells_both_ends("分别由 46.4%、63.3%上升至 55.3%。")


@pytest.mark.parametrize(
    "text",
    [
        "从9时到17时开放",
        "从1月1日起至12月31日",
        "从5亿元到10亿元不等",
        "由省补助5万元、市补助3万元",
        "从北京出发300公里到达天津需3小时",
        "产值从3亿元增长到占全县的40%",
        "从12家增加3家到15家",
        "由1000元提高到1200元—1500元",
        "由60%降至50%再降至40%",
        "董事会由9名董事组成（含3名独立董事）",
        "由8家企业组成的联合体成员达到20家",
        "由省交投集团投资建设的总投资30亿元的项目完成投资5亿元",
        "由于原材料价格上涨20%使成本占比提高到30%",
        "由2小时缩短至1小时20分",
        "检查时间从10分钟到30分钟不等",
        "从18周岁到60周岁的居民",
        "从1楼到3楼",
        "从3公里处到5公里处",
        "从2017年到2021年，占比55.3%",
    ],
)
def test_what_is_no_change_of_a_figure_is_none(text: str) -> None:
    assert not tells_both_ends(text)


@given(st.text(alphabet="从由增至到为元年%0123456789，。约左右 ", max_size=60))
def test_any_text_is_taken(text: str) -> None:
    for each in changes_in(text):
        assert text[each.old.start : each.old.end]
        assert each.about in text
        assert each.old.end <= each.new.start
