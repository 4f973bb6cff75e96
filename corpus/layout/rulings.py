"""The rules (drawn lines) of a PDF's page: strokes and thin rectangles, level or upright."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_MOST_OBJECTS = 20_000
_MOST_RULES = 4_000
_THIN = 2.5
_SHORTEST = 3.0
_SLANT = 0.6
_DEEPEST_FORM = 3
Point = tuple[float, float]


@dataclass(frozen=True)
class Rule:
    """A level rule (`at` is its height) or an upright one, from `start` to `end`; all as shares of the page."""

    level: bool
    at: float
    start: float
    end: float


def rules_of(page: Any) -> list[Rule]:
    """The rules of a page (a `pypdfium2.PdfPage`), as it is shown."""
    import pypdfium2.raw as pdfium

    turns = page.get_rotation() // 90 % 4
    frame = page.get_bbox()
    found: list[Rule] = []
    for ends in _strokes(pdfium, page.raw, None, 0):
        rule = _placed(ends, frame, turns)
        if rule is not None:
            found.append(rule)
        if len(found) >= _MOST_RULES:
            return []
    return found


def _strokes(pdfium: Any, holder: Any, matrix: Any, depth: int) -> Iterator[tuple[Point, Point]]:
    """The two ends of every straight stroke on a page or in a form, in the file's own units."""
    count, get = (
        (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
        if depth == 0
        else (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
    )
    for number in range(min(count(holder), _MOST_OBJECTS)):
        item = get(holder, number)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            yield from _strokes(pdfium, item, _times(_matrix(pdfium, item), matrix), depth + 1)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _of_path(pdfium, item, _times(_matrix(pdfium, item), matrix))


def _of_path(pdfium: Any, path: Any, matrix: tuple[float, ...]) -> Iterator[tuple[Point, Point]]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    figures = list(_figures(pdfium, path, matrix))
    for points in figures:
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        low, high = min(y for _, y in points), max(y for _, y in points)
        if min(right - left, high - low) <= _THIN:
            x, y = (left + right) / 2, (low + high) / 2
            yield ((left, y), (right, y)) if right - left > high - low else ((x, low), (x, high))
        elif stroke.value:
            yield from pairwise(points)
        elif fill.value and len(points) in (4, 5) and _is_shade(pdfium, path):
            corners = [(left, low), (right, low), (right, high), (left, high), (left, low)]
            yield from pairwise(corners)


def _is_shade(pdfium: Any, path: Any) -> bool:
    """Whether a filled rectangle is coloured: the ground of a head row, not a white page."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
        return False
    return alpha.value > 0 and min(red.value, green.value, blue.value) < 253


def _figures(pdfium: Any, path: Any, matrix: tuple[float, ...]) -> Iterator[list[Point]]:
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(pdfium.FPDFPath_CountSegments(path), 400)):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            if len(points) > 1:
                yield points
            points = []
        a, b, c, d, e, f = matrix
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            points = points[-1:]
        elif pdfium.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _matrix(pdfium: Any, item: Any) -> tuple[float, ...]:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(inner: tuple[float, ...], outer: tuple[float, ...] | None) -> tuple[float, ...]:
    """First `inner`, then `outer`."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _placed(ends: tuple[Point, Point], frame: tuple[float, ...], turns: int) -> Rule | None:
    (ax, ay), (bx, by) = ends
    if max(abs(ax - bx), abs(ay - by)) < _SHORTEST or min(abs(ax - bx), abs(ay - by)) > _SLANT:
        return None
    x0, y0, x1, y1 = frame
    wide, high = max(x1 - x0, 1e-6), max(y1 - y0, 1e-6)
    first, second = ((ax - x0) / wide, (y1 - ay) / high), ((bx - x0) / wide, (y1 - by) / high)
    for _ in range(turns):
        first, second = (1 - first[1], first[0]), (1 - second[1], second[0])
    level = (abs(ax - bx) > abs(ay - by)) == (turns % 2 == 0)
    along = 0 if level else 1
    at = (first[1 - along] + second[1 - along]) / 2
    start, end = sorted((first[along], second[along]))
    if end < 0 or start > 1 or not 0 <= at <= 1:
        return None
    return Rule(level, at, max(0.0, start), min(1.0, end))
