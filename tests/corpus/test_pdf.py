"""PDF pages: text in order, tables as tables, places that are right, notes apart, losses named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from corpus.assemble import assemble
from corpus.block import Block, BlockKind, Draft, Mark
from corpus.layout.compare import losses
from corpus.layout.page import Line, Page
from corpus.layout.pdfium import is_rubble
from corpus.model import Article
from corpus.problem import Problem
from corpus.readers.pdf import read_pdf
from evals.reading.print_known import STYLES, known_text, print_reportlab
from evals.reading.printed import edit_similarity, read_back
from tests.corpus.make_files import A4, FONT, blank_pdf

BODY = "全市生产总值达到4800亿元，同比增长6.5%，其中第二产业增加值1900亿元，对经济增长的贡献率为四成。"


def read(file: Path) -> Article:
    return next(assemble(each, file, "key") for each in read_pdf(file) if isinstance(each, Draft))


def print_tables(file: Path, *tables: Table | Spacer | Paragraph) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    SimpleDocTemplate(str(file)).build(list(tables))


def table_of(rows: Sequence[Sequence[str]], *styles: tuple) -> Table:
    return Table(rows, style=[("FONT", (0, 0), (-1, -1), FONT, 10), *styles], repeatRows=1)


@pytest.mark.parametrize("style", STYLES)
def test_known_texts_and_tables_come_back(tmp_path: Path, style: str) -> None:
    for seed in range(3):
        text, file = known_text(seed), tmp_path / f"{seed}.pdf"
        print_reportlab(text, file, style)
        reading = read_back(text, file)
        assert reading.similarity >= 0.985, (seed, reading)
        assert reading.right_cells >= 0.95 * reading.cells, (seed, reading)
        assert reading.strange_figures == []
        assert reading.problems == []


def test_a_box_holds_its_text(tmp_path: Path) -> None:
    from pypdfium2 import PdfDocument

    text, file = known_text(7), tmp_path / "a.pdf"
    print_reportlab(text, file, "ruled")
    article = read(file)
    document = PdfDocument(file)
    places = article.layout.places
    assert len(places) > 20
    for place, after in pairwise(places):
        page = document[place.page - 1]
        assert place.box is not None
        left, top, right, bottom = place.box
        width, height = page.get_size()
        inside = page.get_textpage().get_text_bounded(
            left * width - 1, (1 - bottom) * height - 1, right * width + 1, (1 - top) * height + 1
        )
        there = "".join(article.text[place.start : after.start].split())
        # A cell's stretch of the line ends with the bar and the head of the next one.
        assert "".join(inside.split())[:4] in there or there[:4] in "".join(inside.split()), (inside, there)


def test_boxes_are_those_of_the_page_as_it_is_shown(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setPageRotation(90)
    canvas.setFont(FONT, 12)
    canvas.saveState()
    canvas.rotate(90)
    for row in range(3):
        canvas.drawString(80, -100 - 30 * row, f"第{row + 1}行写在转过来的页面上。")
    canvas.restoreState()
    canvas.showPage()
    canvas.save()
    places = read(tmp_path / "a.pdf").layout.places
    assert [place.page for place in places] == [1, 1, 1]
    tops = [place.box[1] for place in places if place.box]
    assert tops == sorted(tops)
    assert tops[0] == pytest.approx(90 / 842, abs=0.01)
    assert all(place.box and place.box[0] == pytest.approx(80 / 595, abs=0.01) for place in places)


def test_a_table_over_a_page_border_is_one_and_its_heads_come_once(tmp_path: Path) -> None:
    rows = [["县区", "床位数", "医师数"], *([f"第{n}县", str(1000 + n), str(2000 + n)] for n in range(60))]
    print_tables(tmp_path / "a.pdf", table_of(rows, ("GRID", (0, 0), (-1, -1), 0.5, colors.black)))
    (table,) = read(tmp_path / "a.pdf").layout.tables
    assert table.cells == rows
    assert table.head_rows == 1


def test_two_rows_of_heads_and_the_unit_above(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("unit", fontName=FONT, fontSize=10)
    rows = [["县区", "2024年", "", "2025年", ""], ["", "营收", "增速", "营收", "增速"], ["甘泉县", "12", "3.5", "16", "4.5"], ["长乐县", "9", "2.5", "11", "1.5"]]  # fmt: skip
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))]
    print_tables(
        tmp_path / "a.pdf",
        Paragraph("表1 各县区营收", style),
        Paragraph("单位：亿元", style),
        table_of(rows, ("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans),
    )
    article = read(tmp_path / "a.pdf")
    (table,) = article.layout.tables
    assert (table.caption, table.unit, table.head_rows) == ("表1 各县区营收", "亿元", 2)
    assert (
        "县区：甘泉县 | 2024年·营收：12 | 2024年·增速：3.5 | 2025年·营收：16 | 2025年·增速：4.5"
        in article.text
    )


def test_every_figure_of_a_table_stands_on_the_page(tmp_path: Path) -> None:
    """Cells that nearly touch are not glued to figures that are nowhere."""
    rows = [["县区", "床位", "医师"], *([f"第{n}县", f"{4120 + n}", f"{1637 + n}"] for n in range(8))]
    tight = [("LEFTPADDING", (0, 0), (-1, -1), 1), ("RIGHTPADDING", (0, 0), (-1, -1), 1)]
    for name, styles in {"ruled": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)], "plain": []}.items():
        print_tables(tmp_path / f"{name}.pdf", table_of(rows, *tight, *styles))
        there = {cell for row in rows for cell in row[1:]} | {str(n) for n in range(8)}
        assert set(re.findall(r"\d+", read(tmp_path / f"{name}.pdf").text)) <= there


def test_notes_follow_the_paragraph_that_runs_on_over_them(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    part = "这一段文字在页尾没有结束，它越过脚注到下一页才完整地说完，中间不应插进任何话。"
    names = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调"
    sentence = "".join(name + part for name in names[:31])
    lines = [sentence[start : start + 40] for start in range(0, 1240, 40)]
    for page, part in enumerate((lines[:28], lines[28:])):
        canvas.setFont(FONT, 11)
        for row, line in enumerate(part):
            canvas.drawString(72, 760 - 22 * row, line)
        if page == 0:
            canvas.setFont(FONT, 8)
            canvas.drawString(72, 110, "1 数据来源：市统计局。")
        canvas.showPage()
    canvas.save()
    paragraph, note = read(tmp_path / "a.pdf").text.split("\n")
    assert paragraph == sentence
    assert note == "1 数据来源：市统计局。"


def test_the_mark_of_a_note_lengthens_no_figure(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    text = canvas.beginText(72, 700)
    text.setFont(FONT, 12)
    text.textOut("算力规模换算为FP32")
    text.setFont(FONT, 7)
    text.setRise(5)
    text.textOut("2")
    text.setRise(0)
    text.setFont(FONT, 12)
    text.textOut("，比上年增长一成，增速在各省之中居于前列。")
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    assert "FP322" not in read(tmp_path / "a.pdf").text


def test_a_text_layer_of_rubble_is_seen() -> None:
    def line(text: str) -> Line:
        return Line(text, 0.1, 0.9, 0.1, 0.12, 0.015)

    assert is_rubble([line("\ue001\ue002\ue003\ue004" * 10)])
    assert is_rubble([line("(cid:12)(cid:13)(cid:14)(cid:15)" * 4)])
    assert is_rubble([line("ÕâÊÇÒ»¶ÎÂÒÂëµÄÎÄ×Ö£¬Ã»ÓÐÈË¿´µÃ¶®")])
    assert not is_rubble([line(BODY)])
    assert not is_rubble([line("The quick brown fox jumps over the lazy dog — café, 12.5 %")])
    assert not is_rubble([line("臺灣地區經濟發展統計年報，國內生產總值增長百分之三點五")])


def test_what_a_reading_lost_is_named() -> None:
    lines = [
        Line(f"第{n}行共有{n}{n}{n}万元，用于县区医院的床位建设。", 0.1, 0.9, n / 40, n / 40 + 0.02, 0.015)
        for n in range(1, 31)
    ]
    page = Page(1, lines)
    whole = [Block(BlockKind.PARAGRAPH, line.text, marks=[Mark(0, 1, line.box)]) for line in lines]
    assert list(losses([page], "", whole)) == []
    found = dict(losses([page], "", whole[:15]))
    assert found["characters_lost"] == {"share": 52, "page": 1}
    assert found["figures_lost"]["figures"].startswith("16")  # type: ignore[attr-defined]


def test_without_recognition_a_scan_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.readers.pdf.is_installed", lambda: False)
    blank_pdf(tmp_path / "scan.pdf")
    found = []
    with pytest.raises(Problem) as caught:
        found += list(_until_raised(read_pdf(tmp_path / "scan.pdf"), found))
    assert caught.value.code == "pdf_without_text"
    assert [each.code for each in found] == ["recognition_not_installed"]


def _until_raised(items, into):
    for item in items:
        into.append(item)
    return []


def test_edit_similarity() -> None:
    assert edit_similarity("甘泉县 3460", "甘泉县3460") == 1
    assert edit_similarity("abcd", "abxd") == 0.75
    assert edit_similarity("abcd", "bcd") == 0.75


def test_short_lines_are_not_joined_where_no_edge_is_known(tmp_path: Path) -> None:
    """The longest of a few short lines is not full: a title, a name, a day and the items of a list stay lines."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont(FONT, 11)
    canvas.drawCentredString(297, 780, "澜江区河道保洁管理规定")
    lines = [
        "第一章 总则",
        "保洁单位每日巡查。",
        "1. 提交申请表格",
        "2. 现场核验材料",
        "3. 发放补贴资金",
        "澜江区水务局",
        "2025年8月15日",
    ]
    for row, line in enumerate(lines):
        canvas.drawString(72, 750 - 22 * row, line)
    canvas.save()
    article = read(tmp_path / "a.pdf")
    assert article.title == "澜江区河道保洁管理规定"
    assert article.text.split("\n") == lines


