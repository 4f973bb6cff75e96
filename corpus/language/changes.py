"""How a sentence tells that a figure became another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from corpus.language.before_figures import HEDGES
from corpus.language.mentions import Mention, mentions_in
from corpus.language.quantities import comparable

_FROM = re.compile(r"(?<![自经理缘])[从由](?![业事于此来而])[^，,。；;：:\n]{0,24}$")
_WORD = r"[^，,。；;：:、\n\d的（）()]"
_TIME = r"(?:(?:19|20)\d{2}年)?(?:\d{1,2}月份?|[一二三四]季度)?[底末]?的?|如今的|现在的|目前的"
_BECAME = re.compile(
    rf"(?:左右|以[上下内]|[多余])?{_WORD}{{1,8}}?(?<![起始续])(?:(?<!认)(?<!作)(?<!因)(?<!以)(?<!成)为|[至到]|(?<=[变改换])成)了?"
    rf"(?:{_TIME})?{_WORD}{{0,4}}?(?P<about>(?:{HEDGES})?)"
)
"""What stands between the two: a verb, whichever it is, and where to."""
_BESIDE = re.compile(r"\s*(?:[、和与及]|以及)\s*")
_ABOUT = re.compile(r"左右|以[上下内]")
_GOES_ON = re.compile(rf"\d|\s?[—–~～\-至到]\s?\d|{_WORD}{{1,8}}(?:{_TIME})?{_WORD}{{0,3}}[至到为]\d")
"""What makes of a new figure one end of a range, one part of a figure or one step of several."""
_UNIT = re.compile(r"(?:/[^，,。；;：:、\s\d（）()]{1,3}|[^，,。；;：:、\s\d（）()]{1,3})")


@dataclass(frozen=True)
class Change:
    """A figure of a text that became another.

    Attributes:
        old: The figure from which, with its place.
        new: The figure to which.
        about: The new figure as it is told, with what makes it one of about so much: "约76%以上".
    """

    old: Mention
    new: Mention
    about: str


def changes_in(text: str) -> Iterator[Change]:
    """The changes that a text tells with both figures: "由8元调整为10元", "从3年以上放宽至1年以上", "由2%、3%升至4%、5%".

    Args:
        text: of which the first 2,000 characters are read.
    """
    last = 0
    for olds, news in pairwise(_in_rows(text)):
        before, last = text[last : olds[0].start], _end(olds[-1])
        if len(olds) != len(news) or not _FROM.search(before):
            continue
        unit = _unit_of_both(text, olds[-1], news[-1])
        between = _BECAME.fullmatch(text, last + len(unit), news[0].start)
        if between is None or _GOES_ON.match(text, _end(news[-1]) + len(unit)):
            continue
        for old, new in zip(olds, news, strict=True):
            if comparable(old.quantity, new.quantity) and (unit or _is_amount(new)):
                begin = between.start("about") if new is news[0] else new.start
                end = _end(new) + (len(unit) if new is news[-1] else 0)
                more = _ABOUT.match(text, end)
                yield Change(old, new, text[begin : more.end() if more else end])


def _is_amount(mention: Mention) -> bool:
    """Whether a figure tells by its unit, its scale or its decimals that it counts something: no 3 of 3楼."""
    return bool(mention.quantity.unit or mention.quantity.power or "." in mention.quantity.text)


def _unit_of_both(text: str, old: Mention, new: Mention) -> str:
    """What stands behind both figures alike, which is part of their unit and no verb: 分钟, /小时, 以上."""
    behind = [match.group() if (match := _UNIT.match(text, _end(each))) else "" for each in (old, new)]
    shared = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(*behind, strict=False)))
    return shared


def _in_rows(text: str) -> list[list[Mention]]:
    """The figures of a text, those together that only stand beside each other: "46.4%、63.3%"."""
    rows: list[list[Mention]] = []
    for each in mentions_in(text):
        if rows and _BESIDE.fullmatch(text, _end(rows[-1][-1]), each.start):
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def _end(mention: Mention) -> int:
    """Where a figure ends with its unit."""
    return mention.start + len(mention.quantity.text)


def tells_both_ends(text: str) -> bool:
    """Whether a text tells from what figure to what figure something changed, years aside: "由46.4%上升至55.3%"."""
    return any(changes_in(text))
