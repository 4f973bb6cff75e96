"""Where in a text a new document may begin: the lines that open it, and what about them agrees.

A line opens a document that repeats the title or the head of the first one with another year or number, or one that has
an official head of its own (document number, title, addressees). No line is enough by itself: a day below it, numbering
that starts anew, or the whole of an official head has to go with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from corpus.block import Block, BlockKind
from corpus.clean import clean_line, fold
from corpus.labels import is_label
from corpus.metadata.issuers import is_body_line, is_red_head
from corpus.outline import mark_of
from corpus.places import place_spans
from corpus.titles import could_be_title, ends_in_kind, plain

_UNITS = "年度|年|月份|月|日|次|期|号|届|季度|批|辑|卷"
_IN_CHINESE = "〇○零一二三四五六七八九十百"
_WHEN = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:[-./]\d{1,2}){1,2}(?!\d)"
    rf"|\d{{1,4}}\s*(?:{_UNITS})|[{_IN_CHINESE}]{{1,6}}\s*(?:{_UNITS})"
    r"|(?<!\d)(?:19|20)\d{2}(?!\d)|[上下]半年|前[一二三四1-4]个?季度|全年|1\s*[-—–~至]+\s*(?=\d{1,2}\s*月)"
)
"""What tells one of a series from another: a year, a day, a number with its unit, a part of the year."""
_FINER_THAN_A_YEAR = re.compile(r"\d[-./]\d|[月日次期号届季批辑卷]|半年")
_DAY = r"(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*日?|\s*月)?"
_LONE_DAY = re.compile(rf"^[(（\[【]?\s*{_DAY}\s*[)）\]】]?$")
_DAY_OF_SPEECH = re.compile(rf"^[—－―\-–(（\s]*{_DAY}\s*在.{{4,60}}会[议议]?上?[)）]?$")
_LABELLED_DAY = re.compile(rf"^[^\d。，；]{{0,12}}[:：]\s*{_DAY}")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[（(【]\s*(?:19|20)\d{2}\s*[〕\])）】]\s*第?\s*\d{1,4}\s*号"
)
_CAPTION = re.compile(r"^[图表]\s*[\d一二三四五六七八九十]|^单位[:：]")
_ATTACHMENT = re.compile(r"^(?:附\s*[件录表图]|附[:：])")
_CONTENTS = re.compile(r"^目\s*[录次]$")
_COLLECTION = re.compile("汇编|汇总|合集|选编|合订本|文集|全集")
_ABOUT = re.compile(r"关于.{4,}")
_QUOTES = ("《", "（", "(", "[", "【", "“")
_QUOTED = re.compile(r"《([^《》]{4,100})》")
_ENDS_OF_SERIES = ("纪要", "记录", "大事记", "动态", "专报", "信息", "要闻", "通讯", "要点", "综述", "分析")
"""How titles of series end besides with the kind of an official document."""
_COUNTED_STYLES = ("part", "chapter", "chinese", "article")
_LONGEST_LINE, _LEAST_RUNNING_LINE = 160, 18
_MOST_HEAD_LINES, _MOST_TITLE_LINES, _LINES_BELOW, _LINES_TO_FIRST_NUMBER = 12, 4, 4, 40
_LEAST_SHAPE, _LEAST_SHAPE_UNDATED = 4, 6
_LINES_OF_BODIES, _LONGEST_ADDRESSEES, _LETTERS_OF_NUMBER = 3, 150, 2


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
            "" if block.kind is BlockKind.TABLE_ROW else clean_line(block.text[: 2 * _LONGEST_LINE])
            for block in blocks
        ]
        sizes = (
            len(block.text) if _is_running(text) else 0 for text, block in zip(texts, blocks, strict=True)
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
        return not any(_ATTACHMENT.match(line) for line in self.texts[number : places[at]])

    @staticmethod
    def _last_above(places: list[int], counts: list[int], number: int) -> int:
        at = bisect_left(places, number)
        return counts[at - 1] if at else 0

    def days_below(self, end: int) -> tuple[str, ...]:
        """The days that stand alone or behind a label just below a title, above its text."""
        found = []
        for line in self.texts[end : end + _LINES_BELOW]:
            if _is_running(line) or mark_of(line) is not None:
                break
            folded = fold(line)
            if any(day.match(folded) for day in (_LONE_DAY, _LABELLED_DAY, _DAY_OF_SPEECH)):
                found += re.findall(_DAY, folded)
        return tuple(found)


def _is_running(line: str) -> bool:
    return len(line) >= _LEAST_RUNNING_LINE and any(mark in line for mark in "。；，")


def shape_of(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A title as it is compared, and what was left out of it.

    Returns:
        The title without years, days, numbers of a series and places; those times and numbers; those places.
    """
    folded = fold(text)
    key = tuple("".join(match.split()) for match in _WHEN.findall(folded))
    rest = _WHEN.sub(" ", folded)
    spans = place_spans(rest) if _is_titled(plain(rest)) else []
    places = tuple(rest[start:end] for start, end in spans)
    for start, end in reversed(spans):
        rest = rest[:start] + rest[end:]
    return plain(rest), key, places


