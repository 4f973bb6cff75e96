"""The figure of a row's column that a question names, or none: never that of a neighbour."""

from __future__ import annotations

import pytest

from assistant.candidate import Candidate
from assistant.short_answer import short_answer
from assistant.table_rows import asked_cell, narrowed
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
        cell = narrowed(question, candidate, WIDE)
        assert cell.row_name == "时间：2025年第一季度"
        assert cell.text.endswith(f"：{figure}")
        assert WIDE[cell.start : cell.end] == cell.text
        assert short_answer(question, cell) == figure


@pytest.mark.parametrize("question", ["2025年第一季度的增加值指数是多少", "2025年第一季度金融业的指数"])
def test_where_several_columns_fit_alike_no_figure_is_sure(question: str) -> None:
    assert narrowed(question, row(WIDE), WIDE).text == WIDE
    assert asked_cell(question, row(WIDE)) == ""


@pytest.mark.parametrize(
    ("question", "figure"),
    [("甘泉县床位数", "812"), ("甘泉县有多少医师", "240"), ("甘泉县的门诊人次是多少", "31000")],
)
def test_a_short_row_stays_whole_and_its_figure_is_the_named_one(question: str, figure: str) -> None:
    assert narrowed(question, row(SMALL), SMALL).text == SMALL
    assert asked_cell(question, row(SMALL)) == figure


def test_a_question_that_names_no_column_of_many_has_no_figure() -> None:
    assert asked_cell("甘泉县去年财政收入多少", row(SMALL)) == ""
    assert asked_cell("甘泉县怎样", row("一句没有表格的话。")) is None
