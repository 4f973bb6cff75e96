"""Which rows of a table are heads, and the lines above it that name it and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout.cells import is_figure

_YEAR = re.compile(r"^(?:19|20)\d{2}\s*(?:年|年度|[AEae])?$")
_YEAR_IN_TEXT = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_DATA = re.compile(r"\d{4,}|@|www\.|http|\d+[%％]|\d[\d,]*\.\d")
_UNIT = re.compile(r"单\s*位\s*[:：]\s*([^\s）)、；;]{1,20})")
_CAPTION = re.compile(r"^(?:附?表|续表|Table)\s*[\d一二三四五六七八九十]|表$|情况$")
_LONGEST_HEAD = 24
_SHORT_HEAD = 7
_LONGEST_CAPTION = 60
Spans = dict[tuple[int, int], tuple[int, int]]


def head_rows(cells: Sequence[Sequence[str]], spans: Spans, bold_first: bool = False) -> int:
    """How many rows at the top name the columns; 0 for a table whose first row holds values."""
    if len(cells) < 2 or len(cells[0]) < 2:
        return 0
    first = cells[0]
    filled = [cell for cell in first if cell]
    if len(filled) < 2 and len(first) > 2:
        return 0
    if any(_is_value(cell) or len(cell) > _LONGEST_HEAD * 2 for cell in filled):
        return 0
    rows = _rows_of_spans(spans, len(first))
    if rows >= len(cells) or any(r == 0 and tall > rows for (r, _), (tall, _) in spans.items()):
        return 0
    if any(_is_value(cell) for row in cells[1:rows] for cell in row if cell):
        rows = 1
    if rows + 1 < len(cells) and goes_on_above(cells[rows]) and has_figures(cells[rows + 1]):
        rows += 1
    return rows if _differs(cells, rows, bold_first) else 0


def goes_on_above(row: Sequence[str]) -> bool:
    """Whether a row holds names under an empty first cell: the rest of a head, or heads of what follows."""
    return not row[0] and sum(bool(cell) for cell in row) >= 2 and not any(_is_value(cell) for cell in row)


def has_figures(row: Sequence[str]) -> bool:
    """Whether a row is named and holds figures."""
    return bool(row[0]) and any(is_figure(cell) for cell in row[1:])


def is_head_like(row: Sequence[str]) -> bool:
    """Whether every cell of a row could name a column."""
    filled = [cell for cell in row if cell]
    return len(set(filled)) >= 2 and all(len(c) <= _LONGEST_HEAD and not _is_value(c) for c in filled)


def _rows_of_spans(spans: Spans, width: int) -> int:
    """The rows that a head with cells over several columns takes."""
    rows = 1
    for row in range(3):
        below = [broad for (r, _), (_, broad) in spans.items() if r == row and 1 < broad < width]
        if row < rows and below:
            rows = row + 2
    return min(rows, 4)


def _is_value(cell: str) -> bool:
    if not cell or _YEAR.match(cell):
        return False
    return is_figure(cell) or bool(_DATA.search(_YEAR_IN_TEXT.sub("", cell)))


def _differs(cells: Sequence[Sequence[str]], rows: int, bold_first: bool) -> bool:
    """Whether the rows below look like values under names."""
    body, width = cells[rows:], len(cells[0])
    figures = [sum(is_figure(row[column]) for row in body if column < len(row)) for column in range(width)]
    filled = [sum(bool(row[column]) for row in body if column < len(row)) for column in range(width)]
    if any(count and count * 2 > all_ for count, all_ in zip(figures[1:], filled[1:], strict=True)):
        return True
    head = [cell for row in cells[:rows] for cell in row if cell]
    if max(len(cell) for cell in head) > _LONGEST_HEAD:
        return bold_first
    if bold_first or not cells[0][0]:
        return True
    if any(row[column] == cells[0][column] for row in body for column in range(width) if row[column]):
        return False
    if width > 2:
        return True
    values = [row[1] for row in body if len(row) > 1 and row[1]]
    longer = sum(len(value) for value in values) > 2 * len(values) * len(cells[0][1])
    return max(len(cell) for cell in head) <= _SHORT_HEAD - 1 and bool(values) and longer


def head_columns(cells: Sequence[Sequence[str]], spans: Spans, rows: int) -> int:
    """How many columns at the left name the rows."""
    if not cells or len(cells[0]) < 2:
        return 0
    grouped = any(column == 0 and row >= rows and tall > 1 for (row, column), (tall, _) in spans.items())
    return 2 if grouped and len(cells[0]) > 2 else 1


def unit_in(text: str) -> str:
    """The unit that a line such as "单位：亿元 币种：人民币" names, or empty."""
    match = _UNIT.search(text)
    return match.group(1) if match else ""


def is_caption(text: str) -> bool:
    """Whether a line names the table below it."""
    return len(text) <= _LONGEST_CAPTION and not text.endswith("。") and bool(_CAPTION.search(text))
