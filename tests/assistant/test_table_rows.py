"""The figure of a row's column that a question names, or none: never that of a neighbour."""

from __future__ import annotations

import pytest

from assistant.answering.short_answer import short_answer
from assistant.reading.candidate import Candidate
from assistant.reading.comparison import _of_other_months
from assistant.reading.table_rows import asked_cell, named_rows_first, narrowed
from assistant.understanding.question import parse
from corpus.model import Passage
from index.hit import ArticleInfo, Hit

INDUSTRIES = (
    "农业",
    "工业",
    "建筑业",
    "住宿和餐饮业",
    "金融业",
    "房地产业",
    "批发和零售业",
    "交通运输业",
    "教育业",
)
HEADS = [f"{name}增加值指数(上年同期=100)_{kind}" for name in INDUSTRIES for kind in ("当季值", "累计值")]
WIDE = " | ".join(
    ["时间：2025年第一季度", *(f"{head}：{100 + number / 10}" for number, head in enumerate(HEADS))]
)
SMALL = "县区：甘泉县 | 床位数：812 | 医师数：240 | 门诊人次：31000"


def row(line: str, start: int = 0, end: int | None = None) -> Candidate:
    text = line[start:end]
    passage = Passage(id="a-0", article_id="a", position=0, text=text, start=start, end=start + len(text))
    article = ArticleInfo(id="a", title="指数")
    return Candidate(
        hit=Hit(passage=passage, article=article), start=start, end=start + len(text), text=text, context=""
    )


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2025年第一季度金融业增加值指数当季值是多少", "100.8"),
        ("2025年一季度住宿和餐饮业指数累计值", "100.7"),
        ("第一季度住宿的增加值指数当季值多少", "100.6"),
        ("2025年第一季度房地产的累计值是多少", "101.1"),
    ],
)
def test_a_long_row_is_cut_down_to_the_cell_asked_for_under_its_name(question: str, figure: str) -> None:
    # Also where a later part of the row was found.
    for candidate in (row(WIDE), row(WIDE, WIDE.index("建筑业"), WIDE.index("金融业"))):
        cell = narrowed(parse(question), candidate, WIDE)
        assert cell.row_name == "时间：2025年第一季度"
        assert cell.text.endswith(f"：{figure}")
        assert WIDE[cell.start : cell.end] == cell.text
        assert short_answer(parse(question), cell) == figure


@pytest.mark.parametrize("question", ["2025年第一季度的增加值指数是多少", "2025年第一季度金融业的指数"])
def test_where_several_columns_fit_alike_no_figure_is_sure(question: str) -> None:
    assert narrowed(parse(question), row(WIDE), WIDE).text == WIDE
    assert asked_cell(parse(question), row(WIDE)) == ""


@pytest.mark.parametrize(
    ("question", "figure"),
    [("甘泉县床位数", "812"), ("甘泉县有多少医师", "240"), ("甘泉县的门诊人次是多少", "31000")],
)
def test_a_short_row_stays_whole_and_its_figure_is_the_named_one(question: str, figure: str) -> None:
    assert narrowed(parse(question), row(SMALL), SMALL).text == SMALL
    assert asked_cell(parse(question), row(SMALL)) == figure


def test_a_question_that_names_no_column_of_many_has_no_figure() -> None:
    assert asked_cell(parse("甘泉县去年财政收入多少"), row(SMALL)) == ""
    assert asked_cell(parse("甘泉县怎样"), row("一句没有表格的话。")) is None


CROPS = "指标：玉 米 | 产量（万吨）：540.4 | 同比增长（±%）：17.8"
TRADE = "国别：# 美国 | 出口额（亿元）：633.0 | 比上年增长（%）：-8.5 | 进口额（亿元）：123.9 | 比上年增长（%）：16.4"


@pytest.mark.parametrize(
    ("question", "line", "figure"),
    [
        ("玉米打了多少", CROPS, "540.4万吨"),
        ("玉米增速", CROPS, "17.8%"),
        ("玉米产量涨了多少", CROPS, "17.8%"),
        ("对美国出口多少亿", TRADE, "633.0亿元"),
        ("从美国进口额是多少", TRADE, "123.9亿元"),
        ("产品：乙烯 | 单 位：万吨 | 产量：67.2", "产品：乙烯 | 单 位：万吨 | 产量：67.2", "67.2万吨"),
    ],
)
def test_the_figure_has_its_unit_and_an_amount_is_no_change(question: str, line: str, figure: str) -> None:
    assert asked_cell(parse(question), row(line)) == figure


def test_a_clause_that_asks_for_a_change_means_that_of_the_column_named_before() -> None:
    assert asked_cell(parse("涨跌多少"), row(TRADE)) == ""
    assert asked_cell(parse("涨跌多少"), row(TRADE), parse("对美国出口多少亿，涨跌多少")) == "-8.5%"
    assert asked_cell(parse("涨跌多少"), row(TRADE), parse("从美国进口多少亿，涨跌多少")) == "16.4%"


def scored(line: str, score: float) -> Candidate:
    candidate = row(line)
    candidate.score = score
    return candidate


def test_the_row_whose_name_is_asked_comes_first() -> None:
    other, maize = scored("产品：汽油 | 单位：万吨 | 产量：333.7", 1.0), scored(CROPS, 3.0)
    # A unit in a question names no row.
    assert named_rows_first(parse("2012年玉米打了多少万吨"), [maize, other]) == [maize, other]
    assert named_rows_first(parse("2012年玉米打了多少万吨"), [other, maize])[0] is maize


