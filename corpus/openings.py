"""Where in a text a new document may begin: the lines that open it, and what about them agrees.

A line opens a document that repeats the title or the head of the first one with another year or number, or one that has
an official head of its own (document number, title, addressees). No line is enough by itself: a day below it, numbering
that starts anew, or the whole of an official head has to go with it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.language.normalize import fold
from corpus.metadata.issuers import is_body_line, is_red_head
from corpus.opening_lines import (
    ATTACHMENT,
    LEAST_SHAPE_UNDATED,
    LINES_BELOW,
    LONE_DAY,
    LONGEST_LINE,
    MOST_HEAD_LINES,
    MOST_TITLE_LINES,
    Lines,
    Opening,
    is_running,
    is_titled,
    may_open,
    shape_of,
    titles_at,
)
from corpus.titles import plain

_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[（(【]\s*(?:19|20)\d{2}\s*[〕\])）】]\s*第?\s*\d{1,4}\s*号"
)
_ABOUT = re.compile(r"关于.{4,}")
_QUOTED = re.compile(r"《([^《》]{4,100})》")
_COLLECTION = re.compile("汇编|汇总|合集|选编|合订本|文集|全集")
_FINER_THAN_A_YEAR = re.compile(r"\d[-./]\d|[月日次期号届季批辑卷]|半年")
_OTHERS = re.compile(r"^(?:往期|往年|相关|推荐|延伸|更多|参考|友情链接|热门)")
_LINES_OF_BODIES, _LONGEST_ADDRESSEES, _LETTERS_OF_NUMBER = 3, 150, 2


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
        for each in titles_at(lines, number):
            if (each.shape in own or is_titled(each.shape)) and not _is_listed(lines, each):
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
        found = next((each for each in titles_at(lines, number) if each.shape == shape), found)
    return found


def _dated_series(group: list[Opening]) -> list[Opening]:
    """Titles of one shape that are not the file's own: a series where each names another time and has a day below."""
    dated = [each for each in group if each.days and each.key and each.length >= LEAST_SHAPE_UNDATED]
    of_one_place = len({each.places for each in dated}) == 1
    differ = len({each.key for each in dated}) == len(dated) > 1
    return dated if of_one_place and differ else []


def _own_titles(lines: Lines, headline: str) -> dict[str, Opening]:
    """What may be the title of the text's first document, by shape: the reader's, else the titles above the text."""
    if headline and not is_body_line(headline) and not is_collection(headline):
        shape, key, places = shape_of(headline)
        return {shape: Opening(0, 0, shape, key, lines.days_below(0), headline, places)}
    own: dict[str, Opening] = {}
    for number in range(min(MOST_HEAD_LINES, len(lines.texts))):
        if is_running(lines.texts[number]):
            break
        for each in titles_at(lines, number):
            if is_titled(each.shape):
                own.setdefault(each.shape, each)
    return own


def _goes_on(lines: Lines, own: Opening, each: Opening) -> bool:
    """Whether a title in the shape of the first document's begins another of the same series."""
    if each.places != own.places:
        return bool(each.days) and bool(own.days) and lines.starts_anew(each.start)
    if each.key != own.key:
        is_long = each.length >= LEAST_SHAPE_UNDATED
        is_numbered = any(map(_FINER_THAN_A_YEAR.search, each.key)) and len(each.key) == len(own.key)
        return (is_long and (is_numbered or lines.starts_anew(each.start))) or bool(each.days and each.key)
    return bool(each.days) and bool(own.days) and set(each.days).isdisjoint(own.days)


def _is_listed(lines: Lines, each: Opening) -> bool:
    """Whether a title stands in a list of such titles, as in a table of contents."""
    around = lines.texts[each.end : each.end + 2] + lines.texts[max(0, each.start - 2) : each.start]
    return any(may_open(line) and shape_of(line)[0] == each.shape for line in around)


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
        and not ATTACHMENT.match("".join(lines.texts[each.end : each.end + 1]))
    ]


def head_of(lines: Lines) -> Opening | None:
    """The bodies and the day that stand above a text, or None."""
    for number in range(min(MOST_HEAD_LINES, len(lines.texts))):
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
        if LONE_DAY.match(day) and (text == shape or not shape):
            runs = any(map(is_running, lines.texts[end + 2 : end + 2 + LINES_BELOW]))
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
        is_number = len(line) <= LONGEST_LINE // 4 and _NUMBER.fullmatch(fold(line).strip())
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
    elif headline and number <= LINES_BELOW:
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
    for start in range(number - 1, max(-1, number - 1 - MOST_TITLE_LINES), -1):
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
    for each in titles_at(lines, number):
        if _ABOUT.search(each.title) and is_titled(each.shape) and end in {0, each.end}:
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


def is_announced(lines: Lines, number: int) -> bool:
    """Whether the lines just above say that what follows is attached to what stands before, or a link to another text."""
    above = lines.texts[max(0, number - 2) : number]
    return any(ATTACHMENT.match(line) or _OTHERS.match(line) for line in above if not is_running(line))
