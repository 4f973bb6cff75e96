"""A table of an article as HTML: heads, spanned cells, and the cited row or cells marked."""

from __future__ import annotations

import re
from html import escape

from corpus.model import ArticleTable

Span = tuple[int, int]
_FIGURE = re.compile(r"^[-+−]?[\d,，.]+\s*[%％‰]?$")


def marked_text(text: str, span: Span, marked: Span) -> str:
    """`text[span]` with what lies in `marked` marked, escaped."""
    first, last = max(marked[0], span[0]), min(marked[1], span[1])
    if first >= last:
        return escape(text[slice(*span)])
    before, inside, after = text[span[0] : first], text[first:last], text[last : span[1]]
    return f"{escape(before)}<mark>{escape(inside)}</mark>{escape(after)}"


def table_html(table: ArticleTable, text: str, marked: Span) -> str:
    """The table as printed.

    Args:
        table: The table, whose `lines` point into `text`.
        text: The article's text.
        marked: What is cited of it; the rows that it touches are marked, in them the cells that it covers.

    Returns:
        HTML in which every text of the article is escaped.
    """
    spans = {(row, column): (rows, columns) for row, column, rows, columns in table.spans}
    hidden = {
        (row + down, column + right)
        for (row, column), (rows, columns) in spans.items()
        for down in range(rows)
        for right in range(columns)
        if down or right
    }
    rows = []
    for number, cells in enumerate(table.cells):
        line = table.lines.get(number)
        places = _cells_in_line(cells, text, line) if line else [None] * len(cells)
        drawn = "".join(
            _cell(
                table, (number, column), cell, spans.get((number, column), (1, 1)), _mark(text, place, marked)
            )
            for column, (cell, place) in enumerate(zip(cells, places, strict=True))
            if (number, column) not in hidden
        )
        cited = line is not None and max(line[0], marked[0]) < min(line[1], marked[1])
        rows.append(f"<tr{' class=cited' if cited else ''}>{drawn}</tr>")
    name = "　".join(part for part in (table.caption, table.unit and f"单位：{table.unit}") if part)
    caption = f"<caption>{escape(name)}</caption>" if name else ""
    return f'<div class="printed"><table>{caption}{"".join(rows)}</table></div>'


def _cell(table: ArticleTable, place: Span, cell: str, covers: tuple[int, int], inside: str | None) -> str:
    row, column = place
    is_head = row < table.head_rows or column < table.head_columns
    tag, kind = ("th", "") if is_head else ("td", " class=figure" if _FIGURE.match(cell.strip()) else "")
    spans = "".join(
        f" {name}={number}" for name, number in zip(("rowspan", "colspan"), covers, strict=True) if number > 1
    )
    return f"<{tag}{kind}{spans}>{inside or escape(cell)}</{tag}>"


def _mark(text: str, place: Span | None, marked: Span) -> str | None:
    return marked_text(text, place, marked) if place else None


def _cells_in_line(cells: list[str], text: str, line: Span) -> list[Span | None]:
    """Where each cell stands in the line that its row became; None for a cell that it leaves out."""
    places: list[Span | None] = []
    at = line[0]
    for cell in cells:
        printed = " ".join(cell.split())
        found = text.find(printed, at, line[1]) if printed else -1
        places.append((found, found + len(printed)) if found >= 0 else None)
        at = found + len(printed) if found >= 0 else at
    return places
