"""From cells with spans, as word processors and pages set them, to a table with its heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.table import Table

_MOST_COLUMNS = 200
_MOST_HEAD_ROWS = 4
_LEAST_LINES = 3
_LONGEST_HEAD = 40
_YEAR = re.compile(r"^(?:19|20)\d{2}[AEFPaefp]?$")
_FIGURE = re.compile(r"^[-+−]?[\d,，.]+\s*[%％‰]?$")
_UNIT = re.compile(r"^[（(]?\s*(?:计量)?单位\s*[:：]\s*([^）)\s][^）)]{0,20}?)\s*[）)]?$")


@dataclass(frozen=True)
class Cell:
    """A cell as it is set: its text and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


def table_of_cells(rows: Sequence[Sequence[Cell]], head_rows: int = 0) -> Table:
    """A table of rows of cells, each covered place filled with the cell that covers it.

    Args:
        rows: The cells that begin in each row, from left to right.
        head_rows: How many first rows the file itself marks as heads; where it marks none they are found by looks.

    Returns:
        The table. A first row of one cell over all columns becomes its caption or unit.
    """
    cells, spans = _grid([line for row in rows for line in _rows_of_lines(row)])
    caption, unit, dropped = _lines_above(cells, spans)
    cells = cells[dropped:]
    spans = {(row - dropped, column): size for (row, column), size in spans.items() if row >= dropped}
    marked = min(max(0, head_rows - dropped), max(0, len(cells) - 1))
    heads = _whole_spans(spans, marked, len(cells)) if marked else head_rows_of(cells, spans)
    named_by_two = any(column == 0 and row >= heads and size[0] > 1 for (row, column), size in spans.items())
    return Table(
        cells,
        head_rows=heads,
        head_columns=2 if named_by_two else 1,
        caption=caption,
        unit=unit,
        spans=spans,
    )


def head_rows_of(cells: Sequence[Sequence[str]], spans: dict[tuple[int, int], tuple[int, int]]) -> int:
    """How many first rows name the columns: with the rows that their cells reach down to or divide into."""
    if len(cells) < 2 or not _names_columns(cells[0], 0, spans) or _is_empty(cells):
        return 0
    heads = _whole_spans(spans, 1, len(cells))
    while heads < min(_MOST_HEAD_ROWS, len(cells) - 1):
        divided = any(row == heads - 1 and size[1] > 1 for (row, _), size in spans.items())
        if not divided or not _names_columns(cells[heads], heads, spans):
            break
        heads = _whole_spans(spans, heads + 1, len(cells))
    return heads


def unit_in(line: str) -> str:
    """The unit that a line above a table tells ("单位：亿元"), empty where it tells none."""
    match = _UNIT.match(line.strip())
    return match.group(1) if match else ""


def _rows_of_lines(row: Sequence[Cell]) -> list[Sequence[Cell]]:
    """A row whose cells hold equally many lines, figures among them, is as many rows: so exports from PDF set tables."""
    lines = [[line for line in cell.text.split("\n") if line.strip()] for cell in row]
    counts = {len(each) for each in lines if each}
    if len(counts) != 1 or max(counts) < _LEAST_LINES or len(row) < 2 or any(cell.rows > 1 for cell in row):
        return [row]
    if not any(all(_FIGURE.match(line.strip()) for line in each) for each in lines if each):
        return [row]
    return [
        [replace(cell, text=each[number] if each else "") for cell, each in zip(row, lines, strict=True)]
        for number in range(counts.pop())
    ]


def _grid(
    rows: Sequence[Sequence[Cell]],
) -> tuple[list[list[str]], dict[tuple[int, int], tuple[int, int]]]:
    filled: list[dict[int, str]] = [{} for _ in rows]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while column in filled[row]:
                column += 1
            wide = max(1, min(cell.columns, _MOST_COLUMNS - column))
            high = max(1, min(cell.rows, len(rows) - row))
            if column >= _MOST_COLUMNS:
                break
            for below in range(row, row + high):
                for right in range(column, column + wide):
                    filled[below].setdefault(right, cell.text)
            if wide > 1 or high > 1:
                spans[row, column] = (high, wide)
            column += wide
    width = max((max(row, default=-1) + 1 for row in filled), default=0)
    return [[row.get(column, "") for column in range(width)] for row in filled], spans


def _lines_above(
    cells: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]]
) -> tuple[str, str, int]:
    """Caption, unit and number of the first rows that are one cell over all columns."""
    caption, unit, row = "", "", 0
    while row < len(cells) - 2 and len(cells[row]) > 1:
        text = " ".join(cells[row][0].split())
        if spans.get((row, 0)) != (1, len(cells[row])) or len(text) > 2 * _LONGEST_HEAD:
            break
        if found := unit_in(text):
            unit = found
        else:
            caption = f"{caption} {text}".strip()
        row += 1
    return caption, unit, row


def _names_columns(row: Sequence[str], number: int, spans: dict[tuple[int, int], tuple[int, int]]) -> bool:
    """Whether a row names columns: two different cells and more, most of them filled, none a bare figure but years."""
    distinct, column = [], 0
    while column < len(row):
        distinct.append(row[column].strip())
        column += spans.get((number, column), (1, 1))[1]
    filled = [cell for cell in distinct if cell]
    figures = [cell for cell in filled if _FIGURE.match(cell) and not _YEAR.match(cell)]
    return (
        len(filled) >= 2
        and len(filled) * 2 >= len(distinct)
        and not figures
        and not all(_YEAR.match(cell) for cell in filled)
        and all(len(cell) <= _LONGEST_HEAD for cell in filled)
    )


def _is_empty(cells: Sequence[Sequence[str]]) -> bool:
    """Whether most columns hold nothing below the first row, as in a form that is to be filled in."""
    filled = [any(row[column].strip() for row in cells[1:]) for column in range(len(cells[0]))]
    return sum(filled) * 2 < len(filled)


def _whole_spans(spans: dict[tuple[int, int], tuple[int, int]], heads: int, rows: int) -> int:
    """Head rows with all rows that a cell which begins in them reaches down to, one row at least being left."""
    while True:
        reached = max((row + size[0] for (row, _), size in spans.items() if row < heads), default=0)
        if reached <= heads:
            return heads
        if reached > _MOST_HEAD_ROWS or reached >= rows:
            return heads
        heads = reached