def _is_titled(shape: str) -> bool:
    bare = shape.removesuffix("第")
    return ends_in_kind(bare) or bare.endswith(_ENDS_OF_SERIES)


def _may_open(line: str) -> bool:
    return (
        could_be_title(line)
        and mark_of(line) is None
        and not line.endswith(("：", ":"))
        and not _CAPTION.match(line)
        and not _ATTACHMENT.match(line)
        and not is_label(line)
        and not _CONTENTS.match(line)
        and not _LONE_DAY.match(fold(line))
        and not _LABELLED_DAY.match(fold(line))
    )


def _titles_at(lines: Lines, number: int) -> Iterator[Opening]:
    """A line, alone and with those after it, as titles."""
    text = ""
    if number < len(lines.texts) and lines.texts[number].startswith(_QUOTES):
        return
    for end in range(number, min(number + _MOST_TITLE_LINES, len(lines.texts))):
        if not _may_open(lines.texts[end]):
            return
        text += lines.texts[end]
        shape, key, places = shape_of(text)
        if len(shape) >= _LEAST_SHAPE:
            yield Opening(number, end + 1, shape, key, lines.days_below(end + 1), text, places)


def is_collection(name: str) -> bool:
    """Whether a name is that of several documents together ("公报汇编")."""
    return bool(_COLLECTION.search(name))


def series_in(lines: Lines, headline: str, *, collected: bool = False) -> list[Opening]:
    """The titles that repeat the text's own title, or each other, with another year or number.

    Args:
        lines: The text's lines.
        headline: The title that the reader found, which is not among the lines; may be empty.
        collected: Whether the text's name says that it holds several documents.
    """
    own = _own_titles(lines, headline)
    groups: dict[str, list[Opening]] = {}
    for number in range(len(lines.texts)):
        for each in _titles_at(lines, number):
            if (each.shape in own or _is_titled(each.shape)) and not _is_listed(lines, each):
                groups.setdefault(each.shape, []).append(each)
    found = []
    for shape, group in groups.items():
        first = own.get(shape) or (group[0] if collected else None)
        if first is not None:
            more = [each for each in group if each.start >= first.end and _goes_on(lines, first, each)]
            found += [first, *more] if more and shape not in own else more
        if shape not in own:
            found += _dated_series(group)
    return found


def title_of_first(lines: Lines, shape: str, end: int, least: int) -> Opening | None:
    """The title of a shape that the first document of a collection has, below the collection's cover and above its text.

    Args:
        lines: The text's lines.
        shape: The shape of the titles of the documents after it.
        end: Where the second document begins.
        least: How much running text is a document's.
    """
    found = None
    for number in range(end):
        if lines.characters(0, number) >= least:
            break
        found = next((each for each in _titles_at(lines, number) if each.shape == shape), found)
    return found


def _dated_series(group: list[Opening]) -> list[Opening]:
    """Titles of one shape that are not the file's own: a series where each names another time and has a day below."""
    dated = [each for each in group if each.days and each.key and each.length >= _LEAST_SHAPE_UNDATED]
    of_one_place = len({each.places for each in dated}) == 1
    differ = len({each.key for each in dated}) == len(dated) > 1
    return dated if of_one_place and differ else []


def _own_titles(lines: Lines, headline: str) -> dict[str, Opening]:
    """What may be the title of the text's first document, by shape: the reader's, else the titles above the text."""
    if headline and not is_body_line(headline) and not is_collection(headline):
        shape, key, places = shape_of(headline)
        return {shape: Opening(0, 0, shape, key, lines.days_below(0), headline, places)}
    own: dict[str, Opening] = {}
    for number in range(min(_MOST_HEAD_LINES, len(lines.texts))):
        if _is_running(lines.texts[number]):
            break
        for each in _titles_at(lines, number):
            if _is_titled(each.shape):
                own.setdefault(each.shape, each)
    return own


def _goes_on(lines: Lines, own: Opening, each: Opening) -> bool:
    """Whether a title in the shape of the first document's begins another of the same series."""
    if each.places != own.places:
        return bool(each.days) and bool(own.days) and lines.starts_anew(each.start)
    if each.key != own.key:
        is_long = each.length >= _LEAST_SHAPE_UNDATED
        is_numbered = any(map(_FINER_THAN_A_YEAR.search, each.key)) and len(each.key) == len(own.key)
        return (is_long and (is_numbered or lines.starts_anew(each.start))) or bool(each.days and each.key)
    return bool(each.days) and bool(own.days) and set(each.days).isdisjoint(own.days)


def _is_listed(lines: Lines, each: Opening) -> bool:
    """Whether a title stands in a list of such titles, as in a table of contents."""
    following = lines.texts[each.end : each.end + 2]
    return any(_may_open(line) and shape_of(line)[0] == each.shape for line in following)


