"""Known texts and tables printed to PDF in many layouts, to hold what is read against what was printed."""

from __future__ import annotations

import html
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PLACES = (
    "甘泉县",
    "长乐县",
    "永丰县",
    "安福县",
    "泰和县",
    "青龙镇",
    "石桥区",
    "临江市",
    "白水县",
    "云阳区",
    "南安市",
    "大田县",
)
_MEASURES = (
    "医院数",
    "床位数（张）",
    "医师数（人）",
    "营业收入",
    "同比增长（%）",
    "户籍人口",
    "固定资产投资",
    "进出口总额",
)
_UNITS = ("亿元", "万元", "人", "张")
_SENTENCES = (
    "2025年，全市生产总值达到{a}亿元，同比增长{b}%，其中第二产业增加值{c}亿元，对经济增长的贡献率为{d}%。",
    "各县区要按照《关于加强基层医疗服务的意见》（梅政发〔2024〕{e}号）的要求，完善床位和医师的配置，{f}年底前全部达标。",
    "截至去年底，全市共有各级各类医疗机构{g}家，比上年增加{h}家，每千人口床位数{b}张。",
    "对新建、改建的项目，按照实际投资额的{d}%给予补助，单个项目最高不超过{e}万元，同一项目不重复享受。",
    "市统计局会同有关部门建立月度监测和季度通报制度，数据质量由各报送单位负责，发现差错的应当在5个工作日内更正。",
)


@dataclass
class KnownTable:
    """A table as it was printed: heads as one or two rows, and rows that begin with their name."""

    heads: list[list[str]]
    rows: list[list[str]]
    caption: str
    unit: str

    def facts(self) -> Iterator[tuple[str, list[str], str]]:
        """Name of the row, heads of the column, value; for every cell."""
        for row in self.rows:
            for column, value in enumerate(row[1:], start=1):
                yield row[0], [head[column] for head in self.heads], value


@dataclass
class KnownText:
    """A title, paragraphs and tables in their order."""

    title: str
    parts: list[str | KnownTable] = field(default_factory=list)

    def paragraphs(self) -> list[str]:
        """The parts that are no tables."""
        return [part for part in self.parts if isinstance(part, str)]

    def tables(self) -> list[KnownTable]:
        """The parts that are tables."""
        return [part for part in self.parts if isinstance(part, KnownTable)]


def known_text(seed: int) -> KnownText:
    """A text made up from `seed`: numbered headings, paragraphs of several lines, tables of several shapes."""
    draw = random.Random(seed)
    text = KnownText(f"梅岭市{draw.randint(2019, 2026)}年卫生和经济统计公报")
    for number, heading in enumerate(("一、总体情况", "二、县区数据", "三、下一步安排")):
        text.parts.append(heading)
        for _ in range(draw.randint(1, 3)):
            text.parts.append("".join(_sentence(draw) for _ in range(draw.randint(2, 4))))
        if number < 2 or draw.random() < 0.5:
            text.parts.append(known_table(draw, number + 1))
            text.parts.append(_sentence(draw))
    return text


def known_table(draw: random.Random, number: int) -> KnownTable:
    """A table with three to six columns, one or two rows of heads, and up to forty rows."""
    measures = draw.sample(_MEASURES, draw.choice((2, 3, 4)))
    if draw.random() < 0.4:
        years = ["2024年", "2025年"]
        heads = [
            ["县区", *(measure for measure in measures[:2] for _ in years)],
            ["县区", *(year for _ in measures[:2] for year in years)],
        ]
    else:
        heads = [["县区", *measures]]
    places = draw.sample(_PLACES, draw.randint(4, len(_PLACES)))
    rows = [[place, *(_value(draw) for _ in heads[0][1:])] for place in places]
    return KnownTable(heads, rows, f"表{number} 各县区{measures[0]}情况", draw.choice(_UNITS))


def _sentence(draw: random.Random) -> str:
    numbers = {
        "a": f"{draw.uniform(100, 9000):,.2f}", "b": f"{draw.uniform(0.5, 12):.1f}", "c": draw.randint(10, 900),
        "d": draw.randint(5, 60), "e": draw.randint(1, 80), "f": draw.randint(2025, 2030),
        "g": draw.randint(100, 3000), "h": draw.randint(1, 99),
    }  # fmt: skip
    return draw.choice(_SENTENCES).format(**numbers)


def _value(draw: random.Random) -> str:
    return draw.choice(
        (
            str(draw.randint(1, 99999)),
            f"{draw.randint(1000, 99999999):,}",
            f"{draw.uniform(-20, 99):.2f}",
            "—",
        )
    )


STYLES = ("ruled", "three_lines", "rows", "plain")
"""Rules around every cell; above, under the heads and below; under every row; none."""


