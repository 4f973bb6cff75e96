"""From an article to its passages: whole sentences of one section, up to a length that is good to cite."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from typing import NamedTuple

from pydantic import BaseModel

from corpus.grid import unit_in
from corpus.language.sentences import Span, cut_positions, is_inside, protected_spans, sentence_spans
from corpus.language.times import years_of
from corpus.model import Article, Passage, Section
from corpus.outline import lead_of, provisions_between
from corpus.table import BETWEEN_CELLS, is_head_row, is_row
from corpus.time_reader import TimeReader

_ANNOUNCES = ("：", ":")
_LONGEST_NAME = 40
_FAR_ABOVE = 120
_MOST_GROUP_LINES = 2
_ENDS = ("。", "；", "！", "？", "，")
_ITEM = re.compile(
    r"(?:[（(][一二三四五六七八九十百\d]{1,4}[）)]|[一二三四五六七八九十]{1,3}[、是]|第[一二三四五六七八九十]{1,3}[，,、]|"
    r"\d{1,2}(?:[、）)]|[.．](?!\d))|[①-⑳]|[-•·●■◆▲*]\s?)"
)


_POINT = re.compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}(?:[．、]|\.(?!\d)))\s*[^\d。：:；;！？!?\n“”]{4,36}。"
)
"""How a point begins that begins with its heading: "（二）加大稳岗支持力度。"."""


class _Piece(NamedTuple):
    """A span that is kept whole, and what announces the list it goes on with: its lead, or a table's head."""

    start: int
    end: int
    lead: str


