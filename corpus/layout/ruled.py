"""Tables with rules: a grid's cells filled with the words that stand in them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.block import Mark
from corpus.layout.cells import Filled, Piece, filled, is_figure, mark_of, printed_lines, text_of
from corpus.layout.grid import Grid, grids_of
from corpus.layout.heads import head_columns, head_rows
from corpus.layout.page import Line, Page
from corpus.layout.parts import parts_of
from corpus.layout.placed import PlacedTable
from corpus.table import Table

_LEAST_FILLED = 0.3


def ruled_tables(page: Page) -> list[PlacedTable]:
    """The tables that a page's rules draw."""
    level = [(r.at * page.height, r.start * page.width, r.end * page.width) for r in page.rules if r.level]
    upright = [
        (r.at * page.width, r.start * page.height, r.end * page.height) for r in page.rules if not r.level
    ]
    found = []
    for grid in grids_of(level, upright):
        found += tables_of_grid(grid, page, page.lines)
    return found


def tables_of_grid(grid: Grid, page: Page, lines: Sequence[Line]) -> list[PlacedTable]:
    """The tables of a grid, none where too little stands in it; a row over all columns parts tables."""
    content = filled(grid, page, lines)
    texts = [text for text in content.texts.values() if text]
    if len(texts) < 3 or len(texts) < _LEAST_FILLED * len(grid.cells):
        return []
    grid, content = _with_rows_of_lines(grid, content)
    grid, content = _without_empty(grid, content)
    if len(grid.xs) < 3 or len(grid.ys) < 2:
        return []
    return [
        table_of_cells(part, inside, page, lines)
        for part, inside in parts_of(grid, content)
        if len(inside.texts) > 1
    ]


def table_of_cells(grid: Grid, content: Filled, page: Page, lines: Sequence[Line]) -> PlacedTable:
    """The table of a grid whose cells are filled."""
    high, wide = len(grid.ys) - 1, len(grid.xs) - 1
    cells = [[""] * wide for _ in range(high)]
    marks: list[list[Mark | None]] = [[None] * wide for _ in range(high)]
    spans = {}
    for row, column, tall, broad in grid.cells:
        text = content.texts.get((row, column), "")
        pieces = content.pieces.get((row, column), [])
        for r in range(row, row + tall):
            for c in range(column, column + broad):
                cells[r][c] = text
                marks[r][c] = mark_of(pieces, page, 0) if pieces else None
        if tall > 1 or broad > 1:
            spans[row, column] = (tall, broad)
    rows = head_rows(cells, spans, _is_bold_first(grid, page, lines))
    table = Table(cells, rows, head_columns(cells, spans, rows), spans=spans)
    return PlacedTable(table, page, grid, marks, page.number)


def _is_bold_first(grid: Grid, page: Page, lines: Sequence[Line]) -> bool:
    """Whether the first row alone is set in bold type."""
    inside = [
        line
        for line in lines
        if grid.holds((line.left + line.right) / 2 * page.width, (line.top + line.bottom) / 2 * page.height)
    ]
    first = [line for line in inside if (line.top + line.bottom) / 2 * page.height < grid.ys[1]]
    rest = [line for line in inside if line not in first]
    return bool(first) and all(line.bold for line in first) and not all(line.bold for line in rest)


def _with_rows_of_lines(grid: Grid, content: Filled) -> tuple[Grid, Filled]:
    """A grid whose tall rows hold one row of values a printed line (no rules between them) has those rows."""
    ys = [grid.ys[0]]
    for row in range(len(grid.ys) - 1):
        ys += _cuts(row, grid, content)
        ys.append(grid.ys[row + 1])
    if len(ys) == len(grid.ys):
        return grid, content
    divided = Grid(grid.xs, ys)
    place = {y: number for number, y in enumerate(ys)}
    texts, pieces = {}, {}
    for row, column, tall, broad in grid.cells:
        first, last = place[grid.ys[row]], place[grid.ys[row + tall]]
        found = content.pieces.get((row, column), [])
        if tall > 1 or last - first == 1:
            parts = [(first, last - first, found)]
        else:
            parts = [
                (number, 1, [piece for piece in found if ys[number] <= piece.middle < ys[number + 1]])
                for number in range(first, last)
            ]
        for start, height, inside in parts:
            divided.cells.append((start, column, height, broad))
            if inside:
                pieces[start, column] = inside
                texts[start, column] = text_of(inside)
    divided.cells.sort()
    return divided, Filled(texts, pieces)


def _cuts(row: int, grid: Grid, content: Filled) -> list[float]:
    """Heights between the printed lines of a row that is really several."""
    columns: list[list[list[Piece]]] = []
    for top, column, tall, _ in grid.cells:
        if top == row and tall == 1 and content.pieces.get((top, column)):
            columns.append(printed_lines(content.pieces[top, column]))
    if len(columns) < 2:
        return []
    count = max(len(lines) for lines in columns)
    whole = [lines for lines in columns if len(lines) == count]
    values = [lines for lines in whole if all(is_figure("".join(p.text for p in line)) for line in lines)]
    if count < 2 or len(values) < max(1, (len(columns) - 1) / 2) or len(whole) < 2:
        return []
    heights = [[line[0].middle for line in lines] for lines in whole]
    size = whole[0][0][0].bottom - whole[0][0][0].top
    if any(abs(a - b) > 0.5 * size for each in heights for a, b in zip(each, heights[0], strict=True)):
        return []
    return [(a + b) / 2 for a, b in zip(heights[0], heights[0][1:], strict=False)]


def _without_empty(grid: Grid, content: Filled) -> tuple[Grid, Filled]:
    """The grid without rows and columns in which nothing begins: double rules, margins of cells."""
    rows = sorted({row for row, _ in content.texts})
    columns = sorted({column for _, column in content.texts})
    if len(rows) == len(grid.ys) - 1 and len(columns) == len(grid.xs) - 1:
        return grid, content
    if not rows or not columns:
        return Grid(grid.xs[:1], grid.ys[:1]), content
    row_at = {row: number for number, row in enumerate(rows)}
    column_at = {column: number for number, column in enumerate(columns)}
    ys = [grid.ys[row] for row in rows] + [grid.ys[rows[-1] + 1]]
    xs = [grid.xs[column] for column in columns] + [grid.xs[columns[-1] + 1]]
    result = Grid(xs, ys)
    texts, pieces = {}, {}
    for row, column, tall, broad in grid.cells:
        inner_rows = [row_at[r] for r in range(row, row + tall) if r in row_at]
        inner_columns = [column_at[c] for c in range(column, column + broad) if c in column_at]
        if inner_rows and inner_columns:
            place = (inner_rows[0], inner_columns[0])
            result.cells.append((*place, len(inner_rows), len(inner_columns)))
            if (row, column) in content.texts:
                texts[place] = content.texts[row, column]
                pieces[place] = content.pieces[row, column]
    return result, Filled(texts, pieces)
