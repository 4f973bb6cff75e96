from pathlib import Path

from corpus.assemble import assemble
from corpus.block import Block, BlockKind, Draft
from corpus.model import Article, Section
from corpus.table import Table, table_blocks
from ui.web.article import article_page


def test_the_span_is_marked_and_markup_of_the_article_is_text() -> None:
    text = "第一句<script>alert(1)</script>。第二句是所引的。\n下一段。"
    start = text.index("第二句")
    article = Article(
        id="a",
        title="<b>题</b>",
        text=text,
        sections=[Section(path=["节"], start=0, end=len(text))],
        url="javascript:alert(1)",
    )
    html = article_page(article, start, start + len("第二句是所引的。"), "zh")
    assert "<mark>第二句是所引的。</mark>" in html
    assert "<script>alert" not in html
    assert "<b>题" not in html
    assert "javascript:alert" not in html


def test_a_table_is_drawn_as_a_table_with_its_cited_row_and_cell_marked() -> None:
    table = Table(
        [
            ["地区", "2024年", "2024年", "2025年"],
            ["地区", "营收", "增速", "营收"],
            ["<上海>", "4800亿元", "6%", "5100亿元"],
            ["江苏", "3900亿元", "", "4200亿元"],
        ],
        head_rows=2,
        caption="表1 各地营收",
        spans={(0, 0): (2, 1), (0, 1): (1, 2)},
    )
    blocks = [
        Block(BlockKind.PARAGRAPH, "前言。"),
        *table_blocks(table),
        Block(BlockKind.PARAGRAPH, "后记。"),
    ]
    article = assemble(Draft("报告", {}, blocks), Path("报告.docx"), "key")
    start, end = article.layout.tables[0].lines[3]

    whole_row = article_page(article, start, end, "zh")
    assert whole_row.count("<table>") == 1
    assert "<th rowspan=2>地区</th><th colspan=2>2024年</th>" in whole_row
    assert "&lt;上海&gt;" in whole_row
    assert whole_row.count("<tr class=cited>") == 1
    assert "<mark>4200亿元</mark>" in whole_row
    assert whole_row.index("前言。") < whole_row.index("<table>") < whole_row.index("后记。")

    cell = article.text.index("3900亿元")
    one_cell = article_page(article, cell, cell + len("3900亿元"), "zh")
    assert one_cell.count("<mark>") == 1
    assert "<mark>3900亿元</mark>" in one_cell
