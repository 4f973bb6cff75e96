"""The points of a series: for each time the figure of the likeliest sentence that tells of it, where the figures agree with each other.

A wrong figure under a citation is worse than none: what is of another place or unit than its neighbours, of several years
together, or a goal where results are asked for, is a gap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from statistics import median

from assistant.answering.figures_in_a_row import figure_of_year, year_of_end
from assistant.answering.table_cell import CellFound
from assistant.reading.candidate import Candidate
from assistant.reading.rank import contradicts
from assistant.state import Interpretation, Part
from assistant.understanding.grid import AxisKind, GridAsked
from assistant.understanding.question import Question, parse
from corpus.language.normalize import fold
from corpus.language.periods import Period
from corpus.language.places import places_in, plain_name
from corpus.language.quantities import Quantity, comparable, quantities_in
from corpus.language.times import RANGE_OF_YEARS
from index.aim import sets_goal

Read = Callable[[Part, Sequence[Candidate]], CellFound]
"""Reads the value of a part off the first of some sentences, which is a gap where it is not sure beside the others."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|\D|$)")
_HELD_AGAINST = re.compile(r"(?:比|较|与|和|同)\s?$")
_OF_SEVERAL_YEARS = re.compile("年均|累计")
_OF_SEVERAL_THINGS = re.compile("(?:分别|依次)[^，,。；;]*$")
_AT_THE_END = re.compile("[年季月][末底]")
_FEWEST = 3
_LOOKED_AT = 6
_FAR = 20
"""How many times the median of a series one of its figures may be, or its part: what is farther is of another unit or thing."""
_LEAP = 4
"""How many times both its neighbours a figure may be, or their part."""


def is_series(grid: GridAsked) -> bool:
    """Whether a grid is one figure at three times or more."""
    return [axis.kind for axis in grid.axes] == [AxisKind.TIME] and len(grid.cells) >= _FEWEST


def series_cells(form: Interpretation, grid: GridAsked, parts: Sequence[Part], read: Read) -> list[CellFound]:
    """The cells of a question asked by time, each with the figure of its time or none.

    Args:
        form: The question by its times.
        grid: Its times.
        parts: The part of each time.
        read: Reads a value off sentences.
    """
    rows = [each for part in parts for each in part.candidates[:_LOOKED_AT] if not contradicts(each)]
    cells = []
    for label, part in zip(grid.axes[0].labels, parts, strict=True):
        time = _time_of(label, form.parsed)
        cell = _cell_of(form.parsed, part, time, read)
        cells.append(cell if cell.is_sure else _from_rows(form.parsed, rows, time) or cell)
    return _without_leaps(_of_one_kind(_of_one_place(form, cells)))


def _time_of(label: str, question: Question) -> Period | None:
    asked = parse(label, question.today).query().asked
    return asked[0] if len(asked) == 1 else None


def _cell_of(question: Question, part: Part, time: Period | None, read: Read) -> CellFound:
    """The figure of the first sentence found for a time that tells of this time, and no goal where none is asked for."""
    told = [
        each
        for each in part.candidates[:_LOOKED_AT]
        if time is None or (_is_told_of(each, time) and not contradicts(each))
    ]
    for number, candidate in enumerate(told):
        row = _from_rows(question, [candidate], time)
        cell = row or read(part, told[number:])
        before, figure = _parted(candidate.text, cell.text if cell.is_sure else "")
        if not question.wants_goal and sets_goal(f"{before}{figure}"):
            continue
        is_of_others = row is None and (
            _OF_SEVERAL_THINGS.search(before)
            or (time is not None and not _is_of_time(candidate, before, time))
        )
        return cell.unsure if is_of_others or _OF_SEVERAL_YEARS.search(_last_clause(before)) else cell
    return CellFound(support=part.candidates[0] if part.candidates else None)


def _from_rows(question: Question, sentences: Sequence[Candidate], time: Period | None) -> CellFound | None:
    """The figure of a year in a row that one of some sentences prints; None where none does, or they differ."""
    if time is None or not time.is_whole_years or len(time.years) != 1:
        return None
    year = time.first.year
    told = {figure: each for each in sentences if (figure := figure_of_year(each.text, question.text, year))}
    figure, support = next(iter(told.items()), ("", None))
    return CellFound(figure, period=time.stretch_in_words, support=support) if len(told) == 1 else None


