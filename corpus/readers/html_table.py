"""Tables of a page: which are tables and which hold its layout, and their grids with spans, head rows, caption and unit."""

from __future__ import annotations

import itertools
import re

from lxml.html import HtmlElement

from corpus.labels import is_label
from corpus.table import Table, looks_like_heads

_UNIT = re.compile(
    r"^[（(]?\s*(?:计量)?单位\s*[:：]\s*([^\s)）；;]{1,20}(?:[、，,][^\s)）]{1,10})*)\s*[)）]?$"
)
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_BLOCKS_IN_CELL = ("p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4")
_MOST_SPAN, _MOST_CELLS = 200, 200_000
_LONG_CELL = 200
_MOST_HEAD_ROWS = 4


def rows_of(table: HtmlElement) -> list[HtmlElement]:
    """The rows of a table itself, not those of tables within it."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]


def cells_of(row: HtmlElement) -> list[HtmlElement]:
    """The cells of a row."""
    return [cell for cell in row if cell.tag in {"td", "th"}]


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only lays out a page: it holds tables, or a cell with whole paragraphs, or has one cell."""
    if table.get("role") == "presentation" or table.find(".//td//table") is not None:
        return True
    rows = rows_of(table)
    cells = [cell for row in rows for cell in cells_of(row)]
    if len(cells) <= 1:
        return True
    sizes = [len(_text(cell)) for cell in cells]
    large = max(range(len(cells)), key=sizes.__getitem__)
    paragraphs = sum(1 for _ in cells[large].iter(*_BLOCKS_IN_CELL))
    return sizes[large] > _LONG_CELL and paragraphs >= 3 and sizes[large] > 0.6 * sum(sizes)


def label_rows(table: HtmlElement) -> list[str]:
    """The lines of a table that is a head of fields ("发文机关：", "国务院"), none where it is another table."""
    cells = [_text(cell) for row in rows_of(table) for cell in cells_of(row)]
    labels = sum(is_label(_colon(cell)) and cell.rstrip().endswith(("：", ":")) for cell in cells)
    if not labels or labels * 3 < sum(bool(cell) for cell in cells):
        return []
    lines: list[str] = []
    open_label = False
    for cell in cells:
        if open_label and not is_label(_colon(cell)):
            lines[-1] += cell
            open_label = False
        elif cell:
            lines.append(cell)
            open_label = is_label(_colon(cell))
    return lines


def _colon(cell: str) -> str:
    return cell if cell.endswith(("：", ":")) else f"{cell}："


def tables_of(element: HtmlElement) -> list[Table]:
    """The tables in a table element: one, or several where a row over the whole width begins a new one.

    Such a row above a table is its caption or its unit; one above a row of heads begins another table.
    """
    cells, spans, headed = _grid(element)
    caption_element = element.find("caption")
    caption = _text(caption_element) if caption_element is not None else ""
    starts = [0, *(row for row in range(2, len(cells) - 2) if _begins_table(cells, spans, row)), len(cells)]
    found = []
    for first, end in itertools.pairwise(starts):
        inner = {(row - first, column): size for (row, column), size in spans.items() if first <= row < end}
        table = _table(cells[first:end], inner, max(0, headed - first), caption if not first else "")
        found += [table] if table else []
    return found


def _begins_table(cells: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]], row: int) -> bool:
    width = len(cells[row])
    if width < 2 or spans.get((row, 0), (1, 1))[1] < width or spans.get((row - 1, 0), (1, 1))[1] >= width:
        return False
    below = next((each for each in cells[row + 1 :] if len(set(each)) > 1), [])
    return (
        looks_like_heads(below) and not any(map(_is_value, below)) and _UNIT.match(cells[row][0]) is not None
    )


