"""A stretch of days, and how it is written: ISO 8601 of the year, month or day, or an interval of two of them."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple

PARTIAL_DATE = re.compile(r"^(\d{4})(-\d{2}(-\d{2})?)?$")
"""A year, a month or a day in ISO 8601; a value, not only its form, is checked where a day is made of it."""


class Period(NamedTuple):
    """From `first` to `last`, both within it."""

    first: date
    last: date

    def __str__(self) -> str:
        """ISO 8601, as short as it may be: "2024", "2024-03", "2024-03-05", "2024-01/2024-09"."""
        first, last = self
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            names = f"{first:%Y}", f"{last:%Y}"
        elif first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
            names = f"{first:%Y-%m}", f"{last:%Y-%m}"
        else:
            names = f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}"
        return names[0] if names[0] == names[1] else "/".join(names)

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period of an ISO text as `str` writes it.

        Raises:
            ValueError: when it is none.
        """
        first, _, last = text.partition("/")
        return cls(_ends(first)[0], _ends(last or first)[1])

    @property
    def in_words(self) -> str:
        """A year, a month or a day as it is written in Chinese; empty for another stretch."""
        text = str(self)
        if "/" in text:
            return ""
        return "".join(f"{int(part)}{unit}" for part, unit in zip(text.split("-"), "年月日", strict=False))

    @property
    def stretch_in_words(self) -> str:
        """As it is written in Chinese, from its first month or day to its last: "2026年1月至2026年3月"."""
        return "至".join(Period.parse(end).in_words for end in str(self).split("/"))

    @property
    def years(self) -> range:
        """The years it touches."""
        return range(self.first.year, self.last.year + 1)

    @property
    def is_whole_years(self) -> bool:
        """Whether it begins with a year and ends with one."""
        return (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def shared_days(self, other: Period) -> int:
        """How many days both have."""
        return max(0, (min(self.last, other.last) - max(self.first, other.first)).days + 1)


def of_years(first: int, last: int | None = None) -> Period:
    """One year, or several."""
    return Period(date(first, 1, 1), date(first if last is None else last, 12, 31))


def of_months(year: int, first: int, last: int | None = None) -> Period:
    """One month of a year, or several."""
    end = first if last is None else last
    return Period(date(year, first, 1), date(year, end, calendar.monthrange(year, end)[1]))


def of_day(year: int, month: int, day: int) -> Period | None:
    """A day, or None when the calendar has no such day."""
    try:
        return Period(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def likeness(asked: list[Period], told: list[Period]) -> float:
    """How well what is told fits what is asked, 0 to 1: shared days over all days, the best of all pairs (Jaccard)."""
    return max((_jaccard(a, b) for a in asked for b in told), default=0.0)


def _jaccard(one: Period, other: Period) -> float:
    shared = one.shared_days(other)
    return shared / (one.days + other.days - shared) if shared else 0.0


def _ends(text: str) -> tuple[date, date]:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return of_years(parts[0])
    if len(parts) == 2:
        return of_months(parts[0], parts[1])
    return date(*parts), date(*parts)
