"""From the lines of printed pages to paragraphs: columns in reading order, running heads dropped.

All places are shares of the page: x from the left edge, y from the top edge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.block import Block, BlockKind

_MARGIN = 0.09
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–·]?\s*\d{1,4}\s*[-—–·]?|第\s*\d{1,4}\s*[页版](?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|"
    r"[Pp]age\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})$"
)
_MASTHEAD = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日.{0,12}(?:星期|版|期)")
_LEAST_LINES_OF_COLUMN = 3
_LEAST_COLUMN_CHARACTERS = 6
_LARGER = 1.22
_LONGEST_HEADING = 45


@dataclass(frozen=True)
class Line:
    """A run of text on one base line; `shape` is the page's height over its width."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    shape: float = 1.414

    @property
    def size(self) -> float:
        """Height of the type as a share of the page's height."""
        return self.bottom - self.top

    @property
    def em(self) -> float:
        """Width of one Chinese character of this size, as a share of the page's width."""
        return self.size * self.shape


def blocks_of_pages(pages: Sequence[Sequence[Line]]) -> tuple[str, list[Block]]:
    """Title (the largest type of the first page, or empty) and blocks of all pages."""
    kept = _without_running_heads(pages)
    sizes = [line.size for lines in kept for line in lines for _ in line.text]
    if not sizes:
        return "", []
    body = median(sizes)
    title = _title(kept[0], body) if kept else []
    blocks: list[Block] = []
    for lines in kept:
        for column in columns_in_order([line for line in lines if line not in title]):
            blocks += _paragraphs(column, body)
    return "".join(line.text for line in title), blocks


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without page numbers, and without margin lines that come again on half of the pages."""
    seen = Counter(
        key for lines in pages for key in {_running_key(line) for line in lines if _in_margin(line)}
    )
    often = max(3, len(pages) / 2)
    return [
        [
            line
            for line in lines
            if not (
                _in_margin(line)
                and (
                    _PAGE_NUMBER.match(line.text)
                    or _MASTHEAD.search(line.text)
                    or seen[_running_key(line)] >= often
                )
            )
        ]
        for lines in pages
    ]


def date_of_masthead(pages: Sequence[Sequence[Line]]) -> str:
    """The day that a newspaper prints over its pages ("2026年3月2日 星期一"), or empty."""
    for lines in pages:
        for line in lines:
            match = _MASTHEAD.search(line.text) if _in_margin(line) else None
            if match:
                return "-".join(match.groups())
    return ""


def _in_margin(line: Line) -> bool:
    return line.bottom < _MARGIN or line.top > 1 - _MARGIN


def _running_key(line: Line) -> str:
    return re.sub(r"\d+|[一二三四五六七八九十]+", "#", line.text)


def _title(lines: list[Line], body: float) -> list[Line]:
    """The lines of the largest type, when it is larger than the body's and stands in one place."""
    if not lines:
        return []
    largest = max(line.size for line in lines)
    if largest < body * 1.3:
        return []
    of_that_size = sorted((line for line in lines if line.size > largest * 0.9), key=lambda line: line.top)
    title = of_that_size[:1]
    for line in of_that_size[1:]:
        if line.top - title[-1].bottom < 1.2 * line.size:
            title.append(line)
    return title if sum(len(line.text) for line in title) <= 80 else []


def columns_in_order(lines: list[Line]) -> list[list[Line]]:
    """Runs of lines in reading order, each from one column.

    A gutter is a vertical strip that few lines cross. The lines that cross it (a headline over both
    columns) cut the page into bands; in each band the left column is read before the right one.
    """
    gutter = _gutter(lines)
    if gutter is None:
        return (
            [sorted(lines, key=lambda line: (round(line.top / max(line.size, 1e-6) * 2), line.left))]
            if lines
            else []
        )
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


def _gutter(lines: list[Line]) -> float | None:
    """Where the widest gutter lies, or None when the lines stand in one column."""
    if len(lines) < 2 * _LEAST_LINES_OF_COLUMN:
        return None
    em = median(line.em for line in lines)
    best: tuple[float, float] | None = None
    for x in sorted({round(line.right, 3) for line in lines}):
        x += em * 0.2
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < _LEAST_LINES_OF_COLUMN or crossing > 0.15 * len(lines):
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


def _paragraphs(column: list[Line], body: float) -> list[Block]:
    """Blocks of one column; a line that ends early or one that starts indented parts paragraphs."""
    rows = _rows(column)
    if not rows:
        return []
    # Most lines are full; the commonest edges are the column's.
    left = min(Counter(round(row.left, 2) for row in rows).most_common(2), key=lambda pair: pair[0])[0]
    right = max(row.right for row in rows)
    pitch = median([after.top - before.top for before, after in pairwise(rows)] or [0.0])
    blocks: list[Block] = []
    before: Line | None = None
    for row in rows:
        larger = row.size > body * _LARGER and len(row.text) <= _LONGEST_HEADING
        starts = (
            before is None
            or larger
            or before.size > body * _LARGER
            or row.left > left + 1.2 * row.em
            or before.right < right - 1.5 * before.em
            or (pitch > 0 and row.top - before.top > 1.7 * pitch)
        )
        if (
            larger
            and before is not None
            and blocks[-1].kind is BlockKind.HEADING
            and row.top - before.bottom < row.size
        ):
            blocks[-1].text = _glue(blocks[-1].text, row.text)
        elif larger:
            blocks.append(Block(BlockKind.HEADING, row.text, 2))
        elif starts:
            blocks.append(Block(BlockKind.PARAGRAPH, row.text))
        else:
            blocks[-1].text = _glue(blocks[-1].text, row.text)
        before = row
    return blocks


def _rows(column: list[Line]) -> list[Line]:
    """Pieces that share a base line (a change of font, the cells of a table) as one line."""
    rows: list[Line] = []
    for line in column:
        last = rows[-1] if rows else None
        if last is not None and abs((last.top + last.bottom) - (line.top + line.bottom)) < min(
            last.size, line.size
        ):
            apart = line.left - last.right > 0.8 * last.em
            text = f"{last.text} {line.text}" if apart else _glue(last.text, line.text)
            rows[-1] = Line(
                text, min(last.left, line.left), max(last.right, line.right),
                min(last.top, line.top), max(last.bottom, line.bottom), last.shape,
            )  # fmt: skip
        else:
            rows.append(line)
    return rows


def _glue(before: str, after: str) -> str:
    """Two lines as one: a hyphen at the end of a Latin line goes, a space parts two Latin words."""
    if re.search(r"[A-Za-z]-$", before) and re.match(r"[a-z]", after):
        return before[:-1] + after
    parted = before[-1:].isascii() and after[:1].isascii() and before[-1:].isalnum() and after[:1].isalnum()
    digits = before[-1:].isdigit() and after[:1].isdigit()
    return f"{before} {after}" if parted and not digits else before + after
