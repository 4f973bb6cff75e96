"""The stretch of time that a question names: "2020年以来", "近五年", "十四五期间", "2012年1-3月", "2025年各季度"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.time_words import SINCE_YEAR
from corpus.language.numerals import number_of
from corpus.language.times import years_of_plan

MOST_TIMES = 20
"""How many years, quarters or months a stretch has at most."""
_FEWEST_TIMES = 3
_FEW = 5
"""How many years "近几年" means."""
_YEAR = r"(?<!\d)((?:19|20)\d{2})年?"
_TO = r"\s?(?:[到至—–~\-]+|以来[到至])\s?"
_RANGE = re.compile(
    rf"(?:自从?|从)?{_YEAR}{_TO}(?:((?:19|20)\d{{2}})年?(?!\d)|(?:今年|现在|目前|如今))"
    r"(?:之?间|期间|这?[几两三四五六七八九十]年间?)?"
)
_LAST = re.compile(
    r"(?:最近|近|过去|这)(?:的)?(?P<number>[两二三四五六七八九十]{1,2}|\d{1,2}|几|些)个?年(?:以?来|之?[间内]|以内|里|中(?=[，,、的]|$))?(?![级期])|"
    r"近年来?(?![级期])"
)
_PLAN = re.compile(
    r"(?<![一二三四五六七八九十])[“\"'「]?([一二三]?十?[一二三四五六七八九十])五[”\"'」]?(?:规划)?(?:时期|期间|以来)"
)
_EVERY = re.compile(r"历年来?|逐年|每一?年|各年")
_EACH = r"(?:[各每]一?个?|逐个?|分|按|单|[四4]个)"
_PART = r"(?:季度|季(?!度)|月份|月(?!份))(?![报刊票末底初]|补贴|标准)"
_PARTS_OF_YEAR = re.compile(
    rf"{_YEAR}的?(?:(?P<half>[上下])半年的?|前(?P<quarters>[二两三23])个?季度的?|全年的?)?{_EACH}(?P<part>{_PART})|"
    rf"{_YEAR}的?(?P<first>\d{{1,2}})月?份?[至到—–~\-](?P<last>\d{{1,2}})月(?:份)?"
)
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_NUMBER = {"二": 2, "两": 2, "三": 3, "2": 2, "3": 3}


@dataclass(frozen=True)
class Stretch:
    """A stretch of time in a text.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        times: Its times where the text tells them; empty where the articles do.
        first: The year that it begins with, where its end is open; 0 where the articles tell the first too.
        count: How many years it counts back from the newest; 0 where the text says otherwise.
        is_within_a_year: Whether its times are parts of one year.
    """

    start: int
    end: int
    times: tuple[str, ...] = ()
    first: int = 0
    count: int = 0
    is_within_a_year: bool = False


def stretch_in(text: str) -> Stretch | None:
    """The stretch of at least three times that a text names; None where it names none, or one that is too long."""
    found = None
    if match := _PARTS_OF_YEAR.search(text):
        found = _of_parts(match)
    elif match := _RANGE.search(text):
        found = _of_range(match)
    elif match := SINCE_YEAR.search(text):
        found = Stretch(*match.span(), first=int(match.group(1)))
    elif match := _PLAN.search(text):
        years = years_of_plan(match.group(1))
        found = Stretch(*match.span(), tuple(f"{year}年" for year in years)) if years else None
    elif match := _LAST.search(text):
        found = _of_last(match)
    elif match := _EVERY.search(text):
        found = Stretch(*match.span())
    if found is not None and found.times and not _FEWEST_TIMES <= len(found.times) <= MOST_TIMES:
        return None
    return found


def without_stretches(text: str) -> str:
    """A text without the stretches that it names, and without brackets that held no more: "（2021至2025年）"."""
    while found := stretch_in(text):
        text = text[: found.start] + text[found.end :]
    return re.sub(r"[(（][\s年]*[)）]", "", text)


def _of_range(match: re.Match[str]) -> Stretch:
    first = int(match.group(1))
    if not match.group(2):
        return Stretch(*match.span(), first=first)
    years = range(first, max(int(match.group(2)), first) + 1)
    return Stretch(*match.span(), tuple(f"{year}年" for year in years))


def _of_last(match: re.Match[str]) -> Stretch | None:
    number = match.group("number") or "几"
    count = _FEW if number in {"几", "些"} else int(number) if number.isdigit() else (number_of(number) or 0)
    return Stretch(*match.span(), count=count) if 1 < count <= MOST_TIMES else None


def _of_parts(match: re.Match[str]) -> Stretch | None:
    year = match.group(1) or match.group(5)
    if match.group("first"):
        first, last = int(match.group("first")), int(match.group("last"))
    else:
        half, quarters = match.group("half"), match.group("quarters")
        last = 3 * _NUMBER[quarters] if quarters else 6 if half == "上" else 12
        first = 7 if half == "下" else 1
    if not 1 <= first < last <= 12:
        return None
    is_quarters = bool(match.group("part")) and match.group("part").startswith("季")
    if is_quarters:
        names = _QUARTERS[(first - 1) // 3 : last // 3]
    else:
        names = tuple(f"{month}月" for month in range(first, last + 1))
    return Stretch(*match.span(), tuple(f"{year}年{name}" for name in names), is_within_a_year=True)


__all__ = ["MOST_TIMES", "Stretch", "stretch_in", "without_stretches"]
