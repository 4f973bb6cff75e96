"""Questions for one figure over a stretch of years, quarters or months: "2020年以来全国粮食产量", "近五年研发经费投入"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.understanding.grid import Axis, AxisKind, GridAsked, without_asking
from assistant.understanding.stretch import MOST_TIMES, stretch_in, without_stretches
from corpus.language.normalize import fold
from index.kinds import SURE
from index.question_heads import heads
from index.question_shapes import shape_of

if TYPE_CHECKING:
    from assistant.understanding.question import Question

_CLAUSES = re.compile("[，,；;。：:？?]")
_ASKS_A_SUM = re.compile(
    "累计|一共|总共|合计|总计|共计|共(?!同)|总(?![额值量产])|均|复合|吗|最|(?<!新)(?:[增减升降涨跌][加少长高]?|[多少])了"
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
        """What is asked for, without its times and the words that ask."""
        return re.sub(r"^[的在，,\s]+|[的，,\s]+$", "", without_asking(f"{self.before}{self.after}"))

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

    Whether each time is asked for is learnt (`index.question_heads`); which times they are is read from its words.

    Args:
        question: What is asked: "近五年研发经费投入".
    """
    text = question.text
    shape = shape_of(text)
    # "2020年以来新增就业多少" names no sum: where none is printed, each time's figure tells more than the first year's.
    is_open = "以来" in text and not _ASKS_A_SUM.search(text)
    is_series = shape == "series" or (shape == "total" and is_open)
    stretch = stretch_in(text) if is_series else None
    if stretch is None:
        return None
    # What stands in another clause before the stretch is why it is asked.
    front = _OF_EACH.sub("", _CLAUSES.split(text[: stretch.start].rstrip("，,：: "))[-1])
    before = _FRONT.sub("", _without_asking(without_stretches(front))).rstrip("，,（( ")
    after = without_stretches(_without_asking(text[stretch.end :])).lstrip("，,的）) ")
    if not _is_one_figure(question, f"{before}{after}"):
        return None
    return SeriesAsked(
        before,
        after,
        stretch.times,
        stretch.first,
        stretch.count,
        stretch.is_within_a_year or heads().read(text)["series"] >= SURE,
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
    return len(named) > 1 and not _CLAUSES.search(thing.strip("，,"))


__all__ = ["SeriesAsked", "series_asked"]
