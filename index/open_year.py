"""The year of a month that a question names without one: the newest that what is found tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.language.periods import Period, likeness
from index.hit import Hit
from index.query import Query

_LOOKED_AT = 15
_MONTH = 31
_YEAR = re.compile(r"\d{4}")


def in_newest_year(query: Query, hits: Sequence[Hit]) -> Query:
    """A query whose months are of the newest year, today's at the latest, of which the best hits tell in these months, else in
    which they came out in them.

    Args:
        query: Its periods are of today's year.
        hits: What is found for it whatever the time, best first.

    Returns:
        The query itself where no hit tells of these months in any year.
    """
    first = hits[:_LOOKED_AT]
    for told in (
        [each for hit in first for each in hit.passage.periods],
        [hit.article.date for hit in first],
    ):
        if year := _newest(query, [Period.parse(each) for each in told if each]):
            return _in_year(query, year)
    return query


def _newest(query: Query, periods: Sequence[Period]) -> int:
    """The newest year of which periods lie in a query's months; 0 for none."""
    latest = max(query.years, default=0)
    months = [period for period in periods if not period.is_whole_years]
    years = sorted({each for period in months for each in period.years if each <= latest}, reverse=True)
    asked = {year: _moved(query.periods, latest - year) for year in years}
    of_these = [year for year in years if likeness(asked[year], months) > 0]
    # "前10个月" is not of this year while its first seven months are told.
    told = [year for year in of_these if any(_reaches(period, asked[year]) for period in months)]
    return next(iter(told or of_these), 0)


def _reaches(period: Period, asked: Sequence[Period]) -> bool:
    """Whether a period lies in a month that is asked for, or reaches the end of a run of months."""
    return any(
        period.shared_days(each) and (each.days <= _MONTH or period.last >= each.last) for each in asked
    )


def _in_year(query: Query, year: int) -> Query:
    earlier = max(query.years) - year
    moved = [str(each) for each in _moved(query.periods, earlier)]
    return query.model_copy(
        update={"periods": moved, "years": sorted(each - earlier for each in query.years)}
    )


def _moved(periods: Sequence[str], years: int) -> list[Period]:
    """Periods so many years earlier; none where the calendar of that year lacks one of their days."""
    try:
        return [
            Period.parse(_YEAR.sub(lambda year: str(int(year.group()) - years), each)) for each in periods
        ]
    except ValueError:
        return []