def print_reportlab(text: KnownText, file: Path, style: str) -> None:
    """Print through reportlab with a table of the given style."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=11, leading=18, firstLineIndent=22, wordWrap="CJK"
    )
    title = ParagraphStyle("title", parent=body, fontSize=18, leading=28, firstLineIndent=0, alignment=1)
    note = ParagraphStyle("note", parent=body, firstLineIndent=0, alignment=1)
    flow: list[Any] = [Paragraph(text.title, title)]
    for part in text.parts:
        if isinstance(part, str):
            flow.append(Paragraph(part, body))
            continue
        flow += [Paragraph(part.caption, note), Paragraph(f"单位：{part.unit}", note)]
        commands: list[tuple] = [
            ("FONT", (0, 0), (-1, -1), "STSong-Light", 10),
            ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ]
        commands += _rules(style, len(part.heads), colors.black)
        cells = [list(row) for row in [*part.heads, *part.rows]]
        if len(part.heads) == 2:
            commands.append(("SPAN", (0, 0), (0, 1)))
            cells[1][0] = ""
            for column in range(1, len(part.heads[0]), 2):
                commands += [
                    ("SPAN", (column, 0), (column + 1, 0)),
                    ("ALIGN", (column, 0), (column + 1, 0), "CENTER"),
                ]
                cells[0][column + 1] = ""
        flow.append(Table(cells, style=commands, repeatRows=len(part.heads), spaceBefore=4, spaceAfter=8))
    SimpleDocTemplate(str(file)).build(flow)


def _rules(style: str, heads: int, black: Any) -> list[tuple]:
    if style == "ruled":
        return [("GRID", (0, 0), (-1, -1), 0.5, black)]
    if style == "rows":
        return [("LINEBELOW", (0, heads - 1), (-1, -1), 0.5, black)]
    if style == "three_lines":
        return [
            ("LINEABOVE", (0, 0), (-1, 0), 1, black),
            ("LINEBELOW", (0, heads - 1), (-1, heads - 1), 0.5, black),
            ("LINEBELOW", (0, -1), (-1, -1), 1, black),
        ]
    return []


_CSS = {
    "ruled": "td,th{border:1px solid #333}",
    "three_lines": "table{border-top:2px solid;border-bottom:2px solid}thead tr:last-child th{border-bottom:1px solid}",
    "rows": "td,th{border-bottom:1px solid #999}",
    "plain": "",
}


def as_html(text: KnownText, style: str) -> str:
    """The text as a page of HTML."""
    parts = [f"<h1>{html.escape(text.title)}</h1>"]
    for part in text.parts:
        if isinstance(part, str):
            tag = "h2" if part[1] == "、" else "p"
            parts.append(f"<{tag}>{html.escape(part)}</{tag}>")
            continue
        heads = "".join(f"<tr>{_head_row(part, row)}</tr>" for row in range(len(part.heads)))
        rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in part.rows)
        parts.append(
            f'<p class="c">{part.caption}</p><p class="c">单位：{part.unit}</p>'
            f"<table><thead>{heads}</thead><tbody>{rows}</tbody></table>"
        )
    return (
        "<!doctype html><meta charset=utf-8><style>body{font:11pt/1.7 sans-serif}p{text-indent:2em;margin:0}"
        ".c{text-align:center;text-indent:0}table{border-collapse:collapse;margin:4px auto 8px}td,th{padding:2px 10px;"
        f"text-align:right}}th{{text-align:center}}{_CSS[style]}</style>{''.join(parts)}"
    )


def _head_row(table: KnownTable, row: int) -> str:
    if len(table.heads) == 1:
        return "".join(f"<th>{cell}</th>" for cell in table.heads[0])
    if row:
        return "".join(f"<th>{cell}</th>" for cell in table.heads[1][1:])
    over = "".join(f"<th colspan=2>{cell}</th>" for cell in table.heads[0][1::2])
    return f"<th rowspan=2>{table.heads[0][0]}</th>{over}"


def print_chromium(text: KnownText, file: Path, style: str) -> None:
    """Print through Chromium, as a browser saves a page."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(as_html(text, style), "utf-8")
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={file}", page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def print_libreoffice(text: KnownText, file: Path, style: str) -> None:
    """Print a Word document through LibreOffice."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "Noto Sans CJK SC"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    document.add_heading(text.title, 0)
    for part in text.parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        document.add_paragraph(part.caption)
        document.add_paragraph(f"单位：{part.unit}")
        cells = [*part.heads, *part.rows]
        table = document.add_table(len(cells), len(cells[0]), "Table Grid" if style == "ruled" else None)
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, value in zip(row.cells, texts, strict=True):
                cell.text = value
        if len(part.heads) == 2:
            _merge(table, 0, 0, 1, 0, part.heads[0][0])
            for column in range(1, len(part.heads[0]), 2):
                _merge(table, 0, column, 0, column + 1, part.heads[0][column])
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "text.docx"
        document.save(str(source))
        program = shutil.which("soffice") or "libreoffice"
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        subprocess.run(
            [*command, "--outdir", folder, str(source)], check=True, capture_output=True, timeout=180
        )
        shutil.move(str(source.with_suffix(".pdf")), file)


def _merge(table: Any, top: int, left: int, bottom: int, right: int, text: str) -> None:
    merged = table.cell(top, left).merge(table.cell(bottom, right))
    merged.text = text


PRINTERS = {"reportlab": print_reportlab, "chromium": print_chromium, "libreoffice": print_libreoffice}
