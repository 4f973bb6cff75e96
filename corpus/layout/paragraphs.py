"""From lines in reading order to headings and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from corpus.block import Block, BlockKind, Mark
from corpus.layout.page import Line, Page, glue
from corpus.layout.placed import PlacedTable
from corpus.layout.tables import bodies_of
from corpus.repair import is_cut_between

_LARGER = 1.15
_LONGEST_HEADING = 45
_LONGEST_TITLE = 80
_TITLE_LINES_APART = 1.6
_SMALLER = 0.93
_UPPER_HALF = 0.4
_NOTE = re.compile(r"^(?:\d{1,2}[\s\u3000]*[^\d\s.．、,%）)]|\[\d{1,2}\]|[①-⑳]|\*\s*\S|注\s*[\d:：])")
_SENTENCE_ENDS = tuple("。；;，,、：:！？!?")
_SENTENCE = re.compile(r"[。；;！？!?]")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百\d]{1,4}[章节编篇部分]{1,2}|"
    r"\d{1,2}(?:\.\d{1,2}){1,3}\s|\d{1,2}[.、．](?!\d))"
)
_FULL_SHARE = 1.6
"""A line that ends less than so many characters before the column's edge is full."""
_LEAST_FULL = 3
_LONG_LINE = 30
"""Characters of a line that tells the edge of its column alone."""
_LEAST_TEXT = 100
_RIGHT_PART = 0.4
_NARROW = 10
"""A column of fewer characters is rows or names rather than running text."""


@dataclass
class _Run:
    """Lines that follow each other downwards in one column, or a table."""

    page: int
    lines: list[Line] = field(default_factory=list)
    left: float = 0.0
    right: float = 1.0
    table: PlacedTable | None = None
    is_notes: bool = False
    has_edge: bool = False
    """Whether enough lines end at `right` to know that those which do are full."""

    def takes(self, line: Line) -> bool:
        """Whether the line stands below the run's last one, in the same column."""
        last = self.lines[-1]
        below = line.top > last.top - 0.3 * last.size and line.bottom > last.bottom
        beside = min(line.right, self.right) - max(line.left, self.left)
        return below and beside > 0.5 * min(line.right - line.left, self.right - self.left)

    def add(self, line: Line) -> None:
        """Add a line and widen the column."""
        self.lines.append(line)
        self.left = min(each.left for each in self.lines)
        self.right = max(each.right for each in self.lines)


_Paragraph = list[tuple[_Run, Line]]


def blocks_of_pages(pages: Sequence[Page]) -> tuple[str, list[Block]]:
    """Title (the largest type of the first page, or empty) and blocks of all pages."""
    bodies = bodies_of(pages)
    body = _body_size(pages, bodies)
    if not body:
        return "", []
    title = _title([item for item in bodies[0] if isinstance(item, Line)], body)
    runs = [
        run
        for page, items in zip(pages, bodies, strict=True)
        for run in _runs(page, items, title, _notes(page, body))
    ]
    _set_edges([run for run in runs if run.lines])
    paragraphs = _paragraphs(runs, body)
    bold = _is_mostly_bold(pages)
    blocks: list[Block] = []
    for paragraph in paragraphs:
        blocks += (
            paragraph.blocks() if isinstance(paragraph, PlacedTable) else [_block(paragraph, body, bold)]
        )
    return "".join(line.text for line in title), blocks


def _paragraphs(runs: Sequence[_Run], body: float) -> list[_Paragraph | PlacedTable]:
    """Lines that go on with each other; the notes under a page follow the paragraph that runs on over them."""
    paragraphs: list[_Paragraph | PlacedTable] = []
    notes: list[_Paragraph] = []
    for run in runs:
        if run.table is not None:
            paragraphs += [*notes, run.table]
            notes = []
        for line in run.lines:
            into = notes if run.is_notes else paragraphs
            last = into[-1] if into else None
            marked = run.is_notes and _NOTE.match(line.text)
            if isinstance(last, list) and not marked and _goes_on(last[-1], run, line, body):
                last.append((run, line))
            elif run.is_notes:
                notes.append([(run, line)])
            else:
                paragraphs += [*notes, [(run, line)]]
                notes = []
    return [*paragraphs, *notes]


def _notes(page: Page, body: float) -> set[int]:
    """The notes at the foot of a page: lines of small type below all others, the first with a number."""
    size = _SMALLER * body
    floor = max((line.bottom for line in page.lines if line.size > size), default=0.0)
    below = sorted((line for line in page.lines if line.top > floor - 0.002), key=lambda line: line.top)
    first = next((n for n, line in enumerate(below) if _NOTE.match(line.text)), None)
    if first is None or not below or below[first].top < _UPPER_HALF:
        return set()
    return {id(line) for line in below[first:]}


def _body_size(pages: Sequence[Page], bodies: Sequence[Sequence[Line | PlacedTable]]) -> float:
    """The commonest size of type; that of the text where tables of smaller type are longer than it."""
    text = [line for items in bodies for line in items if isinstance(line, Line)]
    whole = _commonest_size([line for page in pages for line in page.lines])
    if sum(len(line.text) for line in text) < _LEAST_TEXT:
        return whole
    return max(whole, _commonest_size(text))


