"""What a language model wrote, checked against its passages."""

import pytest

from assistant.checking.written import Source, WrittenCheck, asked_in

PORT = Source(
    "今年1月至6月，全市港口完成货物吞吐量2.4亿吨，同比增长6.5%，其中集装箱吞吐量1250万标箱。预计年底前建成三座新码头。"
    "对新增航线每条给予最高不超过300万元奖励。",
    "海州市港口运行情况 海州市交通局",
    "2026-07-10",
)
RULE = Source(
    "第八条 申请人应当在收到通知之日起30日内提交材料；逾期不提交的，不得再次申请。",
    "海州市港口管理办法",
    "2025-03-01",
)
FUND = Source(
    "2024年基金规模51.2亿元，2025年增至58.4亿元，投资项目120个，其中新能源36个。",
    "产业基金年报",
    "2026-02-01",
)


def faults(sentence: str, question: str = "") -> list[str]:
    checked = WrittenCheck([PORT, RULE, FUND], question).check(sentence)
    return [fault.reason for unit in checked for fault in unit.faults]


@pytest.mark.parametrize(
    "sentence",
    [
        "2026年上半年，海州港口完成货物吞吐量2.4亿吨[1]。",
        "货物吞吐量为24000万吨，同比增长6.5%[1]。",
        "基金规模由51.2亿元增至58.4亿元，增加7.2亿元[3]。",
        "2025年基金规模比上年增长约14.1%[3]。",
        "新能源项目占30%[3]。",
        "基金规模近60亿元[3]。",
        "申请人须在收到通知后30日内提交材料[2]。",
        "每条新增航线最高奖励300万元[1]。",
        "Cargo throughput reached 240 million tonnes, up 6.5% [1].",
    ],
)
def test_what_follows_is_let_through(sentence: str) -> None:
    assert faults(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "货物吞吐量2.7亿吨[1]。",
        "货物吞吐量2.4万吨[1]。",
        "2023年货物吞吐量2.4亿吨[1]。",
        "货物吞吐量同比下降6.5%[1]。",
        "三座新码头已经建成[1]。",
        "每条新增航线给予300万元奖励[1]。",
        "逾期不提交的，可以再次申请[2]。",
        "基金规模增加8.2亿元[3]。",
        "新能源项目占36%[3]。",
        "大连市港口完成货物吞吐量2.4亿吨[1]。",
        "上海世博会吸引了众多游客[1]。",
    ],
)
def test_what_does_not_follow_is_flagged(sentence: str) -> None:
    assert faults(sentence)


def test_a_mark_on_another_passage_is_told_with_the_right_one() -> None:
    checked = WrittenCheck([PORT, RULE, FUND]).check("货物吞吐量为2.4亿吨，同比增长6.5%[3]。")
    assert [(fault.reason, fault.detail) for fault in checked[0].faults] == [("flag_mark", "1")]


def test_a_forgotten_mark_is_found() -> None:
    checked = WrittenCheck([PORT, RULE, FUND]).check("投资项目120个，其中新能源36个。")
    assert (checked[0].found, checked[0].marks) == (True, [3])


def test_headings_lead_ins_and_words_on_the_answer_need_no_mark() -> None:
    text = "## 港口与基金\n\n两项数据如下：\n- 吞吐量2.4亿吨[1]\n\n可以。如果还想了解其他方面，可以继续提问。"
    assert faults(text) == []


def test_a_year_that_was_asked_for_is_no_year_of_the_passage() -> None:
    assert faults("2023年货物吞吐量2.4亿吨[1]。", "2023年货物吞吐量是多少？")


def test_a_computed_column_of_a_table_is_worked_out() -> None:
    text = "| 年份 | 规模 | 比上年 |\n|---|---|---|\n| 2025 | 58.4亿元[3] | +7.2亿元 |"
    assert faults(text) == []
    assert faults(text.replace("7.2", "9.2"))


def test_a_figure_of_an_earlier_answer_is_held_against_the_passage_it_cites() -> None:
    asked = asked_in(["2023年的吞吐量是多少？"], "那2026年上半年呢？")
    assert "3.7亿吨" not in asked
    assert faults("货物吞吐量3.7亿吨[1]。", asked)
    assert faults("货物吞吐量3.7亿吨[1]。", asked_in([], "上次说3.7亿吨，对吗？")) == []


def test_rows_without_units_are_worked_with() -> None:
    table = Source("出口茶叶｜2023年：3285｜2024年：2910", "茶叶出口（吨）", "2025-01-20")
    check = WrittenCheck([table])
    assert not check.check("2024年出口茶叶比上年少375吨[1]。")[0].faults
    assert check.check("2024年出口茶叶比上年少395吨[1]。")[0].faults


def test_a_case_that_a_rule_is_applied_to_needs_no_source() -> None:
    rule = Source("80岁以上老人每餐补助4元。", "助餐办法", "2025-01-20")
    check = WrittenCheck([rule])
    assert not check.check("一位82岁的老人每餐补助4元[1]。")[0].faults
    assert check.check("82岁的老人每餐补助7元[1]。")[0].faults
    assert check.check("2023年的老人每餐补助4元[1]。")[0].faults


TAXES = Source(
    "起征点从月销售额3万元提高到15万元，增值税税率从17%降至13%，小微企业所得税税负率从10%降至2.5%，减税5.4万亿元，降费2.8万亿元。"
    "研发费用加计扣除比例从50%提高到100%，惠及1100万户。",
    "减税降费",
    "2023-03-05",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "起征点提高到10万元[1]。",
        "起征点提高到30万元[1]。",
        "2021年起征点提高到15万元[1]。",
    ],
)
def test_a_figure_that_follows_only_by_chance_is_flagged(sentence: str) -> None:
    checked = WrittenCheck([TAXES]).check(sentence)
    assert [fault.reason for unit in checked for fault in unit.faults] == ["flag_figure"]


@pytest.mark.parametrize(
    "sentence", ["起征点是原来的5倍[1]。", "减税和降费合计8.2万亿元[1]。", "税率下降4个百分点[1]。"]
)
def test_a_figure_that_the_sentence_works_out_is_not(sentence: str) -> None:
    assert not [fault for unit in WrittenCheck([TAXES]).check(sentence) for fault in unit.faults]


def test_what_is_to_come_is_flagged_where_a_row_tells_it_as_done() -> None:
    table = "| 项目 | 进展 |\n|---|---|\n| 三座新码头 | {} | [1] |"
    flagged = WrittenCheck([PORT]).check(table.format("已于6月建成"))
    assert [fault.rule for unit in flagged for fault in unit.faults if fault.reason == "flag_contrary"] == [
        "not_yet"
    ]
    assert not [f for unit in WrittenCheck([PORT]).check(table.format("预计年底前建成")) for f in unit.faults]


TEA = "企业新建茶园面积在100亩及以上至500亩的，给予企业120元/亩奖励；500亩以上的，给予企业240元/亩奖励。"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("300亩 × 120元/亩 = **36000元（3.6万元）**[1]", True),
        ("300亩×120元/亩=3.6万元[1]", True),
        ("300亩 × 120元/亩 = 39000元[1]", False),
        ("300亩 × 120元/亩 = 36万元[1]", False),
        ("300亩 × 130元/亩 = 39000元[1]", False),
        ("700亩 × 240元/亩 = 168000元[1]", False),
    ],
)
def test_a_product_that_is_written_out_is_worked_out_again(written: str, right: bool) -> None:
    _, units = WrittenCheck([Source(TEA)], "企业新种300亩茶，能拿多少钱？").read(written)
    assert (not units[-1].faults) is right
