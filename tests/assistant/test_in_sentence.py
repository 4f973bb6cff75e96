"""What follows from the figures of one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.in_sentence import (
    both_ends,
    change_told,
    new_end,
    respective_figure,
    tells_gap,
)
from assistant.answering.part_and_whole import share_told
from assistant.understanding.plain_question import plainly_compared, with_gap_asked
from assistant.understanding.question import parse
from corpus.language.quantities import quantities_in


@pytest.mark.parametrize(
    ("question", "sentence", "gap"),
    [
        ("茶叶产值五年多了多少", "茶叶产值从2019年的2.15亿元增长到2024年的3.4亿元，年均增长6%", "1.25亿元"),
        ("近视率三年里降了多少个百分点", "三年里近视率从41.2%降至36%", "5.2个百分点"),
        ("床位增加了多少张", "床位从2019年的120个增加到150个", "30个"),
        ("就业人数比上一年多了多少", "就业人数由上年的72万人增加到75万人", "3万人"),
        ("运力比2023年增加了多少", "运力由310吨增加到420吨", "110吨"),
        # Growth that is told is not worked out again.
        ("茶叶产值涨了多少", "茶叶产值从3亿元增长到4亿元，增长33%", None),
        ("茶叶产值多了多少", "果品产值从3亿元增长到4亿元", None),
        ("产值多了多少", "茶叶产值从3亿元增到4亿元，果品产值从5亿元增到8亿元", None),
        ("产值多了多少", "产值从3亿元增长到占全县的40%", None),
        ("产值是多少", "产值从3亿元增长到4亿元", None),
    ],
)
def test_a_change_follows_from_both_ends(question: str, sentence: str, gap: str | None) -> None:
    worked = change_told(parse(question), sentence)
    assert (worked.short if worked else None) == gap


@pytest.mark.parametrize(
    ("question", "sentence", "share"),
    [
        ("变频空调占几成", "产量80万台，增长13.2%，其中变频空调20万台，增长一倍", "约25.0%"),
        ("网上办的占几成", "办理业务400万件，其中：窗口300万件，网上100万件", "约25.0%"),
        ("变频空调占几成", "产量80万台，其中变频空调20万台，占25%", None),
        ("变频空调占几成", "产量80万台，变频空调20万台", None),
        ("变频空调占几成", "产值80亿元，其中变频空调20万台", None),
        ("变频空调有多少", "产量80万台，其中变频空调20万台", None),
    ],
)
def test_a_share_follows_from_part_and_whole(question: str, sentence: str, share: str | None) -> None:
    worked = share_told(parse(question), sentence)
    assert (worked.short if worked else None) == share


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("农村居民收入是多少", "19500元"),
        ("城镇居民收入是多少", "41000元"),
        ("居民收入是多少", ""),
    ],
)
def test_a_figure_belongs_to_its_name(question: str, figure: str) -> None:
    sentence = "城镇和农村居民收入分别提高到41000元和19500元。"
    assert respective_figure(parse(question), sentence) == figure


@pytest.mark.parametrize(
    ("question", "sentence", "figure"),
    [
        (
            "四星的酒店奖多少？",
            "新评为三星级、四星级、五星级的酒店，一次性分别给予20万元、50万元、100万元。",
            "50万元",
        ),
        (
            "五星酒店奖多少？",
            "新评为三星级、四星级、五星级的酒店，一次性分别给予20万元、50万元、100万元。",
            "100万元",
        ),
        ("省级示范店奖多少？", "对国家级、省级、市级示范店分别奖励50万元、30万元、10万元。", "30万元"),
        ("B类企业补贴多少？", "A类、B类、C类企业，每户分别补贴30万元、20万元、10万元。", "20万元"),
        (
            "重度残疾人护理补贴每月多少？",
            "困难残疾人生活补贴和重度残疾人护理补贴标准分别提高至每人每月217元、290元。",
            "290元",
        ),
        (
            "困难残疾人生活补贴每月多少？",
            "困难残疾人生活补贴和重度残疾人护理补贴标准分别提高至每人每月217元、290元。",
            "217元",
        ),
        ("残疾人补贴每月多少？", "残疾人生活补贴和残疾人护理补贴分别为每人每月217元、290元。", ""),
        ("抚恤金是工资的几倍", "丧葬补助金和一次性抚恤金分别按月平均工资的3倍、6倍计发。", ""),
        ("县级示范店奖多少？", "对国家级、省级、市级示范店分别奖励50万元、30万元、10万元。", ""),
    ],
)
def test_names_of_a_list_that_differ_by_one_character(question: str, sentence: str, figure: str) -> None:
    assert respective_figure(parse(question), sentence) == figure


def test_a_second_list_is_of_the_same_names() -> None:
    sentence = "桐县、淳县、建市的优良天数分别为346天、354天、355天，优良率分别为94.5%、96.7%、97.0%"
    assert respective_figure(parse("淳县优良率是多少"), sentence) == "96.7%"
    assert respective_figure(parse("淳县优良天数是多少"), sentence) == "354天"


def test_both_ends_are_told_where_both_are_asked() -> None:
    sentence = "票价从2019年的12元提高至2020年的15元，惠及三县"
    assert both_ends(parse("票价从多少涨到多少"), sentence) == "从12元到15元"
    assert both_ends(parse("票价涨到多少"), sentence) == ""


def test_growth_in_percent_is_no_gap_in_money() -> None:
    assert not tells_gap(parse("2020年比2019年多了多少元"), "收入52300元，比上年增长2.9%")
    assert tells_gap(parse("2020年比2019年多了多少元"), "收入52300元，比上年增加1850元")
    assert tells_gap(parse("2020年比2019年高几个百分点"), "利率3%，提高0.5个百分点")


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("云山、青川谁的雨量最少，多少？", "云山、青川谁的雨量最少"),
        ("甲县比乙县高多少毫米（2021年）", "2021年甲县比乙县高多少毫米"),
        ("茶叶产值2021年比上一年少了多少亿？", "茶叶产值2021年比2020年少了多少亿？"),
        ("茶叶产值2021年比上年高几个百分点", "茶叶产值2021年比上年高几个百分点"),
        ("茶叶产值多少，增速多少", "茶叶产值多少，增速多少"),
    ],
)
def test_a_comparison_is_put_plainly(question: str, plain: str) -> None:
    assert plainly_compared(question) == plain


def test_a_gap_is_told_with_who_is_ahead() -> None:
    assert with_gap_asked("甲县和乙县谁高，差几米？") == "甲县和乙县谁高"
    assert with_gap_asked("甲县和乙县差几米？") == "甲县和乙县差几米？"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_taken(question: str, sentence: str) -> None:
    asked, told = f"{question}占几成多了多少", f"从{sentence}增长到5万元，其中3万元分别为{sentence}"
    assert isinstance(respective_figure(parse(asked), told), str)
    for worked in (change_told(parse(asked), told), share_told(parse(asked), told)):
        assert worked is None or quantities_in(worked.short)
    assert isinstance(with_gap_asked(plainly_compared(question)), str)


@pytest.mark.parametrize(
    ("question", "read", "asked"),
    [
        ("停车费现在多少", "3元", "5元"),
        ("停车费原来多少", "3元", ""),
        ("停车费涨价前是多少", "3元", ""),
        ("2018年停车费多少", "3元", ""),
        ("每天最高收多少", "40元", ""),
        ("老旧小区收多少", "3元/天", ""),
    ],
)
def test_the_new_end_is_told_where_the_old_was_read(question: str, read: str, asked: str) -> None:
    sentence = "路边停车费由每小时3元调整为5元，每天最高40元，老旧小区3元/天。"
    at = sentence.find(read)
    assert new_end(parse(question), sentence, (at, at + len(read))) == asked


@pytest.mark.parametrize(
    "sentence",
    [
        "该厂由盈利5亿元变为亏损3亿元。",
        "气温从-3度升至2度。",
        "产能从5万吨增加到8万吨，再增加到12万吨。",
    ],
)
def test_ends_that_are_not_what_they_look_like_are_not_subtracted(sentence: str) -> None:
    for question in ("产能增加了多少", "气温升高了多少", "利润减少了多少", "该厂增加了多少"):
        assert change_told(parse(question), sentence) is None


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("城镇化率从72%提升至76%左右。", "76%左右"),
        ("城镇化率从72%提升至约76%以上。", "约76%以上"),
        ("城镇化率从72%提升至75%—76%。", ""),
    ],
)
def test_a_new_end_that_is_about_so_much_is_told_with_its_hedge(sentence: str, asked: str) -> None:
    at = sentence.find("72%")
    assert new_end(parse("城镇化率是多少"), sentence, (at, at + 3)) == asked


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("上半年轮胎销量是多少", "402万条"),
        ("上半年轮胎产量是多少", "410万条"),
        ("上半年轮胎销量增长了多少", "6.2%"),
        ("上半年轮胎产量同比增速", "5.1%"),
    ],
)
def test_names_with_figures_of_their_own_give_these_but_for_their_growth(question: str, figure: str) -> None:
    sentence = "上半年，轮胎产量410万条、销量402万条，同比分别增长5.1%和6.2%。"
    assert respective_figure(parse(question), sentence) == figure