def _parted(text: str, figure: str) -> tuple[str, str]:
    """A sentence as far as its figure, and the figure with what bounds it: ("就业", "1100万人以上"); all of it where it has none."""
    folded, wanted = fold(text), fold(figure)
    at = folded.find(wanted) if wanted else -1
    if at < 0:
        return folded, ""
    return folded[:at], folded[at : at + len(wanted) + 2]


def _last_clause(text: str) -> str:
    return re.split("[，,。；;]", text)[-1]


def _is_told_of(candidate: Candidate, time: Period) -> bool:
    """Whether a sentence speaks of a time, or of how things stood at its end: "年末常住人口"."""
    at_end = [each for each in candidate.periods if each.last == time.last and time.first <= each.first]
    return time in candidate.periods or (bool(at_end) and bool(_AT_THE_END.search(candidate.text)))


def _is_of_time(candidate: Candidate, before: str, time: Period) -> bool:
    """Whether the figure behind `before` is told of a time: the only year of its sentence, or the last named before the figure."""
    text = fold(candidate.text)
    named = [match for match in _YEAR.finditer(text) if not _HELD_AGAINST.search(text[: match.start()])]
    if len({match.group() for match in named}) <= 1:
        return True
    if year := year_of_end(text, len(before)):
        return time.is_whole_years and year in time.years
    nearest = [match for match in named if match.start() < len(before)]
    if not nearest or not time.is_whole_years or int(nearest[-1].group()) not in time.years:
        return False
    # What "2021—2024年" tells is of no one of these years.
    return all(match.start(2) != nearest[-1].start() for match in RANGE_OF_YEARS.finditer(text))


def _of_one_place(form: Interpretation, cells: list[CellFound]) -> list[CellFound]:
    """The cells whose articles are of the place that most are of, where the question names none."""
    if form.parsed.places:
        return cells
    scopes = [_scope_of(cell.support) if cell.support is not None else "" for cell in cells]
    counted = Counter(scope for scope, cell in zip(scopes, cells, strict=True) if cell.is_sure)
    if len(counted) < 2:
        return cells
    # All of China is meant where nothing else is said.
    kept = "" if counted[""] else counted.most_common(1)[0][0]
    return [cell if scope == kept else cell.unsure for scope, cell in zip(scopes, cells, strict=True)]


def _scope_of(candidate: Candidate) -> str:
    """The place that an article is of; empty for all of China."""
    named = [candidate.hit.article.region, *places_in(candidate.hit.article.title)]
    places = [plain_name(place) for place in named if place]
    return next((place for place in places if place not in {"全国", "中国"}), "")


def _of_one_kind(cells: list[CellFound]) -> list[CellFound]:
    """The cells whose figures are counted as most are, and lie within reach of each other."""
    figures = _figures(cells)
    kinds = Counter(each.unit for each in figures.values())
    if not kinds:
        return [cell.unsure for cell in cells]
    unit = kinds.most_common(1)[0][0]
    like = next(each for each in figures.values() if each.unit == unit)
    # "减少1386万" among figures of people is told without its unit.
    kept = {
        number: each
        for number, each in figures.items()
        if comparable(like, each) or (each.power and not each.unit)
    }
    middle = Decimal(median(abs(each.value) for each in kept.values()))
    return [
        cell if number in kept and _is_within(_FAR, kept[number], middle) else cell.unsure
        for number, cell in enumerate(cells)
    ]


def _without_leaps(cells: list[CellFound]) -> list[CellFound]:
    """The cells without those whose figure is many times, or a small part of, both that before it and that after it."""
    figures = list(_figures(cells).items())
    kept = list(cells)
    for (_, before), (number, figure), (_, after) in zip(figures, figures[1:], figures[2:], strict=False):
        values = [before.value / figure.value, after.value / figure.value] if figure.value else []
        is_leap = all(each > _LEAP for each in values) or all(each * _LEAP < 1 for each in values)
        if values and is_leap and figure.unit != "%":
            kept[number] = cells[number].unsure
    return kept


def _figures(cells: Sequence[CellFound]) -> dict[int, Quantity]:
    """The one figure of each sure cell that holds one, by the number of the cell."""
    read = {number: quantities_in(cell.text) for number, cell in enumerate(cells) if cell.is_sure}
    return {number: each[0] for number, each in read.items() if len(each) == 1}


def _is_within(times: int, figure: Quantity, middle: Decimal) -> bool:
    if figure.unit == "%" or not middle:
        return True
    return middle / times <= abs(figure.value) <= middle * times


__all__ = ["Read", "is_series", "series_cells"]
