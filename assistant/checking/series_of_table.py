"""The series that the table of an answer tells: a row, or a column, a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from assistant.model import Answer, Citation
from assistant.series import Series, SeriesLine, SeriesPoint
from assistant.table import Table, TableCell
from corpus.language.before_figures import tells_fall
from corpus.language.normalize import fold
from corpus.language.periods import Period
from corpus.language.quantities import Quantity, comparable, quantities_in, size_of_unit, unit_as_written
from corpus.language.times import PartialDay, periods_in
from index.aim import sets_goal

_FEWEST_TIMES = 3
_LONGEST_TIME = 16
_NOT_EXACT = re.compile(r"[多余几数]|\d\s*[-—–~～至到]\s*\d")
_BOUND = re.compile("以[上下内]|[不未]|左右|最[高低多少]|至[多少]")
"""What makes a figure the bound of others, which a goal may be and a result is not."""
_WRITTEN_EARLY = 6
"""Which part of a time may be missing where its result is told: the harvest of a year is known in December."""
_SIGNED = re.compile(r"^\s*[-−﹣]\s*\d")
_SIGN_BEFORE = re.compile(r"(?<![\d%])[-−﹣]\s*$")
_ENDS_A_CLAUSE = re.compile(r"[；;。！!]")
_COMMA = re.compile(r"[,，；;。！!]")


def add_series(answer: Answer) -> None:
    """Fill the series of an answer from its table, and mark the values of the table that are goals."""
    answer.series = series_of(answer)
    if answer.series is None or answer.table is None:
        return
    goals = {
        frozenset((point.time, line.name))
        for line in answer.series.lines
        for point in line.points
        if point.is_goal
    }
    rows = [
        [row[0]]
        + [
            cell.model_copy(update={"is_goal": True}) if frozenset((row[0].text, head)) in goals else cell
            for head, cell in zip(answer.table.columns[1:], row[1:], strict=True)
        ]
        for row in answer.table.rows
    ]
    answer.table = answer.table.model_copy(update={"rows": rows})


def series_of(answer: Answer) -> Series | None:
    """The series in the table of an answer; None where it has no table of at least three times in a row, or no value in it.

    Args:
        answer: An answer with its table and its citations.
    """
    lines = _lines_of(answer.table) if answer.table is not None else None
    if lines is None:
        return None
    quotes = {citation.n: citation for citation in answer.citations}
    read = [
        (name, [(time, period, cell, _figure(cell, quotes)) for time, period, cell in cells])
        for name, cells in lines
    ]
    like = _most_common([figure for _, cells in read for *_, figure in cells if figure is not None])
    if like is None:
        return None
    drawn = []
    for name, cells in read:
        points = [_point(time, period, cell, figure, like, quotes) for time, period, cell, figure in cells]
        if any(not point.is_gap for point in points):
            drawn.append(SeriesLine(name=name, points=points))
    return Series(unit=unit_as_written(like), lines=drawn)


_Line = tuple[str, list[tuple[str, Period, TableCell]]]


def _lines_of(table: Table) -> list[_Line] | None:
    """The cells of a table line by line along its times; None where neither its rows nor its columns are times."""
    names = [row[0].text for row in table.rows]
    if periods := _times(names):
        return [
            (
                head,
                [
                    (name, period, row[column])
                    for name, period, row in zip(names, periods, table.rows, strict=True)
                ],
            )
            for column, head in enumerate(table.columns[1:], 1)
        ]
    heads = table.columns[1:]
    if periods := _times(heads):
        return [(row[0].text, list(zip(heads, periods, row[1:], strict=True))) for row in table.rows]
    return None


def _times(names: Sequence[str]) -> list[Period]:
    """The periods that names tell, where each is one, all are as long, and they follow each other; else none."""
    periods = []
    for name in names:
        told = (
            periods_in(name, None) if len(name) <= _LONGEST_TIME and re.match(r"(?:19|20)\d{2}", name) else []
        )
        if len(told) != 1:
            return []
        periods += told
    if len(periods) < _FEWEST_TIMES or any(one.last >= other.first for one, other in pairwise(periods)):
        return []
    return periods if max(p.days for p in periods) - min(p.days for p in periods) <= 3 else []


def _figure(cell: TableCell, quotes: dict[int, Citation]) -> Quantity | None:
    """The one exact figure of a cell that its citation tells; None where there is none."""
    printed = cell.printed or cell.text
    figures = quantities_in(printed)
    cited = [quotes[number] for number in cell.citations if number in quotes]
    if cell.is_missing or len(figures) != 1 or _NOT_EXACT.search(fold(printed)) or not cited:
        return None
    figure = figures[0]
    before = fold(printed).split(figure.text)[0]
    is_below = _SIGNED.match(fold(printed)) or _SIGN_BEFORE.search(before) or tells_fall(before)
    return (
        figure
        if not is_below
        else Quantity(-figure.value, figure.unit, figure.text, figure.power, figure.written_unit)
    )


def _most_common(figures: Sequence[Quantity]) -> Quantity | None:
    """A figure written in the unit and scale that most are; the first such one."""
    if not figures:
        return None
    units = Counter((each.unit, each.written_unit, each.power) for each in figures)
    wanted = units.most_common(1)[0][0]
    return next(each for each in figures if (each.unit, each.written_unit, each.power) == wanted)


def _point(
    time: str,
    period: Period,
    cell: TableCell,
    figure: Quantity | None,
    like: Quantity,
    quotes: dict[int, Citation],
) -> SeriesPoint:
    is_other_time = bool(cell.period) and cell.period != period.stretch_in_words
    cited = [quotes[number] for number in cell.citations if number in quotes]
    is_goal = figure is not None and any(_is_goal(each, period, figure) for each in cited)
    is_bound = not is_goal and bool(_BOUND.search(fold(cell.printed or cell.text)))
    if figure is None or is_other_time or is_bound or not comparable(figure, like):
        return SeriesPoint(time=time, period=str(period), citations=cell.citations)
    value = figure.value / size_of_unit(like)
    return SeriesPoint(
        time=time,
        period=str(period),
        text=cell.printed or cell.text,
        value=float(Decimal(f"{value:.10g}")),
        is_goal=is_goal,
        citations=cell.citations,
    )


def _is_goal(citation: Citation, period: Period, figure: Quantity) -> bool:
    """Whether a citation sets a goal or tells a forecast: its words say so, or it was written before its time was over."""
    written = PartialDay.parse(citation.date)
    if written is not None and written.month is not None and written.day is not None:
        missing = (period.last - date(written.year, written.month, written.day)).days
        if missing > period.days / _WRITTEN_EARLY:
            return True
    quote = fold(citation.quote)
    at = max(quote.find(fold(figure.text)), 0)
    begin = max((match.end() for match in _ENDS_A_CLAUSE.finditer(quote, 0, at)), default=0)
    # "2025年达104亿元，2026年预计增至187亿元": what is said behind the next comma is of another figure.
    end = _COMMA.search(quote, at + len(fold(figure.text)))
    return sets_goal(quote[begin : end.start() if end else len(quote)])


__all__ = ["add_series", "series_of"]