def _commonest_size(lines: Sequence[Line]) -> float:
    """The commonest size of type, 0 without any text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 4)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _title(lines: list[Line], body: float) -> list[Line]:
    """The lines of the largest type, when it is larger than the body's and stands in one place."""
    if not lines:
        return []
    largest = max(line.size for line in lines)
    if largest < body * 1.2:
        return []
    of_that_size = sorted((line for line in lines if line.size > largest * 0.95), key=lambda line: line.top)
    title = of_that_size[:1]
    for line in of_that_size[1:]:
        if line.top - title[-1].bottom < _TITLE_LINES_APART * line.size:
            title.append(line)
    return title if sum(len(line.text) for line in title) <= _LONGEST_TITLE else []


def _runs(
    page: Page, items: Sequence[Line | PlacedTable], title: Sequence[Line], notes: set[int]
) -> list[_Run]:
    runs: list[_Run] = []
    for item in items:
        if isinstance(item, PlacedTable):
            runs.append(_Run(page.number, table=item))
            continue
        if any(item is part for part in title):
            continue
        is_note = id(item) in notes
        last = runs[-1] if runs else None
        if last is None or last.table is not None or last.is_notes != is_note or not last.takes(item):
            runs.append(_Run(page.number, [], item.left, item.right, is_notes=is_note))
        runs[-1].add(item)
    return runs


def _set_edges(runs: Sequence[_Run]) -> None:
    """The edges of each run's column: those of the most lines that begin where it does, on any page."""
    for run in runs:
        run.has_edge = _has_edge(run, run.right)
    for run in runs:
        alike = [
            other
            for other in runs
            if min(other.right, run.right) - max(other.left, run.left) > 0.8 * (run.right - run.left)
        ]
        if len(run.lines) < 5 and alike:
            longest = max(alike, key=lambda other: len(other.lines))
            if len(longest.lines) > len(run.lines):
                run.left, run.right = min(run.left, longest.left), max(run.right, longest.right)
                run.has_edge = _has_edge(longest, run.right)
    for run in runs:
        starts = Counter(round(line.left, 2) for line in run.lines).most_common(2)
        run.left = (
            min(run.left + 0.0, *(left for left, _ in starts))
            if len(run.lines) < 5
            else min(left for left, _ in starts)
        )


def _has_edge(run: _Run, right: float) -> bool:
    """Whether several lines of a run that begin on its left reach the edge `right`."""
    full = [line for line in run.lines if line.right >= right - _FULL_SHARE * line.em]
    full = [line for line in full if not _stands_right(run, line)]
    return len(full) >= _LEAST_FULL or any(len(line.text) >= _LONG_LINE for line in full)


def _stands_right(run: _Run, line: Line) -> bool:
    """Whether a line begins in the right part of its column, as a signature or a day does."""
    return line.left > run.left + _RIGHT_PART * (run.right - run.left)


def _block(paragraph: Sequence[tuple[_Run, Line]], body: float, bold: bool) -> Block:
    """A paragraph's lines as one block: a heading where its type or its number says so."""
    block = Block(BlockKind.PARAGRAPH, "")
    for run, line in paragraph:
        mark = Mark(0, run.page, line.box, line.confidence)
        block = block.followed_by(Block(block.kind, line.text, marks=[mark]), glue(block.text, line.text))
    lines = [line for _, line in paragraph]
    if len(block.text) <= _LONGEST_HEADING and not block.text.endswith(_SENTENCE_ENDS):
        if all(_is_large(line, body) for line in lines):
            return replace(block, kind=BlockKind.HEADING, level=2)
        if _NUMBERED.match(block.text) and not _SENTENCE.search(block.text):
            return replace(block, kind=BlockKind.HEADING, level=3)
        if not bold and all(line.bold for line in lines) and not _SENTENCE.search(block.text):
            return replace(block, kind=BlockKind.HEADING, level=3)
    return block


def _is_mostly_bold(pages: Sequence[Page]) -> bool:
    lines = [line for page in pages for line in page.lines]
    return sum(len(line.text) for line in lines if line.bold) * 3 > sum(len(line.text) for line in lines)


def _is_large(line: Line, body: float) -> bool:
    return line.size > body * _LARGER and len(line.text) <= _LONGEST_HEADING


def _is_cut(last: Line, line: Line) -> bool:
    """Whether the words of two lines alone say that they are one sentence."""
    before, after = (Block(BlockKind.PARAGRAPH, each.text) for each in (last, line))
    return is_cut_between(before, after)


def _goes_on(before: tuple[_Run, Line], run: _Run, line: Line, body: float) -> bool:
    """Whether `line` goes on with the paragraph or heading that the line before it belongs to."""
    last_run, last = before
    large = _is_large(last, body)
    if large != _is_large(line, body):
        return False
    if large:
        return (
            last_run is run
            and line.top - last.bottom < line.size
            and abs(line.size - last.size) < 0.1 * line.size
        )
    if last.text.endswith("。") and _NUMBERED.match(line.text):
        return False
    indented = line.left > run.left + 1.2 * line.em
    if indented or last.right < last_run.right - _FULL_SHARE * last.em or _stands_right(last_run, last):
        return False
    is_narrow = last_run.right - last_run.left < _NARROW * last.em
    if (is_narrow or not last_run.has_edge) and not _is_cut(last, line):
        return False
    if last_run is not run:
        return True
    if len(last.text) <= _LONGEST_HEADING and last.bold != line.bold:
        return False
    pitches = [b.top - a.top for a, b in pairwise(run.lines) if b.top > a.top]
    pitch = median(pitches) if pitches else 0.0
    return not (pitch > 0 and line.top - last.top > 1.5 * pitch)
