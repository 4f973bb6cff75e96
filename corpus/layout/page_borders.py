"""Rows that a page border parts from their table and that are too few to be a table by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from statistics import median

from corpus.layout.cells import Piece, filled, is_figure
from corpus.layout.grid import Grid
from corpus.layout.open_tables import Row, cells_with_spans, edges_of, row_groups, rows_of, runs_of
from corpus.layout.page import Line, Page
from corpus.layout.placed import PlacedTable
from corpus.layout.ruled import table_of_cells

_LEAST_COLUMNS = 3
Item = Line | PlacedTable
Part = tuple[PlacedTable, list[Line]]
"""The rows of a table on one page, and the lines that they are made of."""


def rows_after(table: PlacedTable, items: Sequence[Item], page: Page) -> Part | None:
    """The rows at the top of the next page that go on with a table, where no upright rules draw them.

    Args:
        table: The last thing on its page.
        items: The lines and tables of the next page.
        page: That page.

    Returns:
        The rows as a table with the same columns and the lines that they are made of, or None.
    """
    run = _run(items, page)
    rows = list(takewhile(lambda row: _fits(row, table) and _is_like(row, table), run))
    if not rows or any(row.is_tabular for row in run[len(rows) :]):
        return None
    found, lines = _table([[row] for row in rows], table.grid.xs, items, page)
    if not table.is_open:
        found = replace(found, is_open=False, grid=replace(found.grid, xs=list(table.grid.xs)))
    return found, lines


def rows_before(items: Sequence[Item], table: PlacedTable, page: Page) -> Part | None:
    """The heads, and rows below them, at the foot of the page before a table that has no heads of its own.

    Args:
        items: The lines and tables of that page.
        table: The first thing on the next page.
        page: The page of `items`.

    Returns:
        As `rows_after`.
    """
    run = _run(items, page, at_foot=True)
    if not table.is_open or table.table.head_rows or not run or not all(_fits(row, table) for row in run):
        return None
    groups = row_groups(run, table.grid.xs, median(b - a for a, b in pairwise(table.grid.ys)))
    below = [group for group in groups if any(is_figure(chunk.text) for row in group for chunk in row.chunks)]
    heads = groups[: len(groups) - len(below)]
    if not heads or groups[len(heads) :] != below or len(heads[0][0].chunks) < len(table.grid.xs) - 2:
        return None
    if any(len(row.chunks) < 2 for row, *_ in groups) or not all(_is_like(row, table) for row, *_ in below):
        return None
    return _table(groups, table.grid.xs, items, page)


def parted_rows(
    above: Sequence[Item], below: Sequence[Item], upper: Page, lower: Page
) -> tuple[Part, Part] | None:
    """The rows at the foot of a page and at the top of the next that are a table only together.

    Args:
        above: The lines and tables of the page `upper`.
        below: Those of the next page, `lower`.
        upper: The one page.
        lower: The other page.

    Returns:
        Two tables with the same columns, each with its lines; None where the rows are none of a table, or not of
        three columns that are filled but for one cell a row.
    """
    first, last = _run(above, upper, at_foot=True), _run(below, lower)
    xs = edges_of([*first, *last]) if first and last else []
    wide = len(xs) - 1
    if wide < _LEAST_COLUMNS or any(len(row.chunks) < wide - 1 for row in (*first, *last)):
        return None
    return (
        _table([[row] for row in first], xs, above, upper),
        _table([[row] for row in last], xs, below, lower),
    )


def _run(items: Sequence[Item], page: Page, at_foot: bool = False) -> list[Row]:
    """The rows with cells at the top of a page, before its first table, or at its foot, behind its last one."""
    lines: list[Line] = []
    for item in reversed(items) if at_foot else items:
        if isinstance(item, PlacedTable):
            break
        lines.append(item)
    rows = rows_of(page, lines)
    runs = runs_of(rows)
    if not runs:
        return []
    run, end = (runs[-1], -1) if at_foot else (runs[0], 0)
    return run if run[end] is rows[end] else []


def _fits(row: Row, table: PlacedTable) -> bool:
    """Whether every chunk of a row stands in a column of its own."""
    columns = [_column(chunk, table.grid.xs) for chunk in row.chunks]
    return len(set(columns)) == len(columns)


def _column(chunk: Piece, xs: Sequence[float]) -> int:
    """The column of a chunk's middle; the outer columns have no end, for their widest cell may stand elsewhere."""
    middle = (chunk.left + chunk.right) / 2
    return sum(x <= middle for x in xs[1:-1])


def _is_like(row: Row, table: PlacedTable) -> bool:
    """Whether a row is named and holds figures where the rows of the table do, or a cell in every column."""
    cells = {_column(chunk, table.grid.xs): chunk.text for chunk in row.chunks}
    body = table.table.cells[table.table.head_rows :]
    of_figures = [
        column
        for column in range(1, len(table.grid.xs) - 1)
        if 2 * sum(is_figure(each[column]) for each in body) > len(body)
    ]
    if not of_figures:
        return len(cells) == len(table.grid.xs) - 1
    found = [cells[column] for column in of_figures if column in cells]
    return 0 in cells and not is_figure(cells[0]) and bool(found) and all(map(is_figure, found))


def _table(groups: Sequence[Sequence[Row]], xs: Sequence[float], items: Sequence[Item], page: Page) -> Part:
    """The table of printed lines that make rows, with the columns of its other part, and its lines."""
    size = groups[0][0].size
    ys = [
        groups[0][0].middle - size,
        *((a[-1].middle + b[0].middle) / 2 for a, b in pairwise(groups)),
        groups[-1][-1].middle + size,
    ]
    lines = [item for item in items if isinstance(item, Line)]
    inside = [line for line in lines if ys[0] < (line.top + line.bottom) / 2 * page.height < ys[-1]]
    rows = [row for group in groups for row in group]
    chunks = [chunk for row in rows for chunk in row.chunks]
    left, *inner, right = xs
    left, right = min(left, *(c.left - 2 for c in chunks)), max(right, *(c.right + 2 for c in chunks))
    grid = Grid([left, *inner, right], ys)
    grid.cells = cells_with_spans(grid, rows)
    whole = [replace(line, words=tuple(replace(word, middles=()) for word in line.words)) for line in inside]
    found = table_of_cells(grid, filled(grid, page, whole), page, inside)
    return replace(found, is_open=True), inside
