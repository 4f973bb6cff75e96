"""What every page repeats and no text holds: running heads, page numbers, the masthead of a newspaper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from corpus.layout.cells import is_figure
from corpus.layout.page import Line, Page

_MARGIN = 0.1
_EDGE_LINES = 3
_ROWS_APART = 3.0
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–·•/|]*\s*(?:\d{1,4}|[IVXivx]{1,6}|\d{1,3}-\d{1,4})\s*[-—–·•/|]*|"
    r"第\s*\d{1,4}\s*[页版](?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|"
    r"[Pp]age\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4})$"
)
_BROWSER = re.compile(
    r"^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+(?:[上下]午\s*)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?(?:\s|$)|"
    r"^(?:https?|file)://\S+(?:\s+\d{1,4}\s*/\s*\d{1,4})?$"
)
"""What a browser prints over and under a page: the time and the page's title, the address and the page's number."""
_BESIDE_NUMBER = re.compile(r"^[-—–]{1,3}$")
"""The dashes before and behind a page's number, where recognition reads them apart from it."""
_MASTHEAD = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日.{0,12}(?:星期|版|期)")


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Pages without page numbers, and without margin lines that come again on half of the pages."""
    edges = [_edge_lines(page) for page in pages]
    seen = Counter(key for lines in edges for key in {_running_key(line) for line in lines.values()})
    often = max(3, len(pages) / 2.5) if len(pages) > 3 else max(2, len(pages))
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        others = [other for other in edges if other is not edge]
        gone = {
            number
            for number, line in edge.items()
            if not _is_cell(line, page)
            and (
                _is_alone_furniture(line)
                or (
                    seen[_running_key(line)] >= often
                    and _stays_in_place(line, others)
                    and not _is_head_of_table(line, page)
                )
            )
        }
        kept.append(page.with_lines([line for at, line in enumerate(page.lines) if at not in gone]))
    return kept


def date_of_masthead(pages: Sequence[Page]) -> str:
    """The day that a newspaper prints over its pages ("2026年3月2日 星期一"), or empty."""
    for page in pages:
        for line in page.lines:
            match = _MASTHEAD.search(line.text) if _in_margin(line) else None
            if match:
                return "-".join(match.groups())
    return ""


def _edge_lines(page: Page) -> dict[int, Line]:
    """The lines in the upper and lower margin, and the outermost lines, by their number on the page."""
    by_height = sorted(range(len(page.lines)), key=lambda number: page.lines[number].top)
    outermost = {*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]}
    return {
        number: line
        for number, line in enumerate(page.lines)
        if _in_margin(line) or (number in outermost and (line.bottom < 0.12 or line.top > 0.88))
    }


def _is_alone_furniture(line: Line) -> bool:
    """Whether a line needs no other page to be known: a masthead, a page number, what a browser prints."""
    if _MASTHEAD.search(line.text):
        return True
    kinds = (_PAGE_NUMBER, _BROWSER, _BESIDE_NUMBER)
    return _in_margin(line) and any(kind.match(line.text) for kind in kinds)


def _stays_in_place(line: Line, others: Sequence[dict[int, Line]]) -> bool:
    """Whether the line stands at the same height on half of the other pages that hold it."""
    key = _running_key(line)
    holding = [lines for edge in others if (lines := [o for o in edge.values() if _running_key(o) == key])]
    near = sum(any(abs(other.top - line.top) < 0.02 for other in lines) for lines in holding)
    return near * 2 >= len(holding)


def _is_cell(line: Line, page: Page) -> bool:
    """Whether a bare figure is one of a table's: others stand in its row, and a figure over or under it."""
    if not is_figure(line.text):
        return False
    row = [
        other for other in page.lines if other is not line and abs(_middle(other) - _middle(line)) < line.size
    ]
    near = [
        other
        for other in page.lines
        if line.size <= abs(_middle(other) - _middle(line)) < _ROWS_APART * line.size
        and is_figure(other.text)
    ]
    return bool(row) and any(
        min(abs(other.left - line.left), abs(other.right - line.right)) < line.em for other in near
    )


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _is_head_of_table(line: Line, page: Page) -> bool:
    """Whether a line at the edge of a page is the head of a table, which comes again on every page of it."""
    middle = _middle(line)
    upright = sum(not rule.level and rule.start <= middle <= rule.end for rule in page.rules)
    gaps = sum(b.left - a.right > line.em for a, b in pairwise(line.words))
    return upright >= 2 or gaps >= 2


def _in_margin(line: Line) -> bool:
    return line.bottom < _MARGIN or line.top > 1 - _MARGIN


def _running_key(line: Line) -> str:
    return re.sub(r"\d+|[一二三四五六七八九十]+|\s+", "#", line.text)
