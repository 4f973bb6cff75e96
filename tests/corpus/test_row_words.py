"""Rows of figures in words: what is read keeps the place of every printed character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.row_words import ADDED, in_words, joined_name, row_cells, unit_of_head, units_of

CELL = st.text("玉米产量（万吨）%·：#一、 0123.5-年\t", min_size=1, max_size=8)
LINES = st.lists(st.lists(CELL, min_size=1, max_size=5).map(" | ".join), max_size=4).map("\n".join)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("指标：玉 米 | 产量（万吨）：540.4 | 同比增长（±%）：17.8", "玉米产量540.4万吨，同比增长17.8%。"),
        ("产品：# 水 稻 | 单 位：吨 | 产量：79 | 比上年增长%：2", "水稻产量79吨，比上年增长2%。"),
        ("指标：其中：衣着 | 绝对值（元）：2601 | 比上年增长（%）：22.8", "衣着2601元，比上年增长22.8%。"),
        ("指标·期末存栏：家禽（万只） | 指标值：47.6", "期末存栏家禽47.6万只。"),
        ("比重(%) | 东部：60.3 | 西部：12.5", "比重东部60.3%，西部12.5%。"),
        (
            "产品：钢 | 1995年产量：83.57 万吨 | 比1985年增长：1.5倍",
            "钢1995年产量83.57 万吨，比1985年增长1.5倍。",
        ),
        ("行业：纺织 | 比重(%)·1985：7.7 | 位次·1985：4", "纺织比重1985年7.7%，位次1985年4。"),
    ],
)
def test_a_row_of_figures_is_said_as_a_sentence(row: str, words: str) -> None:
    assert in_words(row).text == words


def test_the_unit_above_a_table_goes_to_its_amounts_and_not_to_its_shares() -> None:
    rows = "指标：存款 | 年末：11.5 | 比年初增加额：1.4 | 同比增长：3"
    for words in (in_words(f"单位：亿元\n{rows}").text, in_words(rows, "表1 存款 单位：亿元").text):
        assert words.endswith("存款年末11.5亿元，比年初增加额1.4亿元，同比增长3。")


def test_a_share_printed_in_a_cell_is_not_the_unit_of_the_others() -> None:
    row = "项目：营业收入 | 2025年：386,520.41 | 2024年：331,205.18 | 本年比上年增减：16.70% | 2023年：290,011.77"
    assert in_words(f"单位：万元\n{row}").text.endswith(
        "营业收入2025年386,520.41万元，2024年331,205.18万元，本年比上年增减16.70%，2023年290,011.77万元。"
    )


def test_a_later_cell_that_holds_a_figure_is_no_name() -> None:
    row = "类别：C类 | 面积标准：不超过80平方米 | 租金优惠：按基准价的50%缴纳 | 最长租期：5年"
    assert in_words(row).text == "C类面积标准：不超过80平方米，租金优惠：按基准价的50%缴纳，最长租期5年。"


@pytest.mark.parametrize(
    "text", ["一句话。\n又一句。", "事项：设立 | 依据：《办法》第五条", "地区 | 营收（亿元）", "甲 | 乙 | 3"]
)
def test_what_is_no_row_of_figures_under_heads_stays(text: str) -> None:
    words = in_words(text)
    assert words.text == text
    assert words.places == tuple(range(len(text)))


def test_a_row_under_a_line_of_heads_takes_them_from_there() -> None:
    assert in_words("地区 | 2023年\n上海 | 5.1").text == "地区 | 2023年\n上海2023年5.1。"
    assert in_words("上海 | 5.1", "地区 | 2023年").text == "上海2023年5.1。"


def test_a_figure_is_found_again_with_its_unit_and_back() -> None:
    text = "前言。\n指标：玉 米 | 产量（万吨）：540.4 | 同比增长（%）：17.8\n后话。"
    words = in_words(text)
    at = text.index("540.4")
    start, end = words.span(at, at + 5)
    assert words.text[start:end] == "540.4万吨"
    assert words.printed(start, end) == (at, at + 5)
    assert words.text[slice(*words.span(text.index("后话"), len(text)))] == "后话。"


@given(LINES, LINES)
def test_every_character_that_is_read_is_printed_or_added(text: str, lead: str) -> None:
    words = in_words(text, lead)
    assert len(words.places) == len(words.text)
    printed = [place for place in words.places if place != ADDED]
    assert printed == sorted(set(printed))
    assert all(
        text[place] == each for each, place in zip(words.text, words.places, strict=True) if place >= 0
    )


@given(st.lists(CELL, min_size=1, max_size=6).map(" | ".join))
def test_each_cell_has_one_unit_and_its_place(line: str) -> None:
    cells = row_cells(line)
    assert len(units_of(cells, "亿元")) == len(cells)
    assert all(line.startswith(cell.value, cell.value_at) for cell in cells)


@pytest.mark.parametrize(
    ("head", "named", "unit"),
    [
        ("产量（万吨）", "产量", "万吨"),
        ("增长(±%)", "增长", "%"),
        ("金额/万元", "金额", "万元"),
        ("化肥（折纯）", "化肥（折纯）", ""),
    ],
)
def test_the_unit_of_a_head_is_told_from_other_brackets(head: str, named: str, unit: str) -> None:
    assert unit_of_head(head) == (named, unit)


def test_a_name_is_joined_and_a_long_one_left() -> None:
    assert joined_name("# 水 稻") == "水稻"
    assert joined_name("中、西部地区") == "中、西部地区"
    assert joined_name("二、三产业") == "二、三产业"
