"""The lines of a text as the beginnings of documents are looked for in them: which may be titles, and what stands around."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from corpus.block import Block, BlockKind
from corpus.labels import is_label
from corpus.language.normalize import clean_line, fold
from corpus.language.places import place_spans
from corpus.outline import mark_of
from corpus.titles import could_be_title, ends_in_kind, plain

_UNITS = "年度|年|月份|月|日|次|期|号|届|季度|批|辑|卷"
_IN_CHINESE = "〇○零一二三四五六七八九十百"
_WHEN = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:[-./]\d{1,2}){1,2}(?!\d)"
    rf"|\d{{1,4}}\s*(?:{_UNITS})|[{_IN_CHINESE}]{{1,6}}\s*(?:{_UNITS})"
    r"|(?<!\d)(?:19|20)\d{2}(?!\d)|[上下]半年|前[一二三四1-4]个?季度|全年|1\s*[-—–~至]+\s*(?=\d{1,2}\s*月)"
)
"""What tells one of a series from another: a year, a day, a number with its unit, a part of the year."""
_DAY = r"(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*日?|\s*月)?"
LONE_DAY = re.compile(rf"^[(（\[【]?\s*{_DAY}\s*[)）\]】]?$")
_DAY_OF_SPEECH = re.compile(rf"^[—－―\-–(（\s]*{_DAY}\s*在.{{4,60}}会[议议]?上?[)）]?$")
_LABELLED_DAY = re.compile(rf"^[^\d。，；]{{0,12}}[:：]\s*{_DAY}")
_CAPTION = re.compile(r"^[图表]\s*[\d一二三四五六七八九十]|^单位[:：]")
ATTACHMENT = re.compile(r"^(?:附\s*[件录表图]|附[:：])")
_CONTENTS = re.compile(r"^目\s*[录次]$")
_QUOTES = ("《", "（", "(", "[", "【", "“")
_ENDS_OF_SERIES = ("纪要", "记录", "大事记", "动态", "专报", "信息", "要闻", "通讯", "要点", "综述", "分析")
"""How titles of series end besides with the kind of an official document."""
_COUNTED_STYLES = ("part", "chapter", "chinese", "article")
LONGEST_LINE, _LEAST_RUNNING_LINE = 160, 18
MOST_HEAD_LINES, MOST_TITLE_LINES, LINES_BELOW, _LINES_TO_FIRST_NUMBER = 12, 4, 4, 40
_LEAST_SHAPE, LEAST_SHAPE_UNDATED = 4, 6


@dataclass(frozen=True)
class Opening:
    """The lines `start:end` that may open a document.

    `shape` is their text without what tells one of a series from another, `key` just that; `days` are the days that
    stand below, `places` those that its text names. An opening without a `title` is the head of a document that prints
    none.
    """

    start: int
    end: int
    shape: str
    key: tuple[str, ...]
    days: tuple[str, ...] = ()
    title: str = ""
    places: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """How many characters of the title are neither a time nor a number of a series."""
        return len(self.shape) + sum(map(len, self.places))


@dataclass
class Lines:
    """The lines of a text as its beginnings are looked for; rows of tables are empty lines.

    `running[n]` counts the characters of running text in the first n lines, `numbers` holds for each style of top-level
    numbering the lines that begin with its marks, and their numbers.
    """

    texts: list[str]
    running: list[int] = field(default_factory=list)
    numbers: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> Lines:
        """The lines of blocks."""
        texts = [
            "" if block.kind is BlockKind.TABLE_ROW else clean_line(block.text[: 2 * LONGEST_LINE])
            for block in blocks
        ]
        sizes = (
            len(block.text) if is_running(text) else 0 for text, block in zip(texts, blocks, strict=True)
        )
        found = cls(texts, [0, *accumulate(sizes)])
        for number, text in enumerate(texts):
            mark = mark_of(text)
            if mark is not None and mark.style in _COUNTED_STYLES:
                places, counts = found.numbers.setdefault(mark.style, ([], []))
                places.append(number)
                counts.append(mark.number)
        return found

    def characters(self, start: int, end: int) -> int:
        """How many characters of running text stand in the lines `start:end`."""
        return self.running[min(end, len(self.texts))] - self.running[start]

    def starts_anew(self, number: int) -> bool:
        """Whether the numbering before a line, which had gone on, begins with one again below it."""
        return any(
            self._first_below(places, counts, number) and self._last_above(places, counts, number) > 1
            for places, counts in self.numbers.values()
        )

    def _first_below(self, places: list[int], counts: list[int], number: int) -> bool:
        at = bisect_left(places, number)
        if at == len(places) or counts[at] != 1 or places[at] - number > _LINES_TO_FIRST_NUMBER:
            return False
        return not any(ATTACHMENT.match(line) for line in self.texts[number : places[at]])

    @staticmethod
    def _last_above(places: list[int], counts: list[int], number: int) -> int:
        at = bisect_left(places, number)
        return counts[at - 1] if at else 0

    def days_below(self, end: int) -> tuple[str, ...]:
        """The days that stand alone or behind a label just below a title, above its text."""
        found = []
        for line in self.texts[end : end + LINES_BELOW]:
            if is_running(line) or mark_of(line) is not None:
                break
            folded = fold(line)
            if any(day.match(folded) for day in (LONE_DAY, _LABELLED_DAY, _DAY_OF_SPEECH)):
                found += re.findall(_DAY, folded)
        return tuple(found)


def is_running(line: str) -> bool:
    """Whether a line is running text: a good length, with marks of sentences."""
    return len(line) >= _LEAST_RUNNING_LINE and any(mark in line for mark in "。；，")


def shape_of(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A title as it is compared, and what was left out of it.

    Returns:
        The title without years, days, numbers of a series and places; those times and numbers; those places.
    """
    folded = fold(text)
    key = tuple("".join(match.split()) for match in _WHEN.findall(folded))
    rest = _WHEN.sub(" ", folded)
    spans = place_spans(rest) if is_titled(plain(rest)) else []
    places = tuple(rest[start:end] for start, end in spans)
    for start, end in reversed(spans):
        rest = rest[:start] + rest[end:]
    return plain(rest), key, places


def is_titled(shape: str) -> bool:
    """Whether a title's shape ends as titles of documents or of series do ("…公报", "…简报第")."""
    bare = shape.removesuffix("第")
    return ends_in_kind(bare) or bare.endswith(_ENDS_OF_SERIES)


def may_open(line: str) -> bool:
    """Whether a line may be a title, or a piece of one, that opens a document."""
    return (
        could_be_title(line)
        and mark_of(line) is None
        and not line.endswith(("：", ":"))
        and not _CAPTION.match(line)
        and not ATTACHMENT.match(line)
        and not is_label(line)
        and not _CONTENTS.match(line)
        and not LONE_DAY.match(fold(line))
        and not _LABELLED_DAY.match(fold(line))
    )


def titles_at(lines: Lines, number: int) -> Iterator[Opening]:
    """A line, alone and with those after it, as titles."""
    text = ""
    if number < len(lines.texts) and lines.texts[number].startswith(_QUOTES):
        return
    for end in range(number, min(number + MOST_TITLE_LINES, len(lines.texts))):
        if not may_open(lines.texts[end]):
            return
        text += lines.texts[end]
        shape, key, places = shape_of(text)
        if len(shape) >= _LEAST_SHAPE:
            yield Opening(number, end + 1, shape, key, lines.days_below(end + 1), text, places)
