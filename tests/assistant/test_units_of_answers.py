"""A written answer cut into units."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.units import UnitKind, is_refusal, plain_lines, units_of

TEXT = """## 两地产量

| 地区 | 产量 |
| --- | --- |
| 上海 | 4800亿元[1] |

主要措施如下[2]：
- 设立基金
- 给予补贴，每家50万元[3]。

产量增长。增速居前。[1]资料没有提到就业人数。"""


def test_each_sentence_item_and_row_is_a_unit() -> None:
    units = units_of(TEXT)
    kinds = [unit.kind for unit in units]
    assert kinds[:3] == [UnitKind.STRUCTURE] * 3
    assert [unit.plain for unit in units if unit.is_row] == ["| 上海 | 4800亿元 |"]
    assert units[-1].kind is UnitKind.CAVEAT
    assert units[-2].marks == [1]


def test_an_item_shares_the_marks_of_its_lead_in() -> None:
    by_text = {unit.plain: unit for unit in units_of(TEXT)}
    assert by_text["设立基金"].inherited == [2]
    assert by_text["给予补贴，每家50万元。"].marks == [3]
    assert by_text["产量增长。"].inherited == [1]


@pytest.mark.parametrize("rule", ["---", "-----", "***", "* * *", "___"])
def test_a_rule_is_no_unit_and_ends_what_its_lead_in_cites(rule: str) -> None:
    units = units_of(f"主要措施如下[2]：\n- 设立基金\n\n{rule}\n- 另行安排\n")
    assert [(unit.plain, unit.inherited) for unit in units[1:]] == [("设立基金", [2]), ("另行安排", [])]


def test_a_row_is_read_under_the_heads_of_its_table() -> None:
    row = next(unit for unit in units_of(TEXT) if unit.is_row)
    assert "产量" in row.frame


def test_only_a_text_that_says_nothing_else_is_a_refusal() -> None:
    assert is_refusal("很抱歉，资料里没有这家公司的数据，因此我无法回答这个问题。")
    assert not is_refusal("上海为4800亿元[1]。资料没有提供江苏的数据，无法回答。")
    assert not is_refusal("上海为4800亿元[1]。")


def test_lines_without_markup_for_what_knows_no_markdown() -> None:
    assert plain_lines("## 产量\n| 地区 | 产量 |\n|---|---|\n| **上海** | 4800[1] |") == [
        "产量",
        "地区　产量",
        "上海　4800[1]",
    ]


def test_clauses_with_marks_of_their_own_are_checked_each_by_itself() -> None:
    units = units_of("投资5亿元[1]；建成三座[2]；其余待建。")
    assert [unit.marks for unit in units] == [[1], [2], []]
    assert "".join(unit.plain for unit in units) == "投资5亿元；建成三座；其余待建。"
    assert len(units_of("投资5亿元；建成三座[2]。")) == 1


@given(st.text(alphabet="产量。；！|-*#1. \n[]：没有资料", max_size=120))
def test_units_of_any_text_lie_in_order_and_lose_nothing(text: str) -> None:
    units = units_of(text)
    assert all(one.end <= other.start for one, other in pairwise(units))
    told = "".join(text[unit.start : unit.end] for unit in units)
    left = "".join(character for character in text if character not in told)
    assert not set(left) - set(" \n-*_")
