"""Rows of a table as lines that can be quoted by themselves: every value keeps its column's head."""

from __future__ import annotations

import re

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
        return [" | ".join(cell for cell in row if cell) for row in rows]
    lines = []
    for row in rows[1:]:
        padded = [*heads, *[""] * (len(row) - len(heads))]
        cells = [f"{head}：{cell}" if head else cell for head, cell in zip(padded, row, strict=False) if cell]
        lines.append(" | ".join(cells))
    return lines


def looks_like_heads(row: list[str]) -> bool:
    """Whether a row names columns: two cells and more, most of them filled, none a bare figure."""
    filled = [cell for cell in row if cell.strip()]
    return (
        len(filled) >= 2
        and len(filled) * 2 >= len(row)
        and all(len(cell) <= 40 and not _FIGURE.match(cell.strip()) for cell in filled)
    )


def _one_line(cell: str) -> str:
    return " ".join(str(cell).split()).replace(" | ", " / ")
