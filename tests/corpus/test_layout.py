"""Tables and page places come through repair and assembly, and an index keeps them."""

from __future__ import annotations

from pathlib import Path

from corpus.assemble import assemble
from corpus.block import Block, BlockKind, Draft, Mark
from corpus.table import Table, table_blocks
from index.catalogue import Catalogue, FileRecord

TWO_HEAD_ROWS = Table(
    [
        ["地区", "2024年", "2024年", "2025年"],
        ["地区", "营收", "增速", "营收"],
        ["上海", "4800亿元", "6%", "5100亿元"],
        ["江苏", "3900亿元", "", "4200亿元"],
    ],
    head_rows=2,
    caption="表1 各地营收",
    unit="亿元",
    spans={(0, 0): (2, 1), (0, 1): (1, 2)},
)


def test_a_row_carries_all_of_its_heads_and_its_name() -> None:
    assert (
        TWO_HEAD_ROWS.line(2)
        == "地区：上海 | 2024年·营收：4800亿元 | 2024年·增速：6% | 2025年·营收：5100亿元"
    )
    assert TWO_HEAD_ROWS.line(3) == "地区：江苏 | 2024年·营收：3900亿元 | 2025年·营收：4200亿元"


def test_a_cell_over_two_columns_stands_once_in_its_line_and_equal_neighbours_twice() -> None:
    merged = Table([["甲", "乙", "丙"], ["合计", "合计", "3"]], spans={(1, 0): (1, 2)})
    assert merged.line(1) == "甲：合计 | 丙：3"
    assert Table([["甲", "乙"], ["3", "3"]]).line(1) == "甲：3 | 乙：3"


def test_tables_and_places_point_into_the_text(tmp_path: Path) -> None:
    broken = [
        Block(
            BlockKind.PARAGRAPH,
            "去年 全省生产总值增长百分之六，其中工业和",
            marks=[Mark(0, 1, (0.1, 0.8, 0.9, 0.82))],
        ),
        Block(
            BlockKind.PARAGRAPH, "服务业分别增长百分之七。", marks=[Mark(0, 2, (0.1, 0.1, 0.9, 0.12), 0.7)]
        ),
    ]
    rows = table_blocks(TWO_HEAD_ROWS, [[], [], [Mark(0, 2, (0.1, 0.3, 0.9, 0.32))]])
    article = assemble(Draft("报告", {}, [*broken, *rows]), Path("报告.pdf"), "key")

    layout = article.layout
    assert [place.page for place in layout.places] == [1, 2, 2]
    assert article.text[layout.places[1].start :].startswith("服务业")
    [table] = layout.tables
    assert article.text[slice(*table.lines[3])].startswith("地区：江苏")
    assert table.head_rows == 2
    start = article.text.index("其中工业")
    assert [place.page for place in layout.places_of(start, article.text.index("分别"))] == [1, 2]
    assert layout.places_of(start, start + 2) == layout.places[:1]
    assert layout.table_at(table.lines[2][0] + 3) == table
    assert layout.table_at(0) is None

    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    catalogue.replace_file(FileRecord("报告.pdf", "digest", []), [article], [])
    assert catalogue.layout(article.id) == layout
    catalogue.remove_file("报告.pdf")
    assert not catalogue.layout(article.id).places


def test_a_later_row_that_begins_like_the_heads_names_the_columns_below_it() -> None:
    table = Table(
        [
            ["指 标", "4月末", "比年初增减额"],
            ["存款", "9", "1"],
            ["指标", "1-4月", "增长（%）"],
            ["进口", "7", "66.0"],
        ]
    )
    assert table.lines(range(1, 4))[0] == "指 标：存款 | 4月末：9 | 比年初增减额：1"
    assert table.line(3) == table.lines(range(1, 4))[2] == "指标：进口 | 1-4月：7 | 增长（%）：66.0"
    # A row that gives the same heads again, as on a second page, changes nothing.
    assert Table([["地区", "营收："], ["地区", "营收"], ["上海", "5"]]).line(2) == "地区：上海 | 营收：5"
