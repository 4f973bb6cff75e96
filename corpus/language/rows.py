"""Rows of things that a sentence names ("生产、加工和销售"), and how many things a text says there are ("四个产业")."""

from __future__ import annotations

import re

from corpus.language.numerals import number_of

_ITEM = "[^、，。；：:;！？!?\n]{1,24}"
_ROW = re.compile(rf"{_ITEM}(?:、{_ITEM})+")
_TWO = re.compile(
    "([^、，。；：:;！？!?\n和与及]{2,12})(?:以及|[和与及])([^、，。；：:;！？!?\n和与及]{2,12})"
)
_LAST = re.compile("以及|[和与及]")
_NUMBER = r"[两二三四五六七八九十]{1,3}|\d{1,2}"
_COUNTED = re.compile(
    rf"(?<![\d.第])(?P<number>{_NUMBER})\s?(?P<of>大?(?:方面|个|项|条|种|类|道|篇|件|步|点|层|级|款|张|本|座|支)|大)(?![\d月])"
)
_NAME_BEHIND = re.compile('[一-鿿]{2,10}?(?=[是指为包有的都具分哪什工，。：:；“”"？?]|$)|[一-鿿]{2,4}')
_MOST = 30


def rows_in(text: str) -> list[list[str]]:
    """The things of each row that a text names side by side, the first with what stands before it in its clause.

    "A、B和C" is given both as a row of three and as one of two, of which "B和C" may be the last.
    """
    found: list[list[str]] = []
    for match in _ROW.finditer(text):
        *items, last = match.group().split("、")
        found += [[*items, last]] if len(items) > 1 or not _LAST.search(last) else []
        if len(parted := _LAST.split(last, maxsplit=1)) > 1:
            found.append([*items, *parted])
        for number, item in enumerate(items[1:], 2):
            # "甲、乙两个产业规模化、集群化" is a row of two, and goes on.
            if _COUNTED.search(item):
                found.append(items[:number])
    return [*found, *([*match.groups()] for match in _TWO.finditer(text) if "、" not in match.group())]


def counted_as(text: str, number: int) -> frozenset[str]:
    """The first two characters of what a text counts as so many: 产业 of 四个特色产业 is 特色, and the last two before a mark 产业."""
    found: set[str] = set()
    for match in _COUNTED.finditer(text):
        if number_of(match.group("number")) == number and (name := _NAME_BEHIND.match(text, match.end())):
            found |= {name.group()[:2], name.group()[-2:]}
    return frozenset(found)


def counts_in(text: str) -> frozenset[tuple[int, str]]:
    """How many of what a text says there are: (4, "个") of 四个产业."""
    return frozenset(
        (number, match.group("of").removeprefix("大") or "大")
        for match in _COUNTED.finditer(text)
        if (number := number_of(match.group("number"))) is not None and 1 < number <= _MOST
    )
