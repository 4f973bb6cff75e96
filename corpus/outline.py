"""Numbered lists as one structure: every item with its number, its level and the sentence that announces the list.

Known are 编、章、节、条 of a rule, "一、", "（一）", "1.", "（1）", "①", "一是…二是…", "第一，…第二，…" and "首先…其次…最后…". Items are
found from their numbers: a list goes on with the next number of its kind, wherever pages or passages end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.language import numerals

Span = tuple[int, int]

_NUMBER = "一二三四五六七八九十百零〇两"
_STYLES: tuple[tuple[str, str], ...] = (
    ("part", rf"第([{_NUMBER}\d]{{1,5}})[编篇](?=[\s　：:]|[\u4e00-\u9fff])"),
    ("chapter", rf"第([{_NUMBER}\d]{{1,5}})章(?=[\s　：:]|[\u4e00-\u9fff])"),
    ("section", rf"第([{_NUMBER}\d]{{1,5}})节(?=[\s　：:]|[\u4e00-\u9fff])"),
    (
        "article",
        rf"第([{_NUMBER}\d]{{1,7}})条(?:之[一二三四五六七八九十])?(?=[\s　：:【（(]|[\u4e00-\u9fff]|$)",
    ),
    ("chinese", r"([一二三四五六七八九十]{1,3})(?:、|[．.](?!\d))"),
    ("bracketed", r"[（(]([一二三四五六七八九十]{1,3})[）)]"),
    ("decimal", r"(\d{1,2}(?:\.\d{1,2}){1,3})(?=[\s　]+\S|[\u4e00-\u9fff])(?!\d*[%％万亿元个倍])"),
    ("arabic", r"(\d{1,3})(?:[、．]|\.(?!\d))\s?"),
    ("small", r"[（(](\d{1,3})[）)]|(\d{1,2})[)）]"),
    ("circled", r"([①-⑳])"),
    ("is", r"([一二三四五六七八九十]{1,2})[是要](?=[\u4e00-\u9fff“《])"),
    ("ordinal", r"第([一二三四五六七八九十]{1,2})[，,、：:]"),
    ("adverb", r"(首先|其次|再次|最后)[，,、]?"),
)
_AT_LINE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _STYLES))
_IN_LINE = re.compile(
    r"(?<=[。；;：:，,\n])\s*(?:"
    + "|".join(
        f"(?P<{n}>{p})"
        for n, p in _STYLES
        if n in {"small", "circled", "is", "ordinal", "bracketed", "adverb"}
    )
    + r")"
)
_ADVERBS = {"首先": 1, "其次": 2, "再次": 3, "最后": 4}
PROVISIONS = ("part", "chapter", "section", "article")
"""The kinds of items that a whole rule is made of: 编, 章, 节 and 条."""
_ANNOUNCES = re.compile(
    r"[：:]$|(?:如下|下列|以下)[^。；]{0,24}[。：:]?$|[两二三四五六七八九十\d]+(?:大|个|项|条|点)?(?:方面|项|点|条|类|步|部分|层次|阶段|重点|工作|任务|措施|举措|目标|要求)[^。；]{0,10}[。：:]?$"
)
_LONGEST_LEAD = 120
_LONGEST_HEADING = 36
_TELLS = re.compile(r"\d|(?:^|，)(?:国家)?对(?!外)|，[由按为将在经从向给]")
"""What a heading with a comma does not hold: a figure, or a clause that a preposition begins."""
_MARKS = re.compile(r"[，。；;,！？!?：:]")


@dataclass
class Item:
    """An item of a list: its number in the list, and the span of its text with its mark."""

    number: int
    start: int
    end: int
    label: str


@dataclass
class NumberedList:
    """Items of one kind in the order of their numbers, and the span of the sentence that announces them.

    `level` is 0 for a list that stands in no other.
    """

    style: str
    level: int
    items: list[Item] = field(default_factory=list)
    lead: Span | None = None

    def holds(self, position: int) -> bool:
        """Whether a position lies in one of the items, or in the lead."""
        if self.lead is not None and self.lead[0] <= position < self.lead[1]:
            return True
        return self.item_at(position) is not None

    def item_at(self, position: int) -> Item | None:
        """The item that a position lies in."""
        number = bisect_right(self.items, position, key=_start_of) - 1
        return self.items[number] if number >= 0 and position < self.items[number].end else None


def number_of(text: str) -> int:
    """The value of a list's number as it is written ("十二", "3", "③", "首先"); 0 where it is none."""
    if text in _ADVERBS:
        return _ADVERBS[text]
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    return int(text) if text.isdecimal() else numerals.number_of(text) or 0


@dataclass(frozen=True)
class Mark:
    """What begins an item: its kind, its number, its span, and whether it begins a line."""

    style: str
    number: int
    start: int
    end: int
    begins_line: bool


def mark_of(line: str) -> Mark | None:
    """The mark that a line begins with."""
    match = _AT_LINE.match(line)
    return _mark(match, 0, begins_line=True) if match else None


