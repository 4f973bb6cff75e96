"""Tables without upright rules that a page border parts: every row goes to its table, however few stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus.assemble import assemble
from corpus.block import Draft
from corpus.model import Article
from corpus.readers.pdf import read_pdf
from tests.corpus.make_files import A4, FONT

LEFT, HIGH, TYPE, PITCH = 80, 842, 10, 22
EDGES = (80, 190, 300, 410)
HEAD = ["县区", "床位数", "医师数", "同比增长"]
ROWS = [
    ["甘泉县", "4,120", "—", "1.5"],
    ["长乐县", "86940", "1637", "—"],
    ["永丰县", "—", "—", "12.25"],
    ["安福县", "54791", "2,310", "-3.7"],
    ["泰和县", "17", "93", "0.8"],
]
PROSE = "市统计局会同有关部门建立月度监测和季度通报制度，数据质量由各报送单位负责。"


def read(file: Path) -> Article:
    return next(assemble(each, file, "key") for each in read_pdf(file) if isinstance(each, Draft))


def print_pages(file: Path, *pages: Sequence[Sequence[str]], ruled: int = 0) -> None:
    """Pages whose rows stand in columns, the last `ruled` ones of the first page in a frame with rules."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(file), pagesize=A4)
    for rows in pages:
        canvas.setFont(FONT, TYPE)
        for number, row in enumerate(rows):
            for edge, cell in zip(EDGES, row, strict=False):
                canvas.drawString(edge, HIGH - 150 - PITCH * number, cell)
        if rows is pages[0] and ruled:
            foot = HIGH - 157 - PITCH * (len(rows) - 1)
            canvas.grid([edge - 4 for edge in (*EDGES, 500)], [foot + PITCH * n for n in range(ruled + 1)])
        canvas.showPage()
    canvas.save()


@pytest.mark.parametrize("first", range(1, len(ROWS) + 1))
def test_a_table_is_one_wherever_the_border_cuts_it(tmp_path: Path, first: int) -> None:
    table = [HEAD, *ROWS]
    print_pages(tmp_path / "a.pdf", [[PROSE], [], *table[:first]], [*table[first:], [], [], [PROSE]])
    article = read(tmp_path / "a.pdf")
    (found,) = article.layout.tables
    assert found.cells == table
    assert found.head_rows == 1
    assert "县区：泰和县 | 床位数：17 | 医师数：93 | 同比增长：0.8" in article.text
    pages = {place.page for place in article.layout.places if "17" in article.text[place.start :][:12]}
    assert pages == {2}


def test_rows_that_are_a_table_only_together(tmp_path: Path) -> None:
    print_pages(tmp_path / "a.pdf", [[PROSE], [], HEAD, ROWS[0]], [*ROWS[1:3], [], [], [PROSE]])
    (found,) = read(tmp_path / "a.pdf").layout.tables
    assert found.cells == [HEAD, *ROWS[:3]]
    assert found.head_rows == 1


def test_heads_alone_at_the_foot_of_a_page_and_rows_over_two_more(tmp_path: Path) -> None:
    rows = [[f"第{n}县", str(4000 + n), str(60 + n), f"{n}.5"] for n in range(25)]
    print_pages(tmp_path / "a.pdf", [[PROSE], [], HEAD], rows[:24], [rows[24], [], [], [PROSE]])
    (found,) = read(tmp_path / "a.pdf").layout.tables
    assert found.cells == [HEAD, *rows]


def test_a_row_whose_rules_are_lost_goes_on_with_a_table_with_rules(tmp_path: Path) -> None:
    """As on a scan, where the upright rules of a single row are too short to be told from strokes."""
    table = [HEAD, *ROWS]
    pages = [[PROSE], [], *table[:-1]], [table[-1], [], [], [PROSE]]
    print_pages(tmp_path / "a.pdf", *pages, ruled=len(table) - 1)
    (found,) = read(tmp_path / "a.pdf").layout.tables
    assert found.cells == table


def test_other_rows_at_the_top_of_the_next_page_stay_apart(tmp_path: Path) -> None:
    table = [HEAD, *ROWS]
    for number, after in enumerate(
        (["联系人", "张三", "李四", "王五"], ["签发", "", "", "2025年3月1日"], ["甘泉县"])
    ):
        file = tmp_path / f"{number}.pdf"
        print_pages(file, [[PROSE], [], *table], [after, [], [], [PROSE]])
        (found,) = read(file).layout.tables
        assert found.cells == table, after


def test_a_head_of_two_lines_is_one(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(file), pagesize=A4)
    canvas.setFont(FONT, TYPE)
    for edge, cell in zip(EDGES, HEAD, strict=True):
        canvas.drawString(edge, HIGH - 136, cell)
    canvas.drawString(EDGES[3], HIGH - 149, "（%）")
    for number, row in enumerate(ROWS):
        for edge, cell in zip(EDGES, row, strict=True):
            canvas.drawString(edge, HIGH - 175 - PITCH * number, cell)
    canvas.save()
    (found,) = read(file).layout.tables
    assert found.cells == [[*HEAD[:3], "同比增长（%）"], *ROWS]


def test_a_group_of_columns_does_not_take_the_names_of_rows(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(file), pagesize=A4)
    canvas.setFont(FONT, TYPE)
    edges = (80, 150, 230, 310, 390)
    canvas.drawString(195, HIGH - 128, "营业收入")
    canvas.drawString(355, HIGH - 128, "医院数")
    rows = [["县区", "2024年", "2025年", "2024年", "2025年"], *([*row, "7"] for row in ROWS)]
    for number, row in enumerate(rows):
        for edge, cell in zip(edges, row, strict=True):
            canvas.drawString(edge, HIGH - 150 - PITCH * number, cell)
    canvas.save()
    (found,) = read(file).layout.tables
    assert found.cells == [["", "营业收入", "营业收入", "医院数", "医院数"], *rows]
    assert found.head_rows == 2
