"""What tables and printed pages write their own way is no fault of who reads it rightly, and still one of who reads it wrongly."""

import pytest

from assistant.checking.figures import plain_figures
from assistant.checking.judge import Claim, judge
from assistant.checking.written import Source, WrittenCheck

TRADE = (
    "国别：越南 | 出口额（亿元）：41.2 | 比上年增长（%）：-6.3\n"
    "国别：泰国 | 出口额（亿元）：20.5 | 比上年增长（%）：3.1\n对两国进出口总额均增长。"
)
PORT = "单位：万吨\n指标：货物吞吐量 | 1-6月：8120.4\n指标：集装箱吞吐量 | 1-6月：912.6"


def faults(sentence: str, told: str) -> set[str]:
    return {fault.rule for fault in judge(Claim(plain_figures(sentence), plain_figures(told))).found}


@pytest.mark.parametrize(
    ("sentence", "told", "right"),
    [
        ("对越南出口41.2亿元，比上年下降6.3%。", TRADE, True),
        ("对越南出口下降了6.3%。", TRADE, True),
        ("对泰国出口20.5亿元，比上年下降3.1%。", TRADE, False),
        ("对越南出口下降6.3%，对泰国出口下降3.1%。", TRADE, False),
        ("货物吞吐量8120.4万吨。", PORT, True),
        ("货物吞吐量8120.4亿吨。", PORT, False),
        ("货物吞吐量8120.5万吨。", PORT, False),
        ("按第23条，每户补贴300元。", "第 2 3 条 对困难家庭每户补贴300元。", True),
        ("按第24条，每户补贴300元。", "第 2 3 条 对困难家庭每户补贴300元。", False),
    ],
)
def test_tables_and_printed_numbers_are_read_as_they_are_meant(sentence: str, told: str, right: bool) -> None:
    assert (not faults(sentence, told)) is right


@pytest.mark.parametrize(
    "words", ["（以上数据均见[1]）", "数据来源：[1]。", "（表中数据均来自[1]）", "上述内容引自[1]。"]
)
def test_words_that_only_tell_the_source_are_no_claim(words: str) -> None:
    _, units = WrittenCheck([Source("货物吞吐量8120.4万吨。")]).read(f"货物吞吐量8120.4万吨[1]。{words}")
    assert not any(unit.faults for unit in units)
    assert units[-1].marks == [1]
    assert not units[-1].says_something


HARBOUR = Source("泊位安排：一号泊位2031年6月底前完工；二号泊位2031年9月底前完工。船舶靠泊费由船方承担。")


@pytest.mark.parametrize(
    "heading", ["**二、进度安排**[2]", "### 进度安排 [2]", "**进度安排**【2】", "进度安排：[2]"]
)
def test_a_marked_heading_lends_its_marks_to_the_table_and_the_list_under_it(heading: str) -> None:
    answer = f"{heading}\n\n| 泊位 | 时间 |\n|---|---|\n| 一号 | 2031年6月底前 |\n| 二号 | 2031年9月底前 |"
    _, units = WrittenCheck([Source("无关的资料。"), HARBOUR]).read(answer)
    rows = [unit for unit in units if unit.unit.is_row]
    assert [(row.marks, row.found) for row in rows] == [([2], False)] * 2
    _, units = WrittenCheck([Source("无关的资料。"), HARBOUR]).read(
        f"{heading}\n- 靠泊费用：船舶的靠泊费由船方自己承担。"
    )
    assert (units[-1].marks, units[-1].found) == ([2], False)
    assert not units[-1].faults


def test_a_bold_answer_with_a_mark_is_checked_like_any_other() -> None:
    _, units = WrittenCheck([HARBOUR]).read("**三号泊位2032年完工**[1]")
    assert units[0].faults


def test_a_source_that_is_named_is_a_claim() -> None:
    _, units = WrittenCheck([Source("货物吞吐量8120.4万吨。")]).read("数据来自国家统计局[1]。")
    assert units[0].faults