def test_text_is_no_heading_where_its_tables_are_smaller_and_longer(tmp_path: Path) -> None:
    style = ParagraphStyle("text", fontName=FONT, fontSize=11, leading=17, firstLineIndent=22, wordWrap="CJK")
    text = "2025年浦阳市实现地区生产总值1284.6亿元，按不变价格计算，比上年增长5.7%；第一产业增加值86.3亿元，第二产业增加值512.8亿元。"
    rows = [
        ["指标", "2024年", "2025年"],
        *([f"第{n}项指标", f"{1000 + n}", f"{1100 + n}"] for n in range(30)),
    ]
    grid = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    paragraphs = [Paragraph(line, style) for line in ("浦阳市统计局", "2026年3月5日", "一、综合", text, text)]
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    print_tables(
        tmp_path / "a.pdf", *paragraphs, Table(rows, style=[("FONT", (0, 0), (-1, -1), FONT, 8), grid])
    )
    lines = read(tmp_path / "a.pdf").text.split("\n")
    assert lines.count(text) == 2
    assert "2026年3月5日" in lines


@pytest.mark.parametrize(
    ("over", "under"),
    [
        ("11/28/26, 12:03 PM 某某市人民政府网", "https://www.example.gov.cn/a/1.html 1/1"),
        ("2025/11/28 12:03 通知公告", "file:///C:/下载/a.html 1/2"),
        ("2025/11/28 下午2:03 通知公告", "http://www.example.gov.cn/"),
    ],
)
def test_what_a_browser_prints_around_a_page_is_no_text(tmp_path: Path, over: str, under: str) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont(FONT, 11)
    canvas.drawString(40, 820, over)
    canvas.drawString(72, 700, "关于发放育儿补贴的公告")
    canvas.drawString(72, 670, "一孩每年补贴3600元，详见https://www.example.gov.cn/b.html。")
    canvas.drawString(40, 20, under)
    canvas.save()
    assert read(tmp_path / "a.pdf").text == "一孩每年补贴3600元，详见https://www.example.gov.cn/b.html。"


@pytest.mark.parametrize("heading", ["一、总体要求", "（二）重点任务", "第三章 监督管理"])
def test_a_numbered_heading_under_a_full_line_is_one(tmp_path: Path, heading: str) -> None:
    full = "全市生产总值达到四千八百亿元，同比增长百分之六点五，对经济增长贡献率为四成。"
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas.setFont(FONT, 11)
    for number, text in enumerate([full[:-1] + "，"] * 3 + [full, heading, full]):
        canvas.drawString(80, 760 - 20 * number, text)
    canvas.save()
    lines = read(tmp_path / "a.pdf").text.split("\n")
    assert "".join(heading.split()) in ["".join(line.split()) for line in lines]
