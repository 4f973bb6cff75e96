"""Numbered lists: items with number, level and lead, headings only where something stands under them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.outline import heading_lines, items_of, lead_of, outline_of, provisions_between

RULE = (
    "第一章 总则\n第一条 为了规范，制定本办法。\n第二条 申请人应当提交下列材料：\n（一）身份证；\n（二）户口簿；\n（三）申请表。\n"
    "第二章 罚则\n第三条 有下列情形的：\n（一）甲；\n（二）乙。\n第四条 自公布之日起施行。\n2025年1月1日"
)


def texts(text: str, position: int) -> list[str]:
    found = items_of(text, position)
    return [text[item.start : item.end] for item in found.items] if found else []


def test_all_items_of_a_list_from_any_of_them_and_from_its_lead() -> None:
    items = ["（一）身份证；", "（二）户口簿；", "（三）申请表。"]
    for sign in ("户口簿", "申请人应当"):
        assert texts(RULE, RULE.index(sign)) == items
    assert texts(RULE, RULE.index("（一）甲")) == ["（一）甲；", "（二）乙。"]
    assert lead_of(RULE, RULE.index("户口簿")) == "第二条 申请人应当提交下列材料："


def test_the_numbers_of_a_rule_go_on_over_its_chapters() -> None:
    (articles,) = [each for each in outline_of(RULE) if each.style == "article"]
    assert [item.number for item in articles.items] == [1, 2, 3, 4]
    assert RULE[articles.items[1].start : articles.items[1].end].endswith("申请表。")
    assert RULE[articles.items[3].start : articles.items[3].end] == "第四条 自公布之日起施行。"
    start = RULE.index("有下列")
    assert [item.label for item in provisions_between(RULE, start, start + 3)] == ["第三条"]


def test_items_inside_a_paragraph() -> None:
    text = "抓好三方面工作。一是稳增长；二是促改革；三是惠民生。其他工作照常。"
    assert texts(text, text.index("促改革")) == ["一是稳增长；", "二是促改革；", "三是惠民生。"]
    assert lead_of(text, text.index("惠民生")) == "抓好三方面工作。"
    text = "会议提出：首先，加强领导；其次，落实责任；最后，严格考核。"
    assert len(texts(text, text.index("落实"))) == 3
    text = "程序如下：\n1.申请\n2.受理：\n（1）书面的，当场受理。\n（2）口头的，次日受理。\n3.决定"
    assert texts(text, text.index("口头")) == ["（1）书面的，当场受理。", "（2）口头的，次日受理。"]
    assert [t[:2] for t in texts(text, text.index("申请"))] == ["1.", "2.", "3."]


def test_items_are_no_headings_and_headings_have_a_body() -> None:
    lines = ["应当提交下列材料：", "（一）身份证", "（二）户口簿", "（三）申请表", "材料应当真实。"]
    assert heading_lines(lines) == {}
    lines = ["三、2026年主要工作", "（一）稳增长", "今年要稳增长。", "（二）促改革", "继续促改革。"]
    assert sorted(heading_lines(lines)) == [0, 1, 3]


PIECES = ["第一条 ", "第二条 ", "（一）", "（二）", "一、", "二、", "1.", "2．", "①", "②", "一是", "二是", "首先", "最后", "，", "。", "；", "：", "\n",
          "甲乙", "下列", "3.5%", "第十章 "]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@example("第一条 \n第一条 ")
@settings(max_examples=150, deadline=None)
def test_lists_of_any_text_are_whole(text: str) -> None:
    for each in outline_of(text):
        assert each.items
        for item in each.items:
            assert 0 <= item.start < item.end <= len(text)
        for before, after in pairwise(each.items):
            assert before.end <= after.start
            assert before.number < after.number
    for position in range(0, len(text), 7):
        items_of(text, position)
        lead_of(text, position)
    heading_lines(text.split("\n"))


def test_a_comma_is_usual_in_headings_of_the_first_kind_alone() -> None:
    body = "各部门按职责分工抓好落实，每季度末报送进展情况。"
    lines = ["一、部门协同，上下联动", body, "二、严格考核，奖惩分明", body, "（一）按月调度，", body]
    assert sorted(heading_lines(lines)) == [0, 2]
    figures = ["一、粮食产量300万吨，比上年增长1.6%", body, "二、城镇新增就业5万人，失业率5.1%", body]
    assert heading_lines(figures) == {}
    in_a_row = ["一、自愿申报，择优支持", "二、公开透明，专款专用"]
    assert heading_lines(in_a_row) == {}
