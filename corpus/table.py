"""Rows of a table as lines that can be quoted by themselves: every value keeps its column's head."""

from __future__ import annotations

import re

_BETWEEN_CELLS = " | "
_YEARS = re.compile(r"(?:19|20)\d{2}")
_FIGURE = re.compile(r"^[-+−]?[\d,，.]+\s*[%％‰]?$")


def rows_with_heads(rows: list[list[str]]) -> list[str]:
    """A line for every row below the heads ("地区：上海 | 营收：4800亿元"); empty cells are left out.

    The first row is the heads when it has at least two cells and no figures; a table without heads
    gives its cells alone.
    """
    rows = [[_one_line(cell) for cell in row] for row in rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    heads = rows[0]
    if len(rows) < 2 or not looks_like_heads(heads):
        return [_BETWEEN_CELLS.join(cell for cell in row if cell) for row in rows]
    lines = []
    for row in rows[1:]:
        padded = [*heads, *[""] * (len(row) - len(heads))]
        cells = [f"{head}：{cell}" if head else cell for head, cell in zip(padded, row, strict=False) if cell]
        lines.append(_BETWEEN_CELLS.join(cells))
    return lines


def looks_like_heads(row: list[str]) -> bool:
    """Whether a row names columns: two cells and more, most of them filled, none a bare figure."""
    filled = [cell for cell in row if cell.strip()]
    return (
        len(filled) >= 2
        and len(filled) * 2 >= len(row)
        and all(len(cell) <= 40 and not _FIGURE.match(cell.strip()) for cell in filled)
    )


def is_row(line: str) -> bool:
    """Whether a line of an article is a row of a table, as the readers write them."""
    return _BETWEEN_CELLS in line


def is_head_row(row: str) -> bool:
    """Whether a row of an article names columns: no figures but years, and no cell that carries its own head."""
    cells = row.split(_BETWEEN_CELLS)
    return (
        looks_like_heads(cells)
        and not re.search(r"\d", _YEARS.sub("", row))
        and not all("：" in cell for cell in cells)
    )


def head_above(text: str, position: int, lead: str = "") -> str:
    """The head of the table whose row begins at `position` of `text`, empty where it is no row of one.

    `lead` is the head of a table that goes on at the beginning of `text`.
    """
    line_end = text.find("\n", position)
    if not is_row(text[position : line_end if line_end >= 0 else len(text)]):
        return ""
    first = text[position:].split("\n", 1)[0]
    for line in reversed(text[:position].splitlines()):
        if not is_row(line):
            break
        first = line
    else:
        if is_row(lead):
            return lead
    return first if is_head_row(first) else ""


def cells_with_heads(row: str, head: str) -> str:
    """A row with its columns' heads before the cells: "时段：2026年4月；同比：增长6.0%"; as it is where they differ in number."""
    cells, heads = row.split(_BETWEEN_CELLS), head.split(_BETWEEN_CELLS)
    if len(cells) != len(heads):
        return row
    return "；".join(
        f"{name.strip()}：{cell.strip()}"
        for name, cell in zip(heads, cells, strict=True)
        if cell.strip(" —-")
    )


def _one_line(cell: str) -> str:
    return " ".join(str(cell).split()).replace(_BETWEEN_CELLS, " / ")
