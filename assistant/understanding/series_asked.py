"""Questions for one figure over a stretch of years, quarters or months: "2020年以来全国粮食产量", "近五年研发经费投入"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.understanding.grid import Axis, AxisKind, GridAsked
from assistant.understanding.time_words import SINCE_YEAR
from corpus.language.normalize import fold
from corpus.language.numerals import number_of
from index.kinds import Kind
from index.measure_asked import MEASURE

if TYPE_CHECKING:
    from assistant.understanding.question import Question

MOST_TIMES = 20
"""How many years, quarters or months a series has at most."""
_FEWEST_TIMES = 3
_FEW = 5
"""How many years "近几年" means."""
_YEAR = r"(?<!\d)((?:19|20)\d{2})年?"
_RANGE = re.compile(
    rf"(?:自从?|从)?{_YEAR}\s?(?:[到至—–~\-]+|以来[到至])\s?(?:((?:19|20)\d{{2}})年?(?!\d)|(?:今年|现在|目前|如今))(?:之?间|期间|这?[几两三四五六七八九十]年间?)?"
)
_LAST = re.compile(
    r"(?:最近|近|过去)(?:的)?(?P<number>[两二三四五六七八九十]{1,2}|\d{1,2}|几|些)年(?:以?来|之?[间内]|以内|里|中)?(?![级期])|近年来?(?![级期])"
)
_EVERY = re.compile(r"历年来?|逐年")
_PARTS_OF_YEAR = re.compile(
    rf"{_YEAR}的?(?:[各每]一?个?|逐|分)(?P<part>季度|季(?!度)|月份|月(?!份))(?![报刊票末底初]|补贴|标准)|{_YEAR}的?(?P<months>\d{{1,2}}月?[至到—–~\-]\d{{1,2}}月(?:份)?)(?=[^，,。?？]*(?:每月|各月|逐月|分别))"
)
_OF_EACH = re.compile(
    r"(?:每一?年|各年度?|各个年份|逐年|历年来?|每个?月|各月|逐月)(?:度|份)?的?|分别|各自?(?=[是为有达])|依次"
)
_HOW_IT_CHANGED = re.compile(
    r"的?(?:变化(?:情况|趋势)?|走势|趋势|演变)(?:是?(?:怎么样|怎样|如何|什么))?(?=[?？。]*$)|(?:是?(?:怎么|如何|怎样)变化的?)(?=[?？。]*$)|的?情况(?=[?？。]*$)"
)
_ASKING = re.compile(r"(?:分别|各自?)?(?:是|为|有|达到?了?)?(?:多少|几何|多大|几[^，,?？]{0,4})[?？。\s]*$")
_FRONT = re.compile(
    r"^(?:请|帮我|请问)?(?:列出|列一下|梳理|查一下|告诉我|整理|给出|画出?|统计)?(?:一下)?(?:我国(?=[的从自近历]))?"
)
_ALL_TOGETHER = re.compile(
    r"累计|合计|一共|总共|共(?!同)|加起来|之和|总和|年均|平均每年|复合|翻了?|几倍|"
    r"(?:增加|增长|减少|提高|下降|上升|降低|扩大|缩小|[升降涨跌多少高低])了?(?:多少|几)|[最更]|哪[一]?[年个月]|第几|是否|吗[?？]*$|为什么|目标"
)
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_NO_FIGURE = frozenset([Kind.YES_NO, Kind.REASON, Kind.PERSON, Kind.BODY, Kind.DOCUMENT, Kind.HOW, Kind.DATE])


@dataclass(frozen=True)
class SeriesAsked:
    """One figure asked for over several times.

    Attributes:
        before: What stands before the words for the stretch.
        after: What stands behind them, without the words that ask.
        times: The times of the stretch where the question tells them; empty where the articles do.
        first: The year that the stretch begins with, where its end is open; 0 where the articles tell the first too.
        count: How many years are asked for, where they count back from the newest one; 0 where the question says otherwise.
        is_of_each: Whether the question says that each year is asked for, and not the stretch as one.
    """

    before: str
    after: str
    times: tuple[str, ...] = ()
    first: int = 0
    count: int = 0
    is_of_each: bool = False

    @property
    def thing(self) -> str:
        """What is asked for, without its times."""
        return re.sub(r"^[的在，,\s]+|[的，,\s]+$", "", f"{self.before}{self.after}")

    @property
    def is_open(self) -> bool:
        """Whether the articles tell which times they are."""
        return not self.times

    def times_told(self, years: Iterable[int]) -> tuple[str, ...]:
        """The times to look for, given the years that the articles speak of; one or two more than asked for where the newest is not known."""
        if self.times:
            return self.times
        known = sorted(set(years))
        if not known:
            return ()
        last = known[-1]
        first = self.first or known[0]
        if self.count:
            # The newest that they speak of may be one that they only plan.
            first = max(known[0], last - self.count - 1)
        return tuple(f"{year}年" for year in range(max(first, last - MOST_TIMES + 1), last + 1))

    def grid(self, times: tuple[str, ...]) -> GridAsked:
        """The question as a column of times."""
        asks = "" if re.search("多少|几何", self.after) else "是多少"
        cells = tuple(f"{self.before}{time}{self.after}{asks}" for time in times)
        return GridAsked((Axis(AxisKind.TIME, times),), cells, (self.thing,) * len(times))


def series_asked(question: Question) -> SeriesAsked | None:
    """What a question asks for over a stretch of times; None where it asks for none, or for what came together.

    Args:
        question: What is asked: "近五年研发经费投入".
    """
    if question.kind in _NO_FIGURE or _ALL_TOGETHER.search(question.text):
        return None
    text = question.text
    matches = ((pattern.search(text), times_of) for pattern, times_of in _STRETCHES)
    stretch = next(((found, times_of) for found, times_of in matches if found is not None), None)
    if stretch is None:
        return None
    found, times_of = stretch
    before, after = _without_asking(text[: found.start()]), _without_asking(text[found.end() :])
    before = _FRONT.sub("", before)
    asked = times_of(found, question)
    if asked is None or not _is_one_figure(question, f"{before}{after}"):
        return None
    times, first, count = asked
    is_of_each = bool(_OF_EACH.search(text) or _HOW_IT_CHANGED.search(text)) or times_of is _of_parts
    return SeriesAsked(before.rstrip("，,"), after.lstrip("，,的"), times, first, count, is_of_each)


_Times = tuple[tuple[str, ...], int, int]


def _of_range(found: re.Match[str], question: Question) -> _Times | None:
    first = int(found.group(1))
    if not found.group(2):
        return ((), first, 0)
    years = range(first, int(found.group(2)) + 1)
    times = tuple(f"{year}年" for year in years)
    return (times, 0, 0) if _FEWEST_TIMES <= len(times) <= MOST_TIMES else None


def _of_since(found: re.Match[str], question: Question) -> _Times | None:
    return (), int(found.group(1)), 0


def _of_last(found: re.Match[str], question: Question) -> _Times | None:
    number = found.group("number") or "几"
    count = _FEW if number in {"几", "些"} else int(number) if number.isdigit() else (number_of(number) or 0)
    return ((), 0, count) if 1 < count <= MOST_TIMES else None


def _of_every(found: re.Match[str], question: Question) -> _Times | None:
    return (), 0, 0


def _of_parts(found: re.Match[str], question: Question) -> _Times | None:
    year = found.group(1) or found.group(3)
    months = found.group("months")
    if months:
        first, last = (int(each) for each in re.findall(r"\d{1,2}", months))
        if not 1 <= first < last <= 12:
            return None
        return tuple(f"{year}年{month}月" for month in range(first, last + 1)), 0, 0
    names = _QUARTERS if found.group("part").startswith("季") else tuple(f"{n}月" for n in range(1, 13))
    return tuple(f"{year}年{name}" for name in names), 0, 0


_STRETCHES = (
    (_PARTS_OF_YEAR, _of_parts),
    (_RANGE, _of_range),
    (SINCE_YEAR, _of_since),
    (_LAST, _of_last),
    (_EVERY, _of_every),
)


def _without_asking(text: str) -> str:
    """A text without what asks, for each year or how it changed."""
    return re.sub(r"[?？。]+$", "", _OF_EACH.sub("", _ASKING.sub("", _HOW_IT_CHANGED.sub("", text))))


def _is_one_figure(question: Question, thing: str) -> bool:
    """Whether one figure of one place is asked for: what is asked in several things has a table of its own."""
    grid = question.grid
    if grid is not None and any(axis.kind is not AxisKind.TIME for axis in grid.axes):
        return False
    if grid is not None and len(grid.axes) > 1:
        return False
    named = fold(thing).rstrip("的")
    is_measured = question.kind in {Kind.AMOUNT, Kind.SHARE} or bool(MEASURE.search(named))
    return is_measured and len(named) > 1 and not re.search(r"[，,；;]", thing.strip("，,"))


__all__ = ["MOST_TIMES", "SeriesAsked", "series_asked"]
