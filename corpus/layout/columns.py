"""The reading order of lines that come without one (recognised characters): column after column."""

from __future__ import annotations

from statistics import median

from corpus.layout.page import Line

_LEAST_LINES_OF_COLUMN = 3
_LEAST_COLUMN_CHARACTERS = 6
_MOST_CROSSING = 0.15
_FEW_CROSSING = 3
_SHORT = 3
"""Lines of fewer characters (page numbers, the ends of paragraphs) say nothing of a gutter."""


def columns_in_order(lines: list[Line]) -> list[list[Line]]:
    """Runs of lines in reading order, each from one column.

    A gutter is a vertical strip that few lines cross. The lines that cross it (a headline over both
    columns) cut the page into bands; in each band the left column is read before the right one.
    """
    gutter = _gutter(lines)
    if gutter is None:
        return [_from_above(lines)] if lines else []
    crossing = sorted((line for line in lines if line.left < gutter < line.right), key=lambda line: line.top)
    runs: list[list[Line]] = []
    rest = [line for line in lines if not line.left < gutter < line.right]
    for cut in [*crossing, None]:
        band = [line for line in rest if cut is None or line.top < cut.top]
        rest = [line for line in rest if line not in band]
        runs += columns_in_order([line for line in band if line.right <= gutter])
        runs += columns_in_order([line for line in band if line.left >= gutter])
        if cut is not None:
            if runs and runs[-1] and runs[-1][-1] in crossing:
                runs[-1].append(cut)
            else:
                runs.append([cut])
    return [run for run in runs if run]


def _from_above(lines: list[Line]) -> list[Line]:
    """Lines from above; those on one base line from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.top + line.bottom):
        middle = (line.top + line.bottom) / 2
        last = rows[-1][0] if rows else None
        if last and abs(middle - (last.top + last.bottom) / 2) < 0.5 * min(last.size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _gutter(lines: list[Line]) -> float | None:
    """Where the widest gutter lies, or None when the lines stand in one column."""
    if len(lines) < 2 * _LEAST_LINES_OF_COLUMN:
        return None
    em = median(line.em for line in lines)
    lines = [line for line in lines if line.right - line.left > _SHORT * em] or lines
    best: tuple[float, float] | None = None
    for x in sorted({round(line.right, 3) for line in lines}):
        x += em * 0.2
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < _LEAST_LINES_OF_COLUMN or crossing > max(
            _FEW_CROSSING, _MOST_CROSSING * len(lines)
        ):
            continue
        wide = min(median(line.right - line.left for line in side) for side in (left, right))
        width = min(line.left for line in right) - max(line.right for line in left)
        highest = max(min(line.top for line in side) for side in (left, right))
        lowest = min(max(line.bottom for line in side) for side in (left, right))
        if (
            wide < _LEAST_COLUMN_CHARACTERS * em
            or width < 0.7 * em
            or lowest - highest <= 2 * em / lines[0].shape
        ):
            continue
        if best is None or width > best[0]:
            best = (width, x)
    return best[1] if best else None
