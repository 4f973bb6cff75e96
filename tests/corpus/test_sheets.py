"""Sheets: cells as printed, heads over several rows and columns, what does not show is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from corpus.load import read_articles
from corpus.model import Article
from corpus.problem import Problem
from corpus.readers.sheet import drafts_of_sheet
from corpus.table import Table
from corpus.table_grid import Grid, tables_of


def read(file: Path) -> tuple[list[Article], list[str]]:
    found = list(read_articles(file))
    return (
        [each for each in found if isinstance(each, Article)],
        [each.code for each in found if isinstance(each, Problem)],
    )


@pytest.fixture
def sheet() -> Worksheet:
    return openpyxl.Workbook().active


def saved(sheet: Worksheet, folder: Path) -> Path:
    file = folder / "表.xlsx"
    sheet.parent.save(file)
    return file


def test_cells_are_read_as_they_are_printed(sheet: Worksheet, tmp_path: Path) -> None:
    sheet.append(["地区", "增速", "产值", "日期", "补助"])
    sheet.append(["甲县", 0.075, 12345.6, date(2025, 3, 1), 1200])
    for cell, code in zip(sheet[2][1:], ["0.0%", "#,##0.00", 'yyyy"年"m"月"d"日"', '"¥"#,##0'], strict=True):
        cell.number_format = code
    (article,), _ = read(saved(sheet, tmp_path))
    assert article.text == "地区：甲县 | 增速：7.5% | 产值：12,345.60 | 日期：2025年3月1日 | 补助：¥1,200"


def test_merged_cells_and_two_head_rows(sheet: Worksheet, tmp_path: Path) -> None:
    for row in (
        ["2025年各区企业情况"],
        ["编制单位：统计局", None, None, "单位：家"],
        ["区域", "园区", "企业数量", None],
        [None, None, "2024年", "2025年"],
        ["江北区", "软件园", 120, 156],
        [None, "光电园", 88, 97],
    ):
        sheet.append(row)
    for area in ("A1:D1", "A3:A4", "B3:B4", "C3:D3", "A5:A6"):
        sheet.merge_cells(area)
    (article,), _ = read(saved(sheet, tmp_path))
    assert article.title == "2025年各区企业情况"
    assert article.text.split("\n")[-1] == (
        "区域：江北区 | 园区：光电园 | 企业数量·2024年：88 | 企业数量·2025年：97"
    )
    (table,) = article.layout.tables
    assert (table.unit, table.head_rows, table.head_columns) == ("家", 2, 2)
    assert "编制单位：统计局" in article.text
    assert "单位：家" in article.text


def test_what_does_not_show_is_left_out_and_named(sheet: Worksheet, tmp_path: Path) -> None:
    for row in (["地区", "内部", "产值"], ["甲", "x", 1], ["乙", "y", 2], ["丙", "z", "=SUM(C2:C3)"]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet.parent.create_sheet("草稿").append(["不给人看"])
    sheet.parent["草稿"].sheet_state = "hidden"
    (article,), codes = read(saved(sheet, tmp_path))
    assert article.text == "地区：甲 | 产值：1\n地区：丙"
    assert sorted(codes) == ["formulas_without_values", "sheet_hidden", "sheet_parts_hidden"]


def test_several_tables_on_a_sheet(sheet: Worksheet, tmp_path: Path) -> None:
    rows = [
        ["表1 产值"],
        ["地区", "产值"],
        ["甲", 1],
        [],
        ["表2 人口"],
        ["地区", "人口"],
        ["甲", 7],
        [],
        ["乙", 8],
        ["注：初步数。"],
    ]
    for row in rows:
        sheet.append(row)
    (article,), _ = read(saved(sheet, tmp_path))
    assert article.text.split("\n") == [
        "表1 产值", "地区：甲 | 产值：1", "表2 人口", "地区：甲 | 人口：7", "地区：乙 | 人口：8", "注：初步数。",
    ]  # fmt: skip
    assert [table.caption for table in article.layout.tables] == ["表1 产值", "表2 人口"]


def test_a_far_away_format_costs_nothing(sheet: Worksheet, tmp_path: Path) -> None:
    sheet.append(["地区", "产值"])
    sheet.append(["甲", 1])
    sheet.cell(1_048_576, 16_384).number_format = "0.0"
    (article,), _ = read(saved(sheet, tmp_path))
    assert article.text == "地区：甲 | 产值：1"


def test_articles_in_cells_are_articles(tmp_path: Path) -> None:
    text = "现在，我代表省人民政府，向大会报告工作，请予审议。\n" * 8
    (tmp_path / "a.csv").write_text(f'province,year,title,全部文字\n甲省,2026,甲省报告,"{text}"\n', "utf-8")
    (article,), _ = read(tmp_path / "a.csv")
    assert article.title == "甲省报告"
    assert article.text.startswith("现在，我代表")
    (tmp_path / "b.csv").write_text("项目,内容\n名称,某工程\n地点,某县\n", "utf-8")
    (table,), _ = read(tmp_path / "b.csv")
    assert table.text == "项目：名称 | 内容：某工程\n项目：地点 | 内容：某县"


def test_an_open_quote_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('项目,投资额,说明\n甲,"8亿元,二期\n乙,3亿元,在建\n', "utf-8")
    (article,), codes = read(tmp_path / "a.csv")
    assert article.text.split("\n")[1] == "项目：乙 | 投资额：3亿元 | 说明：在建"
    assert codes == ["csv_open_quote"]


names = st.text(alphabet="甲乙丙丁戊己庚辛", min_size=2, max_size=5)


@given(
    groups=st.lists(names, min_size=2, max_size=3, unique=True),
    years=st.lists(st.integers(2015, 2030), min_size=1, max_size=3, unique=True),
    rows=st.lists(names, min_size=1, max_size=6, unique=True),
    caption=st.booleans(),
    merged=st.booleans(),
    data=st.data(),
)
@settings(max_examples=40)
def test_generated_tables_keep_heads_and_names(
    groups: list[str], years: list[int], rows: list[str], caption: bool, merged: bool, data: st.DataObject
) -> None:
    figures = data.draw(
        st.lists(
            st.lists(st.integers(1, 99_999).map(str), min_size=len(groups) * len(years), max_size=len(groups) * len(years)),
            min_size=len(rows), max_size=len(rows),
        )
    )  # fmt: skip
    heads = [g if merged or not n else "" for g in groups for n in range(len(years))]
    cells = [["各地数据", *[""] * len(heads)]] if caption else []
    cells += [["地区", *heads], ["地区" if merged else "", *[f"{y}年" for _ in groups for y in years]]]
    spans = {}
    if merged:
        top = len(cells) - 2
        spans = {(top, 0): (2, 1)} | {
            (top, 1 + n * len(years)): (1, len(years)) for n in range(len(groups)) if len(years) > 1
        }
    cells += [[row, *values] for row, values in zip(rows, figures, strict=True)]
    table = next(each for each in tables_of(Grid.of(cells, spans)) if isinstance(each, Table))
    assert table.head_rows == 2
    for place, (row, values) in enumerate(zip(rows, figures, strict=True)):
        line = table.line(place + 2)
        for column, value in enumerate(values):
            head = f"{groups[column // len(years)]}·{years[column % len(years)]}年"
            assert f"{head}：{value}" in line
        assert line.startswith(f"地区：{row}")


@given(st.lists(st.lists(st.text(alphabet="甲乙1.%单位：表 \n年-", max_size=6), max_size=5), max_size=8))
@settings(max_examples=100)
def test_no_cell_is_lost(rows: list[list[str]]) -> None:
    if not any(cell.strip() for row in rows for cell in row):
        with pytest.raises(Problem, match="empty_file"):
            list(drafts_of_sheet(rows, "", Path("a.csv")))
        return
    (draft,) = drafts_of_sheet(rows, "", Path("a.csv"))
    assert not isinstance(draft, Problem)
    text = draft.title + "".join(block.text for block in draft.blocks)
    kept = text + "".join(
        "".join(map("".join, block.table.cells)) + block.table.unit for block in draft.blocks if block.table
    )
    for row in rows:
        for cell in row:
            for word in cell.split():
                assert word.removeprefix("单位：").strip("：") in kept
