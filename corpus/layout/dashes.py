"""Dashes that stand alone in the cells of a scanned table: short level strokes, which recognition passes over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from corpus.layout.page import Line, Word

_SHORTEST = 0.25
_LONGEST = 2.3
_LONG = 0.65
_THICKEST = 0.26
_WHITE_ABOVE = 0.45
_WHITE_TO_RULES = 0.3
_WHITE_BESIDE = 0.7
_MIDDLE = 0.3
"""Measures in heights of the type: the stroke's length and thickness, the white around it, its way off the middle."""
_DASHES = ("—", "-")
_SEEN_AS = frozenset("一-－—–―_～~")
_CONFIDENCE = 0.8
_DARK = 255
_SPECKS = 0.01
"""The share of points that may be dark in what is white: the grain of a scanner."""
Stroke = tuple[float, float, float, float]
"""Left, top, right, bottom, as shares of the page."""


def with_dashes(lines: Sequence[Line], picture: Any) -> list[Line]:
    """The lines of a page and, as lines of their own, the dashes that stand alone in their rows.

    Args:
        lines: What recognition found, parted at the white between cells.
        picture: The page's points as an array of rows, columns and blue, green, red.

    Returns:
        The lines; a stroke that was recognised as "一" behind the first cell of its row is a dash.
    """
    if not lines:
        return []
    type_height = median(line.size for line in lines)
    strokes = _strokes(picture, type_height)
    found = []
    for line in lines:
        stroke = next((each for each in strokes if _is_drawn_by(line, each)), None)
        is_dash = stroke is not None and not _is_first(line, lines)
        found.append(_as_dash(line, stroke, type_height) if stroke is not None and is_dash else line)
    for stroke in strokes:
        row = [line for line in lines if _is_beside(line, stroke)]
        if row and all(_is_apart(line, stroke) for line in row):
            empty = replace(row[0], confidence=_CONFIDENCE, printed=None)
            found.append(_as_dash(empty, stroke, type_height))
    return found


def _strokes(picture: Any, type_height: float) -> list[Stroke]:
    """Level strokes as long as a dash with white above and below."""
    import cv2

    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (3, 3), 0)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    high, wide = dark.shape
    em = type_height * high
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (max(4, round(_SHORTEST * em)), 1))
    runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
    contours, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        if w <= _LONGEST * em and h <= max(3, _THICKEST * em) and _is_alone(dark, (x, y, w, h), em):
            found.append((x / wide, y / high, (x + w) / wide, (y + h) / high))
    return found


def _is_alone(dark: Any, box: tuple[int, int, int, int], em: float) -> bool:
    """Whether nothing is printed closely above, below and beside a stroke."""
    x, y, w, h = box
    edge, white, narrow = max(2, round(0.08 * em)), round(_WHITE_ABOVE * em), round(_WHITE_TO_RULES * em)
    left, right = max(0, x - edge), x + w + edge
    above = dark[max(0, y - white) : max(0, y - edge), left:right]
    below = dark[y + h + edge : y + h + white, left:right]
    beside = [
        dark[max(0, y - white) : y + h + white, max(0, x - narrow) : left],
        dark[max(0, y - white) : y + h + white, right : x + w + narrow],
    ]
    return all(part.mean() <= _SPECKS * _DARK for part in (above, below, *beside) if part.size)


def _is_drawn_by(line: Line, stroke: Stroke) -> bool:
    """Whether a stroke is all that a line of one character was recognised from."""
    if "".join(line.text.split()) not in _SEEN_AS or not line.text.strip():
        return False
    left, top, right, bottom = stroke
    return line.left < (left + right) / 2 < line.right and line.top < (top + bottom) / 2 < line.bottom


def _is_first(line: Line, lines: Sequence[Line]) -> bool:
    """Whether nothing stands on the left of a line in its row, as before "一" that counts rows."""
    middle = (line.top + line.bottom) / 2
    return not any(other.right < line.left and other.top < middle < other.bottom for other in lines)


def _is_beside(line: Line, stroke: Stroke) -> bool:
    """Whether a stroke stands at the middle of a line's height."""
    middle = (stroke[1] + stroke[3]) / 2
    return abs(middle - (line.top + line.bottom) / 2) < _MIDDLE * line.size and len(line.text.strip()) > 0


def _is_apart(line: Line, stroke: Stroke) -> bool:
    white = _WHITE_BESIDE * line.em
    return stroke[2] + white < line.left or line.right + white < stroke[0]


def _as_dash(line: Line, stroke: Stroke, type_height: float) -> Line:
    left, _, right, _ = stroke
    text = _DASHES[right - left < _LONG * type_height * line.shape]
    middle, half = (line.top + line.bottom) / 2, type_height / 2
    word = Word(text, left, right, middle - half, middle + half, ((left + right) / 2,) * len(text))
    return replace(line, text=text, left=left, right=right, words=(word,))
