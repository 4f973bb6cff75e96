"""The points of a series: of the cells read for each time those that surely tell it, aligned from a row where an article prints one.

A wrong figure under a citation is worse than none: what is of another time, place or unit than its neighbours, or tells a change
where an amount is asked for, is a gap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median

from assistant.answering.table_cell import CellFound
from assistant.answering.told_directly import name_in, told_directly
from assistant.answering.told_in_a_row import figure_of_year, told_in_a_row, year_of_end
from assistant.reading.candidate import Candidate
from assistant.reading.rank import contradicts
from assistant.state import Interpretation, Part, State
from corpus.language.normalize import fold
from corpus.language.periods import Period
from corpus.language.places import places_in, plain_name
from corpus.language.quantities import Quantity, comparable, quantities_in
from corpus.language.times import RANGE_OF_YEARS
from corpus.table import is_row
from index.synonyms import synonyms_in
from index.words import content_words

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|\D|$)")
_HELD_AGAINST = re.compile(r"(?:比|较|与|和|同)\s?$")
_IN_A_ROW = re.compile("分别|依次")
_CHANGED = re.compile(
    r"(?:增长|增加|增幅|下降|减少|提高|上升|降低|回落|扩大|缩小|[多少增减升降涨跌])(?:了|约|近|超过?|到?至)*\s?$"
)
_CHANGED_TO = re.compile(r"(?:到|至)\s?$")
_ASKS_CHANGE = re.compile(r"增[速幅长减加]|涨幅|降幅|同比|环比|新增|净增|提高|下降|变化")
_OF_ANY_MEASURE = re.compile("(?:拥有量|人数|总量|总额|总值|[量额数值])$")
_PART_OF = re.compile("其中|包括")
_AT_THE_END = re.compile("[年季月][末底]")
_FAR = 20
"""How many times the median of a series one of its figures may be, or its part: what is farther is of another unit or thing."""
_LOOKED_AT = 4


def series_cells(state: State, form: Interpretation, cells: Sequence[CellFound]) -> list[CellFound]:
    """The cells of a question asked by time, each with the figure of its time or none.

    Args:
        state: The question, for the passages found for it as a whole.
        form: The question by its times.
        cells: What was read for each time.
    """
    thing = form.series.thing if form.series is not None else ""
    times = [_time_of(part) for part in form.parts]
    rows = list(_likely_rows(state, form))
    checked = []
    for part, time, cell in zip(form.parts, times, cells, strict=True):
        own = _directly(part, time, thing)
        if own is None:
            own = cell if cell.is_sure and time and _tells(cell, time, thing) else cell.unsure
        checked.append(own if own.is_sure else _aligned(time, thing, rows) or own)
    return _of_one_kind(_of_one_place(form, checked))


def tells_directly(part: Part, thing: str) -> bool:
    """Whether one of the first sentences found for a time tells the figure right behind the name of the thing."""
    return _directly(part, _time_of(part), thing) is not None


def _directly(part: Part, time: Period | None, thing: str) -> CellFound | None:
    """The figure that the first sentence of a time tells right behind the name of the thing; None where none does."""
    wants_place = bool(part.parsed.places)
    for candidate in part.candidates[:_LOOKED_AT] if time is not None else []:
        is_there = not wants_place or candidate.features.get("place_same", 0.0) >= 1
        figure = told_directly(candidate, thing) if is_there and not contradicts(candidate) else ""
        cell = CellFound(figure, period=time.stretch_in_words, support=candidate) if figure and time else None
        if cell is not None and time is not None and _tells(cell, time, thing):
            return cell
    return None


def _time_of(part: Part) -> Period | None:
    asked = part.parsed.query().asked
    return asked[0] if len(asked) == 1 else None


def _tells(cell: CellFound, time: Period, thing: str) -> bool:
    """Whether the figure of a cell is plainly that of its time, and an amount where no change is asked for."""
    candidate = cell.support
    figures = quantities_in(cell.text)
    if candidate is None or len(figures) != 1 or not _is_told_of(candidate, time):
        return False
    text, figure = fold(candidate.text), fold(cell.text)
    if name_in(thing) in text and not is_row(text) and cell.text != told_directly(candidate, thing):
        # 发明专利授权量 is no 专利授权量.
        return False
    if not _names_all(candidate, thing):
        return False
    places = [match.start() for match in re.finditer(rf"(?<![\d.]){re.escape(figure)}", text)]
    if not places:
        # A figure in a row of a table is told with the unit of its head.
        number = re.search(r"\d[\d,.]*", figure)
        places = (
            [
                match.start()
                for match in re.finditer(rf"(?<![\d.]){re.escape(number.group())}(?![\d.]*\d)", text)
            ]
            if number
            else []
        )
    asks_change = bool(_ASKS_CHANGE.search(thing))
    return bool(places) and all(
        _is_of_time(candidate, text, at, time)
        and not _PART_OF.search(text[text.rfind("。", 0, at) + 1 : at])
        and (asks_change or not _tells_change(text[:at]))
        for at in places[:1]
    )


def _names_all(candidate: Candidate, thing: str) -> bool:
    """Whether a sentence, or a row with its heads, names all of a thing, perhaps in other words: 收入 is no 支出."""
    told = fold(candidate.text)
    if is_row(candidate.text) or candidate.row_name:
        told += fold(f"{candidate.head} {candidate.context} {candidate.row_name}")
    stem = _OF_ANY_MEASURE.sub("", name_in(thing)) or name_in(thing)
    return all(
        word in told or any(name in told for name in synonyms_in(word).get(word, ()))
        for word in content_words(stem)
    )


def _is_told_of(candidate: Candidate, time: Period) -> bool:
    """Whether a sentence speaks of a time, or of how things stood at its end: "年末常住人口"."""
    at_end = [each for each in candidate.periods if each.last == time.last and time.first <= each.first]
    return time in candidate.periods or (bool(at_end) and bool(_AT_THE_END.search(candidate.text)))


def _tells_change(before: str) -> bool:
    return bool(_CHANGED.search(before)) and not _CHANGED_TO.search(before)


def _is_of_time(candidate: Candidate, text: str, at: int, time: Period) -> bool:
    """Whether the figure at a place is told of a time: it is the only one of its sentence, or the last named before the figure."""
    named = [match for match in _YEAR.finditer(text) if not _HELD_AGAINST.search(text[: match.start()])]
    if len({match.group() for match in named}) > 1:
        if year := year_of_end(text, at):
            return time.is_whole_years and year in time.years
        if _IN_A_ROW.search(text):
            return False
        before = [match for match in named if match.start() < at]
        # What "2021—2024年累计" tells is of no one of these years.
        of_several = any(
            match.start(2) == before[-1].start() for match in RANGE_OF_YEARS.finditer(text) if before
        )
        is_own = bool(before) and int(before[-1].group()) in time.years and not of_several
        return is_own and time.is_whole_years
    return len({period for period in candidate.periods if period.days == time.days}) <= 1


def _likely_rows(state: State, form: Interpretation) -> Iterator[Candidate]:
    """The first sentences found for the question or one of its times that do not speak of another place or thing."""
    seen = set()
    for each in state.interpretations:
        if each.parsed is not form.parsed:
            continue
        for part in each.parts:
            for candidate in part.candidates[:_LOOKED_AT]:
                key = (candidate.hit.article.id, candidate.start)
                if key not in seen and told_in_a_row(candidate.text) and not _is_of_another(candidate):
                    seen.add(key)
                    yield candidate


def _is_of_another(candidate: Candidate) -> bool:
    features = candidate.features
    return any(
        features.get(name, 0.0) >= 1 for name in ("place_other", "company_other", "unit_missing")
    ) or bool(features.get("names_missing"))


def _aligned(time: Period | None, thing: str, rows: Sequence[Candidate]) -> CellFound | None:
    """The figure of a time in a row that a sentence prints; None where none does, or several differ."""
    words = [word for word in content_words(thing) if not places_in(word)]
    if time is None or not time.is_whole_years or len(time.years) != 1 or not words:
        return None
    found: dict[Decimal, CellFound] = {}
    for row in rows:
        told = fold(f"{row.context} {row.hit.article.title} {row.text}")
        figure = figure_of_year(row.text, thing, time.first.year)
        if figure and all(word in told or word in {"全国", "我国"} for word in words):
            found.setdefault(
                quantities_in(figure)[0].value, CellFound(figure, period=time.stretch_in_words, support=row)
            )
    return next(iter(found.values())) if len(found) == 1 else None


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
    figures = {number: quantities_in(cell.text)[0] for number, cell in enumerate(cells) if cell.is_sure}
    kinds = Counter(each.unit for each in figures.values())
    if not kinds:
        return cells
    unit = kinds.most_common(1)[0][0]
    like = next(each for each in figures.values() if each.unit == unit)
    kept = {number: each for number, each in figures.items() if comparable(like, each)}
    middle = Decimal(median(abs(each.value) for each in kept.values()))
    return [
        cell if number in kept and _is_near(kept[number], middle) else cell.unsure
        for number, cell in enumerate(cells)
    ]


def _is_near(figure: Quantity, middle: Decimal) -> bool:
    if figure.unit == "%" or not middle:
        return True
    return middle / _FAR <= abs(figure.value) <= middle * _FAR


__all__ = ["series_cells", "tells_directly"]
