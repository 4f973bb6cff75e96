"""What is worked out from the figures that answer the parts of a question."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.calculation import (
    Operand,
    compared_times,
    names_of_parts,
    unlike_measures,
    work_out,
)
from assistant.answering.goals import held_against_goal
from assistant.understanding.operation import Operation, time_question, value_question
from assistant.understanding.question import parse
from corpus.language.periods import Period
from corpus.language.quantities import comparable, quantities_in, written


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "2026年4月和5月哪个月全社会用电量更高?",
            ["2026年4月全社会用电量是多少", "2026年5月全社会用电量是多少"],
        ),
        ("2024年和2025年两年的赤字规模合计多少?", ["2024年赤字规模多少", "2025年赤字规模多少"]),
        ("上海和江苏谁的增速高?", ["上海增速是多少", "江苏增速是多少"]),
        ("进口和出口哪个增长更快?", ["进口增长多少", "出口增长多少"]),
        (
            "2026年一季度对东盟和对非洲的进出口哪个增长更快?",
            ["2026年一季度对东盟的进出口增长多少", "2026年一季度对非洲的进出口增长多少"],
        ),
        ("2024年和2023年的赤字率相差几个百分点?", ["2023年的赤字率是多少", "2024年的赤字率是多少"]),
        ("赤字率安排从2021年到2022年降了几个百分点?", ["赤字率安排2021年是多少", "赤字率安排2022年是多少"]),
        ("湖北比湖南的粮食产量多多少?", ["湖北的粮食产量是多少", "湖南的粮食产量是多少"]),
        ("上海的产量比江苏高多少?", ["上海的产量是多少", "江苏的产量是多少"]),
        ("上海市和北京市相比哪个失业率更高?", ["上海失业率是多少", "北京失业率是多少"]),
        ("第一产业和第三产业增加值相差多少?", ["第一产业增加值是多少", "第三产业增加值是多少"]),
        ("集成电路和工业机器人产量哪个增长更快?", ["集成电路产量增长多少", "工业机器人产量增长多少"]),
        ("2025年的赤字规模和地方专项债合计多少?", ["2025年的赤字规模多少", "2025年的地方专项债多少"]),
        (
            "海南2026年元旦、春节、“五一”三个假期免税合计卖了多少?",
            ["海南2026年元旦免税卖了多少", "海南2026年春节免税卖了多少", "海南2026年“五一”免税卖了多少"],
        ),
        ("2026年上海外贸总额与义乌差多少?", ["2026年上海外贸总额是多少", "2026年义乌外贸总额是多少"]),
        (
            "2025年上海的芯片营收和江苏的芯片产量，哪个增得快?",
            ["2025年上海的芯片营收增长多少", "2025年江苏的芯片产量,增长多少"],
        ),
        (
            "2022年、2023年和2024年城镇新增就业一共多少人?",
            ["2022年城镇新增就业多少人", "2023年城镇新增就业多少人", "2024年城镇新增就业多少人"],
        ),
        (
            "2025年1至6月和2026年1至6月的出口额相差多少?",
            ["2025年1至6月的出口额是多少", "2026年1至6月的出口额是多少"],
        ),
    ],
)
def test_what_is_to_be_worked_out_is_asked_part_by_part(question: str, parts: list[str]) -> None:
    assert parse(question).operation.of_parts is not None
    assert [value_question(part.text) for part in parse(question).parts] == parts


def test_what_each_grew_by_is_no_difference() -> None:
    assert parse("进口和出口增加多少?").operation.of_parts is None
    assert parse("2024年和2025年的赤字规模分别增加多少?").operation.of_parts is None
    assert parse("2024年和2023年相比增加多少?").operation.of_parts is Operation.DIFFERENCE


def test_growth_over_the_year_before_is_no_comparison_of_two_things() -> None:
    for question in (
        "2021年产业规模同比涨多少，占GDP呢",
        "一季度产值环比高多少",
        "出口额同比增加多少，占比多高",
    ):
        asked = parse(question).operation
        assert asked.of_parts is None
        assert not asked.is_comparison
    assert parse("甲县2025年产值比2024年多多少").operation.is_comparison


def test_parts_are_named_by_what_tells_them_apart() -> None:
    assert names_of_parts(["2026年4月用电量是多少", "2026年5月用电量是多少"]) == ["4月", "5月"]
    assert names_of_parts(["进口增长多少", "出口增长多少"]) == ["进口", "出口"]


@pytest.mark.parametrize(
    ("operation", "question", "figures", "short"),
    [
        (Operation.SUM, "合计", ["3900万亩", "7400万亩"], "1.13亿亩"),
        (Operation.SUM, "合计", ["5.66万亿元", "4.06万亿元"], "9.72万亿元"),
        (Operation.SUM, "合计", ["25141亿千瓦时", "8205亿千瓦时"], "33346亿千瓦时"),
        (Operation.DIFFERENCE, "相差", ["4%", "3%"], "1个百分点"),
        (Operation.DIFFERENCE, "相差", ["1256万人", "1244万人"], "12万人"),
        (Operation.COMPARE, "谁更高", ["3%", "1.2倍"], "乙"),
        (Operation.COMPARE, "哪个更低", ["3%", "1.2倍"], "甲"),
        (Operation.COMPARE, "哪个更高", ["0.5万亿元", "5000亿元"], "相同"),
        (Operation.SUM, "合计", ["30余万户", "20万户"], "约50万户"),
        (Operation.DIFFERENCE, "相差", ["3公顷", "10亩"], "2.33公顷"),
    ],
)
def test_figures_are_put_together(
    operation: Operation, question: str, figures: list[str], short: str
) -> None:
    operands = [Operand(name, quantities_in(figure)[0]) for name, figure in zip("甲乙", figures, strict=True)]
    worked = work_out(operation, parse(question), operands)
    assert worked is not None
    assert worked.short == short
    assert all(figure in worked.text for figure in figures)


@pytest.mark.parametrize("figures", [("3%", "5亿元"), ("3人", "5亿元")])
def test_what_is_counted_in_other_units_is_not_put_together(figures: tuple[str, str]) -> None:
    operands = [Operand(name, quantities_in(figure)[0]) for name, figure in zip("甲乙", figures, strict=True)]
    assert all(work_out(operation, parse(""), operands) is None for operation in Operation)


def test_shares_are_not_added() -> None:
    operands = [Operand(name, quantities_in(figure)[0]) for name, figure in (("甲", "3%"), ("乙", "4%"))]
    assert work_out(Operation.SUM, parse(""), operands) is None


@given(st.integers(1, 10**7), st.sampled_from(["亿元", "万吨", "万亿元", "家", "%", "个百分点"]))
def test_a_figure_is_read_as_it_is_written(number: int, unit: str) -> None:
    found = quantities_in(f"共{number:,}{unit}。")
    assert [each.text for each in found] == [f"{number:,}{unit}"]
    bare = quantities_in(f"{number}{unit}")[0]
    assert bare.value == found[0].value
    assert comparable(bare, found[0])


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_sum_is_exact(one: int, other: int) -> None:
    operands = [
        Operand("甲", quantities_in(f"{one}万元")[0]),
        Operand("乙", quantities_in(f"{other}万元")[0]),
    ]
    worked = work_out(Operation.SUM, parse(""), operands)
    assert worked is not None
    assert quantities_in(worked.short)[0].value == Decimal(one + other) * 10000


def test_only_all_alike_are_the_same() -> None:
    operands = [
        Operand(name, quantities_in(figure)[0])
        for name, figure in zip("甲乙丙", ["5%", "5%", "3%"], strict=True)
    ]
    worked = work_out(Operation.COMPARE, parse("哪个更高"), operands)
    assert worked is not None
    assert worked.short == "甲和乙"


@pytest.mark.parametrize("text", ["3方面", "20人工", "5人民群众"])
def test_a_word_that_begins_like_a_unit_is_none(text: str) -> None:
    assert quantities_in(text)[0].unit == ""


def test_amounts_are_the_same_in_any_scale() -> None:
    assert quantities_in("10平方公里")[0].value == quantities_in("1000公顷")[0].value
    assert quantities_in("100亿亿次")[0].value == Decimal(10) ** 18
    assert quantities_in("2000亿元")[0].value == quantities_in("0.2万亿元")[0].value
    assert written(Decimal(113_000_000), quantities_in("3900万亩")[0]) == "1.13亿亩"


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        (
            "2021年的城镇新增就业任务完成了吗?",
            ["2021年的城镇新增就业目标是多少", "2021年的城镇新增就业实际是多少"],
        ),
        ("2022年有没有实现5.5%的经济增长目标?", ["2022年经济增长目标是多少", "2022年经济增长实际是多少"]),
        (
            "2023年实际经济增速比当年目标高几个百分点?",
            ["2023年经济增速目标是多少", "2023年经济增速实际是多少"],
        ),
        ("2024年完成了哪些任务", []),
        ("2025年完成目标了吗", []),
        ("2025年的增长目标是多少", []),
    ],
)
def test_goal_and_result(question: str, pair: list[str]) -> None:
    assert [each.text for each in parse(question).goal_and_result] == pair


@pytest.mark.parametrize(
    ("question", "goal", "result", "told"),
    [
        ("2021年就业目标完成了吗", "1100万人以上", "1269万人", "达到目标"),
        ("2021年就业目标完成了吗", "1100万人以上", "1000万人", "没有达到目标"),
        ("2022年经济增长目标实现了吗", "5.5%左右", "3%", "低于目标"),
        ("2024年物价涨幅目标达到了吗", "3%以内", "0.2%", "没有超过目标上限"),
        ("2023年增长目标实现了吗", "5%左右", "5%", "与目标相同"),
        ("2023年经济增速比目标高几个百分点", "5%左右", "5.2%", "高0.2个百分点"),
        ("2023年的就业目标完成了吗", "5%左右", "1244万人", None),
    ],
)
def test_a_result_is_held_against_its_goal(question: str, goal: str, result: str, told: str | None) -> None:
    worked = held_against_goal(
        parse(question), *(Operand("", quantities_in(text)[0], text) for text in (goal, result))
    )
    assert (worked.short if worked else None) == told
    assert worked is None or (goal in worked.text and result in worked.text)


@pytest.mark.parametrize(
    ("question", "times", "short"),
    [
        ("哪家公司的重组时间更早？", ["2020-03", "2020-06"], "甲"),
        ("哪家公司的重组时间更晚？", ["2020-03", "2020-06"], "乙"),
        ("哪家公司的重组时间更早？", ["2020", "2020-06"], None),
        ("哪家公司的营收更高？", ["2020-03", "2020-06"], None),
    ],
)
def test_times_are_compared(question: str, times: list[str], short: str | None) -> None:
    worked = compared_times(parse(question), ["甲", "乙"], [Period.parse(time) for time in times])
    assert (worked.short if worked else None) == short


def test_what_is_told_without_a_unit_is_compared() -> None:
    assert comparable(quantities_in("300000万")[0], quantities_in("5亿元")[0])
    assert not comparable(quantities_in("3")[0], quantities_in("5亿元")[0])
    assert not comparable(quantities_in("11.25亿")[0], quantities_in("99.4%")[0])


def test_renminbi_are_yuan() -> None:
    assert comparable(quantities_in("500万人民币")[0], quantities_in("8亿元")[0])


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "比较ABC科技有限公司和青川百货公司分别进行的管理层变动时间，哪家公司变动时间更早？",
            ["abc科技有限公司的管理层变动是什么时候", "青川百货公司的管理层变动是什么时候"],
        ),
        (
            "比较青川环保有限公司和云山能源有限公司的绿色产品开发项目，哪家公司的项目启动时间更早？",
            ["青川环保有限公司的绿色产品开发项目是什么时候", "云山能源有限公司的绿色产品开发项目是什么时候"],
        ),
        ("深圳和上海，谁的数据条例出台更早", ["深圳数据条例出台是什么时候", "上海数据条例出台是什么时候"]),
        ("上海和江苏的方案哪个出台更早?", ["上海的方案出台是什么时候", "江苏的方案出台是什么时候"]),
    ],
)
def test_times_are_asked_for_where_one_is_earlier(question: str, parts: list[str]) -> None:
    assert parse(question).operation.earlier_or_later
    assert [time_question(part.text) for part in parse(question).parts] == parts


@pytest.mark.parametrize(
    ("question", "told", "unlike"),
    [
        ("上海和江苏谁的增速快?", ["营业收入增长24%", "产量为1734亿块，增长12.3%"], ["营业收入", "产量"]),
        ("上海的营收和江苏的产量，哪个增得快?", ["营业收入增长24%", "产量增长12.3%"], []),
        ("上海和江苏谁的产量高?", ["产量为12亿块", "产量为1734亿块，出口增长3%"], []),
        ("上海和江苏谁的失业率高?", ["失业率5%", "失业率4%"], []),
    ],
)
def test_unlike_measures_are_seen(question: str, told: list[str], unlike: list[str]) -> None:
    assert unlike_measures(parse(question), told) == unlike