def _mark(match: re.Match[str], offset: int, *, begins_line: bool) -> Mark | None:
    style = str(match.lastgroup)
    named = match.group(style)
    written = next(
        (group for group in match.groups() if group and group != named and group in named), named.strip()
    )
    number = number_of(written.rpartition(".")[2] if style == "decimal" else written)
    start = match.start(style) + offset
    return Mark(style, number, start, match.end(style) + offset, begins_line) if number else None


def _marks(text: str) -> Iterator[Mark]:
    start = 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        first = _AT_LINE.match(line, indent)
        found = [mark for mark in [_mark(first, start, begins_line=True) if first else None] if mark]
        found += [
            mark
            for match in _IN_LINE.finditer(line)
            if match.start(str(match.lastgroup)) > indent and (mark := _mark(match, start, begins_line=False))
        ]
        yield from found
        start += len(line) + 1


@lru_cache(maxsize=64)
def outline_of(text: str) -> tuple[NumberedList, ...]:
    """All numbered lists of a text, in the order in which they begin; a lone number makes none but in a rule."""
    lists = _Lists(text)
    for mark in _marks(text):
        lists.add(mark)
    for each in lists.all:
        _settle(text, each)
    return tuple(
        each
        for each in lists.all
        if len(each.items) > 1 or each.style in PROVISIONS or each.items[0].number > 1
    )


