"""Where the lines of an assembled article stand: its tables and its pages, from the marks of its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from corpus.block import Block
from corpus.model import ArticleTable, Layout, PagePlace
from corpus.table import Table


def layout_of(blocks: Sequence[Block], starts: Sequence[int]) -> Layout:
    """The layout of an article.

    Args:
        blocks: The article's blocks, in order.
        starts: Where each block's text begins in the article's text.

    Returns:
        Its tables, each with the spans of its rows, and the places of its marks in the order of the text.
    """
    placed = list(zip(blocks, starts, strict=True))
    places = [place for block, start in placed for place in _places(block, start)]
    runs = (list(run) for _, run in groupby(placed, key=lambda pair: id(pair[0].table)))
    tables = [_article_table(table, run) for run in runs if (table := run[0][0].table) is not None]
    return Layout(tables=tables, places=places)


def _places(block: Block, start: int) -> list[PagePlace]:
    if not block.marks:
        return []
    printed = [offset for offset, character in enumerate(block.text) if not character.isspace()]
    return [
        PagePlace(start=start + printed[mark.at], page=mark.page, box=mark.box, confidence=mark.confidence)
        for mark in sorted(block.marks, key=lambda mark: mark.at)
        if mark.at < len(printed)
    ]


def _article_table(table: Table, rows: list[tuple[Block, int]]) -> ArticleTable:
    lines = {block.row: (start, start + len(block.text)) for block, start in rows}
    return ArticleTable(
        start=rows[0][1],
        end=rows[-1][1] + len(rows[-1][0].text),
        cells=table.cells,
        head_rows=table.head_rows,
        head_columns=table.head_columns,
        caption=table.caption,
        unit=table.unit,
        spans=[(*place, *covered) for place, covered in table.spans.items()],
        lines=lines,
    )
