"""Whether a figure that stands in no passage follows from figures that do: conversion, rounding, sum, difference, ratio, count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import combinations

from corpus.language.normalize import fold
from corpus.language.quantities import Quantity, comparable, quantities_in

_BELOW = re.compile(r"(?:近|将近|接近|不到|不足|低于|逼近|almost|nearly|close to|under|less than)\s*$")
_ABOVE = re.compile(r"(?:超过?|逾|突破|高于|多于|大于|over|more than|above|exceed\w*)\s*$")
_ABOUT = re.compile(r"(?:约|大约|约为|大概|≈|≒|about|around|roughly|some|approximately)\s*$")
_ABOUT_AFTER = re.compile(r"^\s*(?:多|余|左右|上下|以上)")
_WORKED_OUT = re.compile(
    r"合计|共计?|总计|总和|之和|加起来|相加|相差|差距|差额|差值|相比|比|高出?|低|多出?|少|净|增加|减少|提高|下降|上升|扩大|缩小|"
    r"倍|占|平均|人均|均值|顺差|逆差|折合|换算|即|推算|计算|\d\s*[+＋\-－−–×x*÷/=＝]\s*\d|sum|total|difference|more|less|higher|lower|times|share|average|percent|that is|i\.e\.|surplus|deficit",
    re.IGNORECASE,
)
_AVERAGED = re.compile(r"平均|人均|户均|[月日年季]均|每|per|average|each", re.IGNORECASE)
_TELLING_DIGITS = 3
"""A figure of so many digits is hardly ever the sum or difference of two others by chance."""
_TOLERANCE = Decimal("0.05")
_MOST_OPERANDS = 40
_MOST_SUMMED = 6
_MOST_TO_COMBINE = 14
_ITEMS = re.compile(r"[、；;]|\d[.、)）]")
_COUNTED_UNITS = frozenset("个项条种家款类座所件套部次年月天名人省市")


def follows(
    figure: Quantity,
    unit_text: str,
    before: str,
    after: str,
    told: Sequence[Quantity],
    *,
    in_a_row: bool = False,
) -> bool:
    """Whether `figure` of a written unit is one of the figures `told`, rounded or worked out.

    Args:
        figure: The figure as it is written.
        unit_text: The unit that it stands in, which must say that something is worked out.
        before: What stands in front of the figure.
        after: What stands behind it.
        told: The figures of the passages, and of the answer itself, that it may come from.
        in_a_row: Whether it stands in a table, whose columns need not say how they are worked out.
    """
    if any(_rounded(figure, each, before, after) for each in told):
        return True
    says_so = in_a_row or bool(_WORKED_OUT.search(fold(unit_text)))
    if not says_so and _digits(figure) < _TELLING_DIGITS:
        return False
    operands = _distinct(told)[:_MOST_OPERANDS]
    digits = _precision(figure)
    averaged = _AVERAGED.search(fold(unit_text)) is not None
    return any(_fits(figure, result, digits) for result in _results(figure, operands, averaged=averaged))


def counts(number: int, unit: str, text: str) -> bool:
    """Whether `number` is how many things a text lists (3 for "甲、乙、丙")."""
    return bool(unit) and unit[-1] in _COUNTED_UNITS and len(_ITEMS.findall(text)) + 1 >= number > 1


def _rounded(figure: Quantity, other: Quantity, before: str, after: str) -> bool:
    if not comparable(figure, other) or not other.value:
        return False
    near = abs(figure.value - other.value) <= _TOLERANCE * abs(other.value)
    if not near:
        return False
    if _BELOW.search(before):
        return other.value <= figure.value
    if _ABOVE.search(before) or _ABOUT_AFTER.match(after):
        return other.value >= figure.value or bool(re.match(r"\s*(?:左右|上下)", after))
    if _ABOUT.search(before):
        return True
    # Rounded without a word for it: to the digits that are written, of a figure that has more.
    return _digits(other) > _digits(figure) >= 2 and _fits(figure, other.value, _precision(figure))


def _results(figure: Quantity, told: Sequence[Quantity], *, averaged: bool) -> Iterator[Decimal]:
    """What the figures told add up to, differ by, and are of one another, where it is counted as `figure` is."""
    alike = [each for each in told if comparable(figure, each)]
    if figure.unit in {"%", "个百分点"}:
        alike = [each for each in told if each.unit in {"%", "个百分点"}]
        yield from _ratios(told, Decimal(100))
    if figure.unit == "年":
        years = [each.value for each in told if each.unit in {"年", ""} and not each.power]
        yield from (abs(one - other) for one, other in combinations(years, 2))
    values = [each.value for each in alike]
    for one, other in combinations(values, 2):
        yield one + other
        yield abs(one - other)
    yield from _sums(values)
    if not figure.unit:
        yield from _ratios(told, Decimal(1))
    yield from _products(figure, told)
    if averaged:
        counted = [each.value for each in told if each.unit != figure.unit and each.value > 1]
        yield from (value / count for value in values for count in [*counted, Decimal(12), Decimal(4)])


def _sums(values: Sequence[Decimal]) -> Iterator[Decimal]:
    # In a row, as a table or sentence lists them; of few figures any of them.
    for count in range(3, len(values) + 1):
        yield from (sum(values[at : at + count], Decimal(0)) for at in range(len(values) - count + 1))
    if len(values) <= _MOST_TO_COMBINE:
        for count in range(3, min(_MOST_SUMMED, len(values)) + 1):
            yield from (sum(each, Decimal(0)) for each in combinations(values, count))
    for count in range(2, len(values) + 1):
        yield sum(values[:count], Decimal(0)) / count


def _ratios(told: Sequence[Quantity], scale: Decimal) -> Iterator[Decimal]:
    for one in told:
        for other in told:
            if (
                one is other
                or not other.value
                or not comparable(one, other)
                or (one.unit in {"年", ""} and not one.power)
            ):
                continue
            yield one.value / other.value * scale
            yield (one.value / other.value - 1) * scale


def _products(figure: Quantity, told: Sequence[Quantity]) -> Iterator[Decimal]:
    """A share of an amount, and a multiple of one ("80万元 × 5")."""
    amounts = [each for each in told if comparable(figure, each) and each.unit not in {"%", "年"}]
    for amount in amounts:
        for factor in told:
            if factor.unit == "%":
                yield amount.value * factor.value / 100
                if factor.value > -100:
                    yield amount.value / (1 + factor.value / 100)
                    yield amount.value * (1 + factor.value / 100)
            elif not factor.unit and not factor.power and 1 < factor.value <= 100:
                yield amount.value * factor.value


def _fits(figure: Quantity, result: Decimal, precision: Decimal) -> bool:
    """Whether a result, rounded (or cut) to the digits written, is the figure."""
    try:
        return abs(abs(result) - abs(figure.value)) < precision
    except InvalidOperation:
        return False


def _precision(figure: Quantity) -> Decimal:
    """The value of one step of the last digit that is written."""
    match = re.search(r"\d[\d,]*(?:\.(\d+))?", figure.text)
    decimals = len(match.group(1) or "") if match else 0
    written = Decimal(match.group().replace(",", "")) if match else Decimal(1)
    step = Decimal(1).scaleb(-decimals)
    return step * (figure.value / written) * Decimal("0.6") if written else step


def _digits(figure: Quantity) -> int:
    match = re.search(r"\d[\d,]*(?:\.\d+)?", figure.text)
    return len(match.group().replace(",", "").replace(".", "").strip("0")) if match else 0


def _distinct(told: Iterable[Quantity]) -> list[Quantity]:
    seen: dict[tuple[Decimal, str], Quantity] = {}
    for each in told:
        seen.setdefault((each.value, each.unit), each)
    return list(seen.values())


def figures_with_places(text: str) -> list[tuple[Quantity, str, str]]:
    """The figures of a text, each with what stands before and behind it."""
    folded = fold(text)
    found, at = [], 0
    for quantity in quantities_in(text):
        place = folded.find(quantity.text, at)
        if place < 0:
            continue
        at = place + len(quantity.text)
        found.append((quantity, folded[max(0, place - 8) : place], folded[at : at + 4]))
    return found


__all__ = ["counts", "figures_with_places", "follows"]