class _Lists:
    """The lists of a text while its marks are read in order: `all` of them, and those that may still go on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.all: list[NumberedList] = []
        self._open: list[NumberedList] = []
        self._of_article: NumberedList | None = None
        self._ended: dict[str, int] = {}

    def add(self, mark: Mark) -> None:
        """Put a mark into the list that it goes on with, or into a new one; it may belong to none."""
        place = self._place_to_go_on(mark)
        if place is not None:
            self._go_on(place, mark)
        elif mark.number == 1 or mark.style in PROVISIONS or self._counts_on(mark):
            self._begin(mark)
        else:
            return
        if mark.style == "article":
            self._of_article = self._open[-1]
        label = self._text[mark.start : mark.end].strip()
        self._open[-1].items.append(Item(mark.number, mark.start, len(self._text), label))

    def _counts_on(self, mark: Mark) -> bool:
        """Whether a mark goes on with the numbers of a list of its kind under the heading before: 二、 has (三), after (二) of 一、."""
        return mark.begins_line and self._ended.get(mark.style) == mark.number - 1

    def _place_to_go_on(self, mark: Mark) -> int | None:
        place = _going_on(self._open, mark)
        of_article = self._of_article
        if place is not None or of_article is None or mark.style != "article":
            return place
        if mark.number <= of_article.items[-1].number:
            return None
        # The numbers of 条 go on over 章 and 节; from the first again, another rule begins.
        self._open = [each for each in self._open if each.style in PROVISIONS[:3]] + [of_article]
        return len(self._open) - 1

    def _go_on(self, place: int, mark: Mark) -> None:
        """Close the list for another item, and the lists inside it for good."""
        for each in self._open[place:]:
            _close(each, mark.start)
        for each in self._open[place + 1 :]:
            self._ended[each.style] = each.items[-1].number
        self._open = self._open[: place + 1]

    def _begin(self, mark: Mark) -> None:
        if mark.style in PROVISIONS:
            around = PROVISIONS[: PROVISIONS.index(mark.style)]
            for each in self._open:
                if each.style not in around:
                    _close(each, mark.start)
            self._open = [each for each in self._open if each.style in around]
        new = NumberedList(mark.style, len(self._open), lead=_lead(self._text, mark))
        self._open.append(new)
        self.all.append(new)


def _going_on(open_lists: list[NumberedList], mark: Mark) -> int | None:
    """The open list that a mark goes on with: its kind, and its next number, or the one after that."""
    for place in range(len(open_lists) - 1, -1, -1):
        each = open_lists[place]
        if each.style != mark.style:
            continue
        last = each.items[-1].number
        if 0 < mark.number - last <= (2 if mark.begins_line else 1) or (
            each.style in PROVISIONS and mark.number > last
        ):
            return place
        if mark.style == "adverb" and mark.number > last:
            return place
    return None


def _close(each: NumberedList, end: int) -> None:
    each.items[-1].end = min(each.items[-1].end, end)


def _settle(text: str, each: NumberedList) -> None:
    """End the items before the white space after them; the last item of a list inside a paragraph ends with its line."""
    for number, item in enumerate(each.items):
        is_last = number == len(each.items) - 1
        line_end = text.find("\n", item.start)
        line_end = len(text) if line_end < 0 else line_end
        if is_last and not is_heading(text[item.start : line_end]) and each.style not in PROVISIONS:
            item.end = min(item.end, _end_in_line(text, each, line_end))
        if is_last and each.style in PROVISIONS[3:]:
            item.end = min(item.end, _end_of_article(text, item.start))
        item.end = item.start + len(text[item.start : item.end].rstrip())


def _end_in_line(text: str, each: NumberedList, line_end: int) -> int:
    """Where the last item of a list inside a paragraph ends: with its sentence where those before are no more than one."""
    last = each.items[-1].start
    begins_line = last == 0 or not text[text.rfind("\n", 0, last) + 1 : last].strip()
    several = any("。" in text[item.start : item.end].rstrip()[:-1] for item in each.items[:-1])
    full_stop = text.find("。", last, line_end)
    return line_end if begins_line or several or full_stop < 0 else full_stop + 1


def _end_of_article(text: str, start: int) -> int:
    """Where the last 条 of a text ends: with its line and the items and further paragraphs that belong to it."""
    end = text.find("\n", start)
    while 0 <= end < len(text):
        after = text.find("\n", end + 1)
        line = text[end + 1 : after if after >= 0 else len(text)]
        mark = mark_of(line.strip())
        if mark is None or mark.style not in {"bracketed", "arabic", "small", "circled"}:
            return end
        end = after
    return len(text)


def _lead(text: str, mark: Mark) -> Span | None:
    """The sentence just before the first item, where it announces a list."""
    before = text[max(0, mark.start - _LONGEST_LEAD) : mark.start].rstrip()
    end = mark.start - len(text[max(0, mark.start - _LONGEST_LEAD) : mark.start]) + len(before)
    cut = max(before[:-1].rfind(each) for each in "。！？\n；")
    sentence = before[cut + 1 :]
    if not sentence.strip() or not _ANNOUNCES.search(sentence):
        return None
    start = end - len(sentence) + len(sentence) - len(sentence.lstrip())
    return start, end


def items_of(text: str, position: int) -> NumberedList | None:
    """The innermost list that a position of a text belongs to, by an item of it or by the sentence that announces it.

    Args:
        text: An article's text.
        position: Where in it, such as where a cited sentence begins.

    Returns:
        The list with all its items and their spans in `text`, or None.
    """
    held = [each for each in outline_of(text) if each.holds(position)]
    announced = [each for each in held if each.lead and each.lead[0] <= position < each.lead[1]]
    return max(announced or held, key=lambda each: (each.level, each.items[0].start), default=None)


def lead_of(text: str, position: int) -> str:
    """The sentence that announces the list whose item holds a position, where it stands before that; else empty.

    Lists of headings and of 条 are led by nothing that belongs to each of their items.
    """
    inner: NumberedList | None = None
    for each in outline_of(text):
        if each.items[0].start > position:
            break
        is_deeper = inner is None or each.level >= inner.level
        if each.lead and each.style not in PROVISIONS and is_deeper and each.item_at(position) is not None:
            inner = each
    if inner is None or inner.lead is None or is_heading(_first_line(text, inner.items[0].start)):
        return ""
    return text[slice(*inner.lead)]


def provisions_between(text: str, start: int, end: int) -> list[Item]:
    """The 条 of a rule that a stretch of its text lies in or holds, in order."""
    return [
        item
        for each in outline_of(text)
        if each.style == "article"
        for item in each.items[
            max(0, bisect_right(each.items, start, key=_start_of) - 1) : bisect_right(
                each.items, end - 1, key=_start_of
            )
        ]
        if item.end > start
    ]


def _start_of(item: Item) -> int:
    return item.start


def _first_line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def is_heading(line: str) -> bool:
    """Whether a line that begins with a mark may be a heading: short and without a mark of sentences.

    "四、部门协同，上下联动" is one; only in those of "一、" a comma is usual. A question ("三、能领多久？") is one too.
    """
    mark = mark_of(line)
    if mark is None or len(line) > _LONGEST_HEADING:
        return False
    title = line[mark.end :].rstrip("？?")
    if line[: mark.end].rstrip().endswith("、") and mark.style == "chinese" and not _TELLS.search(title):
        title = title.replace("，", "")
    return bool(title.strip()) and not _MARKS.search(title)


def heading_lines(lines: list[str]) -> dict[int, str]:
    """The numbered lines that are headings, and their kind: those under which something stands.

    "（一）身份证" in a row of such lines is an item of a list; "（一）深化改革" with a paragraph below is a heading. 编、章 and 节 are
    always headings.
    """
    marks = [mark_of(line) for line in lines]
    found: dict[int, str] = {}
    runs: dict[str, list[int]] = {}
    for number, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark is None or not is_heading(line):
            continue
        if mark.style in PROVISIONS[:3]:
            found[number] = mark.style
        elif mark.style in {"chinese", "bracketed", "decimal"}:
            runs.setdefault(mark.style, []).append(number)
    for style, numbers in runs.items():
        for number in numbers:
            if _has_body(lines, marks, number):
                found[number] = style
    return found


def _has_body(lines: list[str], marks: list[Mark | None], number: int) -> bool:
    """Whether something stands under a numbered line before the next of its kind."""
    after = number + 1
    if after >= len(lines):
        return False
    mine, following = marks[number], marks[after]
    if mine is None or following is None or following.style != mine.style:
        # The last item of a list has no more under it than those before.
        before = marks[number - 1] if number else None
        in_a_row = before is not None and before.style == mine.style if mine else False
        return not (in_a_row and is_heading(lines[number - 1]))
    return False