def _table(
    cells: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]], headed: int, caption: str
) -> Table | None:
    """A grid as a table; rows over its whole width above it are its caption and its unit. None where it is empty."""
    above: list[str] = []
    first = 0
    while first < len(cells) - 1 and len(cells[first]) > 1 and len(set(filter(None, cells[first]))) == 1:
        spanned = any(row == first and columns > 1 for (row, _), (_, columns) in spans.items())
        if not spanned and sum(map(bool, cells[first])) > 1:
            break
        above.append(next(filter(None, cells[first])))
        first += 1
    unit = next((match.group(1) for text in above if (match := _UNIT.match(text))), "")
    names = [text for text in above if not _UNIT.match(text)]
    cells = cells[first:]
    spans = {(row - first, column): size for (row, column), size in spans.items() if row >= first}
    if not any(any(row) for row in cells):
        return None
    heads = max(0, headed - first) or _head_rows(cells, spans)
    return Table(
        cells,
        head_rows=min(heads, len(cells) - 1),
        caption=" ".join(part for part in (caption, *names) if part),
        unit=unit,
        spans=spans,
    )


def _grid(element: HtmlElement) -> tuple[list[list[str]], dict[tuple[int, int], tuple[int, int]], int]:
    """The cells with spanned ones repeated, their spans, and how many rows from the first are marked as heads."""
    places: dict[tuple[int, int], str] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    rows = rows_of(element)
    headed, still_heads = 0, True
    for number, row in enumerate(rows):
        column = 0
        for cell in cells_of(row):
            while (number, column) in places:
                column += 1
            high, wide = _span(cell, "rowspan", len(rows) - number), _span(cell, "colspan", _MOST_SPAN)
            text = _text(cell)
            if len(places) + high * wide > _MOST_CELLS:
                break
            for down in range(high):
                for right in range(wide):
                    places.setdefault((number + down, column + right), text)
            if (high, wide) != (1, 1):
                spans[number, column] = (high, wide)
            column += wide
        still_heads = still_heads and _is_head(row)
        headed += still_heads
    width = max((column for _, column in places), default=-1) + 1
    grid = [[places.get((number, column), "") for column in range(width)] for number in range(len(rows))]
    return _without_empty(grid, spans), spans, headed if headed < len(rows) else 0


def _without_empty(grid: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]]) -> list[list[str]]:
    """The grid without empty rows at its end; rows between keep their numbers for the spans."""
    while grid and not any(grid[-1]):
        grid.pop()
    for place in [each for each in spans if each[0] >= len(grid)]:
        del spans[place]
    return grid


def _is_head(row: HtmlElement) -> bool:
    cells = cells_of(row)
    parent = row.getparent()
    return bool(cells) and (
        (parent is not None and parent.tag == "thead") or all(cell.tag == "th" for cell in cells)
    )


def _head_rows(cells: list[list[str]], spans: dict[tuple[int, int], tuple[int, int]]) -> int:
    """How many rows name columns, by their spans and their looks."""
    in_first = [size for (row, _), size in spans.items() if row == 0]
    deepest = max((high for high, _ in in_first), default=1)
    if deepest == 1 and any(wide > 1 for _, wide in in_first):
        deepest = 2
    deepest = min(deepest, _MOST_HEAD_ROWS, len(cells) - 1)
    while deepest > 1 and any(_is_value(cell) for row in cells[:deepest] for cell in row):
        deepest -= 1
    if deepest > 1:
        return deepest
    return int(
        len(cells) >= 2 and looks_like_heads(cells[0]) and not all(map(_is_value, filter(None, cells[0])))
    )


def _is_value(cell: str) -> bool:
    """Whether a cell is a figure and no year or count of a head ("2024年", "1—3月")."""
    return bool(re.fullmatch(r"[-+−]?[\d,，.]+\s*[%％‰]?", cell)) and not _YEAR.fullmatch(cell)


def _span(cell: HtmlElement, name: str, most: int) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), most, _MOST_SPAN)) if value.isdigit() else 1


def _text(element: HtmlElement) -> str:
    """A cell's text on one line; its paragraphs parted by spaces."""
    parts: list[str] = []
    for part in element.iter():
        if isinstance(part.tag, str) and part.tag in {"p", "div", "br", "li"}:
            parts.append(" ")
        if isinstance(part.tag, str) and part.tag not in {"script", "style"} and part.text:
            parts.append(part.text)
        if part is not element and part.tail:
            parts.append(part.tail)
    return " ".join("".join(parts).split())
