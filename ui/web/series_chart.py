"""The series of an answer as a small drawing in SVG: results filled, goals hollow and dashed, gaps left open.

Places along the axis of times are percentages, so that the drawing is as wide as its column and its letters keep their size: what
cleans the chat's HTML takes away a `viewBox`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, floor, isfinite, log10
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from assistant.messages import message
from assistant.series import Series, SeriesLine, SeriesPoint
from ui.web.shown import shown

_HEIGHT = 240
_LEFT, _RIGHT = 13.0, 99.0
"""Per cent of the width between which the times lie."""
_TOP, _BOTTOM = 36, 206
_LINE_OF_LEGEND = 18
_MOST_LABELS = 6
_LEAST_TIMES = 2
_MOST_VALUES = 5
_MOST_LINES = 6
_STEPS = 4
_LONGEST_NAME = 16
_SHORT_ENOUGH = 1e7
_SCALES = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))


@dataclass(frozen=True)
class _Mark:
    """A label at a place along an axis."""

    at: float
    label: str
    is_zero: bool = False


@dataclass(frozen=True)
class _Piece:
    """A straight piece of a line, from one time to the next."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_dashed: bool


@dataclass(frozen=True)
class _Point:
    """A point with its description, shown where it is pointed at."""

    x: float
    y: float
    description: str
    label: str
    href: str
    is_goal: bool


@dataclass(frozen=True)
class _Line:
    """A line as it is drawn."""

    number: int
    shape: str
    pieces: list[_Piece]
    points: list[_Point]


@dataclass(frozen=True)
class _Name:
    """The name of a line below the drawing."""

    number: int
    y: float
    shape: str
    label: str


@dataclass
class _Chart:
    """What the template draws."""

    description: str
    unit: str
    ticks: list[_Mark]
    times: list[_Mark]
    lines: list[_Line] = field(default_factory=list)
    legend: list[_Name] = field(default_factory=list)
    height: int = _HEIGHT
    bottom: int = _BOTTOM


def series_chart_html(series: Series, address: Callable[[int], str], language: str) -> str:
    """The drawing of a series in one line of HTML; empty where fewer than two times have a value.

    Args:
        series: What is drawn; every text of it is escaped.
        address: Where a citation's number leads; empty where it leads nowhere.
        language: Of the page.
    """
    told = [
        (point.time, value)
        for line in series.lines
        for point in line.points
        if (value := _value(point)) is not None
    ]
    if len({time for time, _ in told}) < _LEAST_TIMES:
        return ""
    values = [value for _, value in told]
    low, high, step = _bounds(values)
    chart = _Chart(_in_words(series, language), series.unit, _ticks(low, high, step), _times(series.times))
    for number, line in enumerate(series.lines[:_MOST_LINES]):
        chart.lines.append(_drawn(line, number, (low, high), series, address, language))
    if len(chart.lines) > 1:
        chart.legend = [_name(number, line.name) for number, line in enumerate(series.lines[:_MOST_LINES])]
        chart.height += _LINE_OF_LEGEND * len(chart.legend)
    drawn = " ".join(_template().render(chart=chart).split("\n"))
    return f'<div class="answer-chart">{drawn}</div>'


@lru_cache(maxsize=1)
def _template() -> Template:
    around = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    around.filters["shown"] = lambda text: Markup(shown(text))
    return around.get_template("series_chart.svg.j2")


def _value(point: SeriesPoint) -> float | None:
    return point.value if point.value is not None and isfinite(point.value) else None


def _bounds(values: list[float]) -> tuple[float, float, float]:
    """The ends of the axis of values and the step between its marks: round numbers, from nought where that wastes little."""
    low, high = min(values), max(values)
    if low >= 0 and low < high / 2:
        low = 0.0
    if high <= 0 and high > low / 2:
        high = 0.0
    spread = (high - low) or abs(high) or 1.0
    step = 10 ** floor(log10(spread / _STEPS))
    step = next(step * factor for factor in (1, 2, 5, 10) if step * factor * _STEPS >= spread)
    low, high = floor(low / step) * step, ceil(high / step) * step
    return (low - step, high + step, step) if low == high else (low, high, step)