@pytest.mark.parametrize(
    ("sentence", "score", "row_is_first"),
    [
        ("年末金融机构存款余额1970.6亿元，比年初增加266亿元。", 2.0, True),
        ("年末储蓄存款余额1147.5亿元。", 2.0, False),
        ("年末金融机构存款余额1970.6亿元，比年初增加266亿元。", 9.0, False),
    ],
)
def test_a_row_comes_before_a_nearly_equal_sentence_of_another_thing(
    sentence: str, score: float, *, row_is_first: bool
) -> None:
    savings = scored("指标：#储蓄存款 | 12月末：1147.5 | 比年初增加额：149.4", 1.0)
    ordered = named_rows_first(parse("年末储蓄存款余额多少"), [scored(sentence, score), savings])
    assert (ordered[0] is savings) is row_is_first


def test_a_figure_that_was_read_of_a_row_is_shown_with_its_unit() -> None:
    maize = row(CROPS)
    at = CROPS.index("540.4")
    maize.reader_span = (at, at + 5)
    maize.features["reader_span"] = 0.0
    assert short_answer(parse("玉米产量？"), maize) == "540.4万吨"


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("5月末存款余额多少", True),
        ("4月末存款余额多少", False),
        ("一季度存款余额多少", False),
        ("存款余额", False),
    ],
)
def test_a_row_whose_columns_are_other_months_is_of_another_time(question: str, *, other: bool) -> None:
    assert _of_other_months(parse(question).frame.periods, "存款3月末2291.6亿元，4月末2262.5亿元。") is other


def test_a_row_that_tells_the_same_figure_does_not_take_the_sentences_place() -> None:
    told = row("江苏全年生产集成电路1734.27亿块。")
    other = row("江苏全年生产微型计算机812.5万台。")
    in_row = row("省份：江苏 | 指标：集成电路产量 | 数值：1734.27亿块")
    told.score, other.score, in_row.score = 2.0, 2.0, 1.0
    question = "江苏的集成电路产量是多少"
    assert named_rows_first(parse(question), [told, in_row])[0] is told
    assert named_rows_first(parse(question), [other, in_row])[0] is in_row


STATISTICS = " | ".join(
    [
        "时间：{}",
        *(
            f"{name}_{kind}：{number}.5"
            for at, name in enumerate(["客运量", "铁路客运量", "民航客运量"])
            for number, kind in enumerate(["当期值", "累计值", "同比增长", "累计增长"], 10 * at + 10)
        ),
        "备注：单位见说明",
    ]
)


@pytest.mark.parametrize(
    ("question", "time", "figure"),
    [
        ("2025年4月客运量是多少", "2025年4月", "10.5"),
        ("2025年4月铁路客运量单月有多少", "2025年4月", "20.5"),
        ("2025年前4个月民航客运量达到多少", "2025年4月", "31.5"),
        ("2025年1—4月客运量的增速是多少", "2025年4月", "13.5"),
        ("2025年4月民航客运量同比增长多少", "2025年4月", "32.5"),
        ("2024年全年铁路客运量一共多少", "2024年12月", "21.5"),
        ("2024年12月铁路客运量多少", "2024年12月", "20.5"),
        ("2024年三季度客运量多少", "2024年第三季度", "10.5"),
        ("2024年前三季度客运量多少", "2024年第三季度", "11.5"),
        # Of a first quarter both are the same: neither is plainly meant.
        ("2025年一季度客运量多少", "2025年第一季度", ""),
    ],
)
def test_a_month_and_the_year_up_to_it_are_told_apart(question: str, time: str, figure: str) -> None:
    assert asked_cell(parse(question), row(STATISTICS.format(time))) == figure


HEADED = "指标：进出口总值 | 本月（亿元）：11 | 本月同比（%）：12 | 1-4月累计（亿元）：22 | 累计同比（%）：23"


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2025年4月进出口总值多少", "11亿元"),
        ("2025年1-4月进出口总值多少", "22亿元"),
        ("2025年1-4月进出口总值同比增长多少", "23%"),
        ("2025年4月进出口总值环比增长多少", ""),
    ],
)
def test_heads_tell_the_stretch_where_the_row_does_not(question: str, figure: str) -> None:
    assert (asked_cell(parse(question), row(HEADED)) or "") == figure


def test_of_two_measures_held_against_each_other_no_one_cell_answers() -> None:
    line = STATISTICS.format("2025年4月")
    question = parse("2025年4月铁路客运量比民航客运量多多少")
    assert asked_cell(question, row(line)) == ""
    assert narrowed(question, row(line), line).text == line


CHANGED = "时段：2026年4月 | 全社会用电量：8205亿千瓦时 | 同比：增长6.0% | 用户数：超1.2亿户"


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2026年4月全社会用电量同比增长多少", "增长6.0%"),
        ("4月全社会用电量同比", "增长6.0%"),
        ("2026年4月全社会用电量是多少", "8205亿千瓦时"),
        ("2026年4月用户数是多少", "超1.2亿户"),
    ],
)
def test_a_cell_says_what_its_figure_does(question: str, figure: str) -> None:
    assert asked_cell(parse(question), row(CHANGED)) == figure


def test_a_numbered_name_is_no_figure() -> None:
    assert asked_cell(parse("甲县的表多少"), row("县区：甲县 | 表：附表1 | 人数：20人")) != "附表1"