def heads_in(lines: Lines, headline: str) -> list[Opening]:
    """Heads without a title that repeat the first document's: its bodies, another day, numbering that starts anew."""
    first = head_of(lines)
    if first is None or (not headline and not first.start):
        return []
    return [
        each
        for number in range(first.end, len(lines.texts))
        if (each := _head_at(lines, number, first.shape)) is not None
        and each.days != first.days
        and lines.starts_anew(number)
        and not _ATTACHMENT.match("".join(lines.texts[each.end : each.end + 1]))
    ]


def head_of(lines: Lines) -> Opening | None:
    """The bodies and the day that stand above a text, or None."""
    for number in range(min(_MOST_HEAD_LINES, len(lines.texts))):
        if lines.characters(0, number):
            return None
        if (head := _head_at(lines, number)) is not None:
            return head
    return None


def _head_at(lines: Lines, number: int, shape: str = "") -> Opening | None:
    """Lines that name bodies, `shape` where that is given, with a lone day below and running text below that."""
    text = ""
    for end in range(number, min(number + _LINES_OF_BODIES, len(lines.texts) - 2)):
        if not is_body_line(lines.texts[end]):
            return None
        text += plain(lines.texts[end])
        day = fold(lines.texts[end + 1])
        if _LONE_DAY.match(day) and (text == shape or not shape):
            runs = any(map(_is_running, lines.texts[end + 2 : end + 2 + _LINES_BELOW]))
            return Opening(number, end + 2, text, (), ("".join(day.split()),)) if runs else None
    return None


def official_heads(lines: Lines, headline: str) -> list[Opening]:
    """The heads of official documents after the first, where the first has one too and names none of them.

    A head is a line that is a document number, a title "关于…的通知" above or below it, and a line of addressees. One
    that the text before it has named, by title or number, is passed on by that text and belongs to it.
    """
    found: list[Opening] = []
    named: set[str] = set()
    title = headline
    for number, line in enumerate(lines.texts):
        is_number = len(line) <= _LONGEST_LINE // 4 and _NUMBER.fullmatch(fold(line).strip())
        head = _official_head(lines, number, headline if not found else "") if is_number else None
        if head is not None and (not found or not _is_named(head, named, title)):
            found.append(head)
            title = head.title
        named.update(map(_number_sign, _NUMBER.findall(fold(line))))
        named.update(
            plain(about.group()) for quoted in _QUOTED.findall(line) if (about := _ABOUT.search(quoted))
        )
    if not found or lines.characters(0, found[0].start):
        return []
    return found[1:]


def _official_head(lines: Lines, number: int, headline: str) -> Opening | None:
    """The head of which a line is the document number."""
    title = _title_above(lines, number) or _title_at(lines, number + 1)
    shape = plain(lines.texts[number])
    if title is not None:
        start, end, text = min(title.start, number), max(title.end, number + 1), title.title
    elif headline and number <= _LINES_BELOW:
        start, end, text = number, number + 1, headline
    else:
        return None
    while start and is_red_head(lines.texts[start - 1]):
        start -= 1
    addressed = any(
        line.endswith(("：", ":")) and "。" not in line and len(line) <= _LONGEST_ADDRESSEES
        for line in lines.texts[end : end + 3]
    )
    return Opening(start, end, shape, (shape,), (), text) if addressed else None


def _title_above(lines: Lines, number: int) -> Opening | None:
    """The title "关于…的通知" that ends just above a line, with the body that issued it where that has its own line."""
    for start in range(number - 1, max(-1, number - 1 - _MOST_TITLE_LINES), -1):
        found = _title_at(lines, start, number)
        if found is None:
            continue
        above = lines.texts[start - 1] if start else ""
        if lines.texts[start].startswith(("关于", "印发", "转发")) and is_body_line(above):
            return replace(found, start=start - 1, title=above + found.title)
        return found
    return None


def _title_at(lines: Lines, number: int, end: int = 0) -> Opening | None:
    """The title "关于…的通知" that begins on a line, and ends before the line `end` where that is given."""
    for each in _titles_at(lines, number):
        if _ABOUT.search(each.title) and _is_titled(each.shape) and end in {0, each.end}:
            return each
    return None


def _is_named(head: Opening, named: set[str], title: str) -> bool:
    about = _ABOUT.search(head.title)
    core = plain(about.group() if about else head.title)
    return _number_sign(head.shape) in named or core in named or core in plain(title)


def _number_sign(number: str) -> str:
    """A document number as it is recognised behind other words ("现将临政发〔2024〕9号")."""
    bare = plain(number)
    first_digit = next((place for place, character in enumerate(bare) if character.isdigit()), 0)
    return bare[max(0, first_digit - _LETTERS_OF_NUMBER) :].replace("第", "")


def stands_in_attachment(lines: Lines, number: int) -> bool:
    """Whether the lines just above say that what follows is attached to what stands before."""
    return any(_ATTACHMENT.match(line) for line in lines.texts[max(0, number - 2) : number])
