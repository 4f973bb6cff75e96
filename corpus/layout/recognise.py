"""Characters of scanned pages and pictures: RapidOCR (PP-OCR models, offline), and the rules drawn on them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Any

from corpus import extras
from corpus.layout.brackets import paired
from corpus.layout.columns import columns_in_order
from corpus.layout.dashes import with_dashes
from corpus.layout.page import Line, Page, Word
from corpus.layout.rulings import Rule

DOTS_AN_INCH = 200
_LEAST_CONFIDENCE = 0.5
_POINTS = 72
_CROOKED = 0.004
_MOST_CROOKED = 0.25
_LONGEST_SIDE = 3400
_SHARE_OF_WIDTH = 30
_THICKEST_RULE = 12
_EVEN = 1.35
_WORD_WHITE = 0.5
_CELL_WHITE = 0.7
_PADDING = 0.13
"""The share of a recognised box above and below its type."""
_BROKEN_NUMBER = re.compile(r"(?<=\d[,，.]) (?=\d)")


def is_installed() -> bool:
    """Whether the extra `ocr` is installed."""
    return extras.is_installed("ocr")


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 2})


def page_of_picture(picture: Any, number: int, dots_an_inch: float = DOTS_AN_INCH) -> Page:
    """What is printed on a picture.

    Args:
        picture: Its points as an array of rows, columns and blue, green, red.
        number: The number of the page, from 1.
        dots_an_inch: How finely it was scanned; only the page's size in points depends on it.

    Returns:
        Lines in reading order with their confidence, and the rules of tables.
    """
    picture = _of_fitting_size(picture)
    high, wide = picture.shape[:2]
    found = _recognised(picture)
    angle = _angle(found)
    if abs(angle) > _CROOKED:
        picture = _turned(picture, angle)
        found = _recognised(picture)
    else:
        angle = 0.0
    lines = [part for each in found for part in _parted(_line(*each, wide, high, angle))]
    lines = with_dashes(_of_even_size(lines), picture)
    ordered = [line for column in columns_in_order(lines) for line in column]
    scale = _POINTS / dots_an_inch
    return Page(number, ordered, _rules(picture), wide * scale, high * scale)


def _recognised(picture: Any) -> list[tuple[Any, str, float, Any]]:
    """Box, text, confidence and boxes of the words of every line that is sure enough."""
    result = _engine()(picture, return_word_box=True, text_score=_LEAST_CONFIDENCE)
    if result.boxes is None or result.txts is None:
        return []
    words = result.word_results or [()] * len(result.txts)
    return list(zip(result.boxes, result.txts, result.scores, words, strict=True))


def _of_fitting_size(picture: Any) -> Any:
    import cv2

    longest = max(picture.shape[:2])
    if longest <= _LONGEST_SIDE:
        return picture
    share = _LONGEST_SIDE / longest
    return cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)


def _angle(found: Sequence[tuple[Any, str, float, Any]]) -> float:
    """How far the lines are turned, in radians: the median of the long ones."""
    angles = []
    for box, text, _, _ in found:
        (ax, ay), (bx, by) = box[0], box[1]
        if len(text) >= 8 and abs(bx - ax) > 1:
            angles.append(math.atan2(by - ay, bx - ax))
    angle = median(angles) if angles else 0.0
    return angle if abs(angle) < _MOST_CROOKED else 0.0


def _turned(picture: Any, angle: float) -> Any:
    import cv2

    high, wide = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), math.degrees(angle), 1.0)
    return cv2.warpAffine(picture, matrix, (wide, high), borderValue=(255, 255, 255))


def _line(box: Any, text: str, score: float, words: Any, wide: int, high: int, angle: float) -> Line:
    xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
    left, right, top, bottom = min(xs) / wide, max(xs) / wide, min(ys) / high, max(ys) / high
    size = (bottom - top) * 0.75
    text = paired(_BROKEN_NUMBER.sub("", text))
    return Line(
        text, left, right, top, bottom, size, high / wide, confidence=round(float(score), 3),
        words=tuple(_words(text, words, wide, high, (left, right, top, bottom))),
        printed=_on_the_original((left, top, right, bottom), wide, high, angle),
    )  # fmt: skip


def _on_the_original(
    box: tuple[float, float, float, float], wide: int, high: int, angle: float
) -> tuple[float, float, float, float] | None:
    """Where a box of the straightened picture stands on the picture as it was."""
    if not angle:
        return None
    left, top, right, bottom = box
    corners = []
    for x, y in ((left, top), (right, top), (right, bottom), (left, bottom)):
        across, down = (x - 0.5) * wide, (y - 0.5) * high
        corners.append(
            (
                (across * math.cos(angle) - down * math.sin(angle)) / wide + 0.5,
                (across * math.sin(angle) + down * math.cos(angle)) / high + 0.5,
            )
        )
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def _words(
    text: str, found: Any, wide: int, high: int, edges: tuple[float, float, float, float]
) -> list[Word]:
    """The words of a line with the places of their characters."""
    left, right, top, bottom = edges
    places: list[tuple[float, float]] = []
    characters = ""
    for piece, _, box in found or ():
        start, end = min(x for x, _ in box) / wide, max(x for x, _ in box) / wide
        step = (end - start) / max(len(piece), 1)
        places += [(start + n * step, start + (n + 1) * step) for n in range(len(piece))]
        characters += piece
    flat = "".join(text.split())
    if paired("".join(characters.split())) != flat or len(places) != len(flat):
        step = (right - left) / max(len(text), 1)
        every = [(left + n * step, left + (n + 1) * step) for n in range(len(text))]
        places = [place for place, character in zip(every, text, strict=True) if not character.isspace()]
    words, at = [], 0
    padding = _PADDING * (bottom - top)
    top, bottom = top + padding, bottom - padding
    white = _WORD_WHITE * (bottom - top) * high / wide
    for word in text.split():
        own = places[at : at + len(word)]
        at += len(word)
        cuts = [n for n in range(1, len(own)) if own[n][0] - own[n - 1][1] > white]
        for start, end in pairwise([0, *cuts, len(word)]):
            middles = tuple((a + b) / 2 for a, b in own[start:end])
            words.append(Word(word[start:end], own[start][0], own[end - 1][1], top, bottom, middles))
    return words


def _parted(line: Line) -> list[Line]:
    """A line that was recognised over the white between two cells or columns, in its parts."""
    white = _CELL_WHITE * (line.bottom - line.top) * line.shape
    parts: list[list[Word]] = []
    for word in line.words:
        if parts and word.left - parts[-1][-1].right <= white:
            parts[-1].append(word)
        else:
            parts.append([word])
    if len(parts) < 2:
        return [line]
    return [
        replace(
            line, text=" ".join(word.text for word in part), left=part[0].left, right=part[-1].right,
            words=tuple(part), printed=None,
        )
        for part in parts
    ]  # fmt: skip


def _of_even_size(lines: Sequence[Line]) -> list[Line]:
    """Lines whose type is about as large as that of most are as large: boxes of recognition are never even."""
    if not lines:
        return []
    usual = median(line.size for line in lines for _ in line.text)
    return [
        replace(line, size=usual) if usual / _EVEN < line.size < usual * _EVEN else line for line in lines
    ]


def _rules(picture: Any) -> list[Rule]:
    """Level and upright rules of a picture: dark runs that are long and thin."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    high, wide = dark.shape
    found = []
    for level in (True, False):
        least = max(20, (wide if level else high) // _SHARE_OF_WIDTH)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (least, 1) if level else (1, least))
        thick = cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3))
        runs = cv2.dilate(cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel), thick)
        contours, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            x, y, w, h = cv2.boundingRect(contour)
            if level and h <= _THICKEST_RULE:
                found.append(Rule(True, (y + h / 2) / high, x / wide, (x + w) / wide))
            elif not level and w <= _THICKEST_RULE:
                found.append(Rule(False, (x + w / 2) / wide, y / high, (y + h) / high))
    return found
