"""Tables that stand in one frame under each other: a row over all columns names the one below it, or is a note."""

from __future__ import annotations

from corpus.layout.cells import Filled
from corpus.layout.grid import Grid
from corpus.layout.heads import is_head_like


def parts_of(grid: Grid, content: Filled) -> list[tuple[Grid, Filled]]:
    """The grid in as many as its rows over all columns part; such a row inside of one table stays in it."""
    wide = len(grid.xs) - 1
    over_all = {row for row, column, tall, broad in grid.cells if column == 0 and broad == wide and tall == 1}
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for row in [*range(len(grid.ys) - 1), None]:
        if row is None or row in over_all:
            if start is not None:
                runs.append((start, row if row is not None else len(grid.ys) - 1))
            start = None
        elif start is None:
            start = row
    joined: list[tuple[int, int]] = []
    for run in runs:
        if joined and _is_same_table(grid, content, joined[-1], run):
            joined[-1] = (joined[-1][0], run[1])
        else:
            joined.append(run)
    return [_part(grid, content, first, last) for first, last in joined]


def _is_same_table(grid: Grid, content: Filled, above: tuple[int, int], below: tuple[int, int]) -> bool:
    row = [content.texts.get((r, c), "") for r, c, _, _ in grid.cells if r == below[0]]
    return not is_head_like(row) and set(_edges(grid, *below)) <= set(_edges(grid, *above))


def _edges(grid: Grid, first: int, last: int) -> list[int]:
    """The columns at which some cell of the rows begins."""
    return sorted({column for row, column, _, _ in grid.cells if first <= row < last})


def _part(grid: Grid, content: Filled, first: int, last: int) -> tuple[Grid, Filled]:
    edges = _edges(grid, first, last)
    xs = [grid.xs[column] for column in edges] + [grid.xs[-1]]
    part = Grid(xs, grid.ys[first : last + 1])
    texts, pieces = {}, {}
    for row, column, tall, broad in grid.cells:
        if not first <= row < last:
            continue
        inner = [number for number, edge in enumerate(edges) if column <= edge < column + broad]
        place = (row - first, inner[0])
        part.cells.append((*place, min(tall, last - row), len(inner)))
        if (row, column) in content.texts:
            texts[place] = content.texts[row, column]
            pieces[place] = content.pieces[row, column]
    return part, Filled(texts, pieces)
