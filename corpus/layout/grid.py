"""From rules to grids: rows, columns and the cells that span several of them.

All measures are in points of the page as it is shown, y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_NEAR = 3.0
_SAME = 2.5
_OPEN_SIDE = 12.0
_COVERS = 0.6
_MOST_CELLS = 20_000
Stroke = tuple[float, float, float]
"""Where it stands across, its start and its end along."""


@dataclass
class Grid:
    """Edges of columns (`xs`) and rows (`ys`), and the cells as (first row, first column, rows, columns)."""

    xs: list[float]
    ys: list[float]
    cells: list[tuple[int, int, int, int]] = field(default_factory=list)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the grid."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def grids_of(level: Sequence[Stroke], upright: Sequence[Stroke]) -> list[Grid]:
    """The grids that level and upright rules make where they meet."""
    rows, columns = merged(level), merged(upright)
    grids = []
    for across, down in _groups(rows, columns):
        grid = _grid(across, down)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: grid.ys[0])


def merged(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Strokes on one line that touch as one stroke."""
    result: list[Stroke] = []
    lines: list[list[Stroke]] = []
    for stroke in sorted(strokes):
        if lines and stroke[0] - lines[-1][0][0] <= _SAME:
            lines[-1].append(stroke)
        else:
            lines.append([stroke])
    for line in lines:
        at = sum(stroke[0] for stroke in line) / len(line)
        start, end = None, 0.0
        for _, a, b in sorted(line, key=lambda stroke: stroke[1]):
            if start is not None and a - end <= _NEAR:
                end = max(end, b)
                continue
            if start is not None:
                result.append((at, start, end))
            start, end = a, b
        if start is not None:
            result.append((at, start, end))
    return result


def _groups(rows: list[Stroke], columns: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Level and upright rules that meet each other, straight or through others."""
    parent = list(range(len(rows) + len(columns)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for i, (y, x0, x1) in enumerate(rows):
        for j, (x, y0, y1) in enumerate(columns):
            if x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR:
                parent[root(i)] = root(len(rows) + j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, row in enumerate(rows):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for j, column in enumerate(columns):
        groups.setdefault(root(len(rows) + j), ([], []))[1].append(column)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _grid(rows: list[Stroke], columns: list[Stroke]) -> Grid | None:
    xs, ys = _places(columns), _places(rows)
    xs = _with_open_sides(xs, min(row[1] for row in rows), max(row[2] for row in rows))
    ys = _with_open_sides(ys, min(column[1] for column in columns), max(column[2] for column in columns))
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CELLS or (len(xs) == 2 and len(ys) == 2):
        return None
    grid = Grid(xs, ys)
    grid.cells = _cells(grid, rows, columns)
    return grid


def _places(strokes: Sequence[Stroke]) -> list[float]:
    places: list[float] = []
    for at, _, _ in sorted(strokes):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _with_open_sides(places: list[float], first: float, last: float) -> list[float]:
    """The edges of a table that has no rule at its sides."""
    if not places:
        return [first, last]
    if places[0] - first > _OPEN_SIDE:
        places = [first, *places]
    if last - places[-1] > _OPEN_SIDE:
        places = [*places, last]
    return places


def _cells(grid: Grid, rows: list[Stroke], columns: list[Stroke]) -> list[tuple[int, int, int, int]]:
    high, wide = len(grid.ys) - 1, len(grid.xs) - 1
    parent = list(range(high * wide))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for r in range(high):
        for c in range(wide):
            if c + 1 < wide and not _is_cut(columns, grid.xs[c + 1], grid.ys[r], grid.ys[r + 1]):
                parent[root(r * wide + c)] = root(r * wide + c + 1)
            if r + 1 < high and not _is_cut(rows, grid.ys[r + 1], grid.xs[c], grid.xs[c + 1]):
                parent[root(r * wide + c)] = root((r + 1) * wide + c)
    members: dict[int, list[tuple[int, int]]] = {}
    for number in range(high * wide):
        members.setdefault(root(number), []).append(divmod(number, wide))
    cells = []
    for places in members.values():
        top, left = min(r for r, _ in places), min(c for _, c in places)
        tall, broad = max(r for r, _ in places) - top + 1, max(c for _, c in places) - left + 1
        if tall * broad == len(places):
            cells.append((top, left, tall, broad))
        else:
            cells += [(r, c, 1, 1) for r, c in places]
    return sorted(cells)


def _is_cut(strokes: list[Stroke], at: float, start: float, end: float) -> bool:
    """Whether rules at `at` cover most of the stretch."""
    covered = sum(
        max(0.0, min(end, b) - max(start, a)) for place, a, b in strokes if abs(place - at) <= _NEAR + 0.5
    )
    return covered >= _COVERS * (end - start)


def without_slivers(grid: Grid, least: float = 4.0) -> bool:
    """Whether rows and columns are wide enough to hold text."""
    return all(b - a >= least for a, b in pairwise(grid.xs)) and all(
        b - a >= least for a, b in pairwise(grid.ys)
    )