class Splitter(BaseModel):
    """Sizes in characters. `version` changes whenever the same sizes would cut differently."""

    target: int = 260
    longest: int = 420
    version: int = 8

    @property
    def fingerprint(self) -> str:
        """What an index remembers, so that passages of two splitters are never mixed."""
        return f"sentences-v{self.version}-{self.target}-{self.longest}"

    def split(self, article: Article) -> list[Passage]:
        """The passages of `article` in order; together they hold every sentence exactly once."""
        passages: list[Passage] = []
        times = TimeReader(article)
        heads = _TableHeads(article)
        for section in article.sections:
            for start, end, lead in self._groups(article, section):
                text = article.text[start:end]
                path = [*section.path, *_provision(article.text, start, end)]
                lead = heads.lead(start, end, lead) or _list_lead(article.text, start, lead)
                digest = hashlib.sha256("\n".join([*path, lead, text]).encode()).hexdigest()[:8]
                periods = times.of_span(section, start, end)
                passages.append(
                    Passage(
                        id=f"{article.id}-{len(passages):04d}-{digest}",
                        article_id=article.id,
                        position=len(passages),
                        text=text,
                        heading_path=path,
                        start=start,
                        end=end,
                        years=years_of(periods),
                        periods=[str(period) for period in periods],
                        lead=lead,
                    )
                )
        return passages

    def _groups(self, article: Article, section: Section) -> list[_Piece]:
        text = article.text
        groups: list[_Piece] = []
        for piece in self._pieces(text, sentence_spans(text, section.start, section.end)):
            if groups and self._fits(text, (groups[-1].start, groups[-1].end), piece.end):
                groups[-1] = groups[-1]._replace(end=piece.end)
            else:
                groups.append(piece)
        return groups

    def _pieces(self, text: str, spans: list[Span]) -> list[_Piece]:
        """Sentences, long ones cut; a list with the sentence that announces it is one piece where it is short enough.

        A row of a table is led by the table's head.
        """
        pieces: list[_Piece] = []
        number = 0
        head = point = ""
        while number < len(spans):
            line = text[slice(*spans[number])]
            if is_row(line):
                after = number + 1
                while after < len(spans) and not _begins_line(text, spans[after][0]):
                    after += 1
                pieces += self._cut_row(text, (spans[number][0], spans[after - 1][1]), head)
                head = head or (line if is_head_row(line) else "")
                number = after
                continue
            head = ""
            after = _end_of_list(text, spans, number)
            start, end = spans[number][0], spans[after - 1][1]
            if after > number + 1 and end - start <= self.longest:
                pieces.append(_Piece(start, end, ""))
            else:
                lead = line.rpartition("\n")[2] if after > number + 1 else ""
                if _begins_line(text, start):
                    point = line if _POINT.fullmatch(line) else ""
                for at in range(number, after):
                    announced = lead if at > number else ""
                    _add(pieces, self._cut_long(text, spans[at]), announced, point, text)
            number = after
        return pieces

    def _cut_row(self, text: str, span: Span, head: str) -> list[_Piece]:
        """A row of a table; one that is too long is cut between its cells, and its later parts are led by its name too."""
        cuts = self._cut_long(text, span)
        name = text[slice(*span)].split(BETWEEN_CELLS, 1)[0][:_LONGEST_NAME]
        later = "\n".join(part for part in (head, name) if part)
        return [_Piece(*cut, later if number else head) for number, cut in enumerate(cuts)]

    def _fits(self, text: str, group: Span, end: int) -> bool:
        length = end - group[0]
        if length > self.longest:
            return False
        # A paragraph's end is a good place to stop once there is enough.
        return length <= self.target or (group[1] - group[0] < self.target // 2)

    def _cut_long(self, text: str, span: Span) -> list[Span]:
        """A sentence longer than `longest` cut between cells, at its semicolons, then commas, then anywhere allowed."""
        start, end = span
        pieces: list[Span] = []
        while end - start > self.longest:
            window = text[start : start + self.longest]
            cut = next(
                (
                    cuts[-1]
                    for marks in ("|", "。；;", "，,", "、")
                    if (cuts := cut_positions(window, marks)) and cuts[-1] > self.longest // 3
                ),
                0,
            )
            if not cut:
                cut = self._any_cut(text[start : min(end, start + 2 * self.longest)])
            pieces.append((start, start + cut))
            start += cut
        pieces.append((start, end))
        return pieces

    def _any_cut(self, window: str) -> int:
        protected = protected_spans(window)
        for cut in range(min(self.longest, len(window) - 1), 0, -1):
            if not is_inside(cut, protected):
                return cut
        return min(self.longest, len(window))


class _TableHeads:
    """What stands above the rows of an article's tables and belongs to each: caption and unit."""

    def __init__(self, article: Article) -> None:
        self._tables = article.layout.tables
        self._starts = [table.start for table in self._tables]
        self._text = article.text
        self._groups: dict[int, list[tuple[int, list[str]]]] = {}

    def lead(self, start: int, end: int, lead: str) -> str:
        """The lead of a passage whose first line is a row: the table's caption and unit where the passage lacks them, then `lead`."""
        number = bisect_right(self._starts, start) - 1
        table = self._tables[number] if number >= 0 else None
        if table is None or start >= table.end:
            return ""
        caption, named_unit = table.caption, table.unit
        if not caption:
            caption, named_unit = self._named_above(table.start, named_unit)
        unit = f"单位：{named_unit}" if named_unit and named_unit not in caption else ""
        if number not in self._groups:
            self._groups[number] = _groups_in(self._text, table.start, table.end)
        groups = self._groups[number]
        inside = groups[max(0, bisect_right(groups, start, key=lambda group: group[0]) - 1)][1]
        if any(unit_in(line) for line in inside):
            # What has a unit of its own is another table, printed as a part of this one.
            caption = unit = ""
        above = " ".join(part for part in (caption, unit, *inside) if part)
        return "\n".join(part for part in (above, lead) if part)

    def _named_above(self, start: int, unit: str) -> tuple[str, str]:
        """The caption and unit of a table that stand above it as plain lines: "2012年末存贷款" and "单位：亿元"."""
        lines = self._text[max(0, start - _FAR_ABOVE) : start].rstrip("\n").split("\n")
        if own := unit_in(lines[-1]):
            unit = unit or own
            lines.pop()
        caption = lines[-1].strip() if len(lines) > 1 else ""
        is_name = len(caption) <= _LONGEST_NAME and not caption.endswith(_ENDS) and not is_row(caption)
        return caption if is_name else "", unit


def _groups_in(text: str, start: int, end: int) -> list[tuple[int, list[str]]]:
    """Where the rows of the parts of a table begin, each with the lines over the whole width that name it."""
    found: list[tuple[int, list[str]]] = [(start, [])]
    lines: list[str] = []
    at = start
    for line in text[start:end].split("\n"):
        if not is_row(line):
            lines.append(line)
        elif lines:
            found.append(
                (at, [each for each in lines if 0 < len(each) <= _LONGEST_NAME][-_MOST_GROUP_LINES:])
            )
            lines = []
        at += len(line) + 1
    return found


def _provision(text: str, start: int, end: int) -> list[str]:
    """The 条 that a passage stands in, as the last of its headings; none where it holds several, which it names itself."""
    found = provisions_between(text, start, end)
    return [found[0].label] if len(found) == 1 else []


def _list_lead(text: str, start: int, lead: str) -> str:
    """What announces the list that a passage goes on with, also where it was announced some passages before."""
    return lead or lead_of(text, start)


def _add(pieces: list[_Piece], cuts: list[Span], announced: str, point: str, text: str) -> None:
    """Add the cuts of a sentence; what stands under the heading of a point is led by it, and the heading is no piece of its own."""
    if point and text[slice(*cuts[0])] != point:
        if pieces and text[pieces[-1].start : pieces[-1].end] == point:
            cuts = [(pieces.pop().start, cuts[0][1]), *cuts[1:]]
            pieces.append(_Piece(*cuts[0], ""))
            cuts = cuts[1:]
        announced = announced or point
    pieces += [_Piece(*cut, announced) for cut in cuts]


def _end_of_list(text: str, spans: list[Span], first: int) -> int:
    """The number after the last sentence of the list that sentence `first` announces; `first + 1` when it is none."""
    start, end = spans[first]
    if not text[start:end].endswith(_ANNOUNCES):
        return first + 1
    after = first + 1
    while after < len(spans):
        begin = spans[after][0]
        if _begins_line(text, begin) and not _ITEM.match(text, begin):
            break
        after += 1
    has_items = after > first + 1 and _ITEM.match(text, spans[first + 1][0])
    return after if has_items else first + 1


def _begins_line(text: str, position: int) -> bool:
    return "\n" in text[max(0, position - 2) : position] or position == 0