def _ticks(low: float, high: float, step: float) -> list[_Mark]:
    count = round((high - low) / step)
    values = [low + number * step for number in range(count + 1)]
    return [
        _Mark(_y(value, (low, high)), _short(value, step), is_zero=abs(value) < step / 1e6)
        for value in values
    ]


def _short(value: float, step: float = 0.0) -> str:
    """A number as short as a drawing needs it: 1.2万亿; nought where it is far below a `step`."""
    if abs(value) < step / 1e6:
        return "0"
    if abs(value) < _SHORT_ENOUGH:
        return f"{value:.10g}"
    scale, name = next(((scale, name) for scale, name in _SCALES if abs(value) >= scale), (1.0, ""))
    return f"{value / scale:.6g}{name}" if abs(value / scale) < 1e6 else f"{value / scale:.3e}{name}"


def _times(times: list[str]) -> list[_Mark]:
    """The labels of the axis of times, so few that none touches the next."""
    every = ceil(len(times) / _MOST_LABELS)
    years = {time[:5] for time in times}
    return [
        _Mark(_x(number, len(times)), _short_time(time, is_one_year=len(years) == 1))
        for number, time in enumerate(times)
        if (len(times) - 1 - number) % every == 0
    ]


def _short_time(time: str, *, is_one_year: bool) -> str:
    if time.endswith("年"):
        return time[:-1]
    return time[5:] if is_one_year and time[4:5] == "年" else time


def _x(number: int, count: int) -> float:
    inner = (_RIGHT - _LEFT) / max(count, 1)
    return round(_LEFT + inner * (number + 0.5), 1)


def _y(value: float, ends: tuple[float, float]) -> float:
    low, high = ends
    return round(_BOTTOM - (_BOTTOM - _TOP) * (value - low) / (high - low), 1)


def _drawn(
    line: SeriesLine,
    number: int,
    ends: tuple[float, float],
    series: Series,
    address: Callable[[int], str],
    language: str,
) -> _Line:
    count = len(line.points)
    shows_values = len(series.lines) == 1 and count <= _MOST_VALUES
    pieces: list[_Piece] = []
    points: list[_Point] = []
    before: tuple[float, float, bool] | None = None
    for at, point in enumerate(line.points):
        value = _value(point)
        if value is None:
            before = None
            continue
        x, y = _x(at, count), _y(value, ends)
        if before is not None:
            pieces.append(_Piece(before[0], before[1], x, y, before[2] or point.is_goal))
        description = _point_in_words(point, language)
        description = f"{line.name}：{description}" if len(series.lines) > 1 else description
        href = address(point.citations[0]) if point.citations else ""
        label = _short(value) if shows_values else ""
        points.append(_Point(x, y, description, label, href, point.is_goal))
        before = (x, y, point.is_goal)
    return _Line(number, _shape(number), pieces, points)


def _shape(number: int) -> str:
    """The mark of a line's points, that lines are told apart without their colour: a dot, a square, a triangle, a diamond."""
    shapes = (
        "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        "M-4 -4h8v8h-8z",
        "M0 -5l5 9h-10z",
        "M0 -5l5 5l-5 5l-5 -5z",
    )
    return shapes[number % len(shapes)]


def _name(number: int, name: str) -> _Name:
    label = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    return _Name(number, _BOTTOM + 36 + number * _LINE_OF_LEGEND, _shape(number), label)


def _point_in_words(point: SeriesPoint, language: str) -> str:
    if point.is_gap:
        return message("series_gap", language, time=point.time)
    code = "series_goal" if point.is_goal else "series_point"
    return message(code, language, time=point.time, value=point.text)


def _in_words(series: Series, language: str) -> str:
    """The drawing for those who do not see it."""
    comma = message("list_comma", language)
    lines = [
        f"{line.name}：{comma.join(_point_in_words(point, language) for point in line.points)}"
        for line in series.lines
    ]
    return message("series_told", language, lines="；".join(lines))


__all__ = ["series_chart_html"]
