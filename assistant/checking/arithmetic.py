"""Whether a figure that stands in no passage follows from figures that do: conversion, rounding, sum, difference, ratio, count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import combinations

from assistant.checking.figures import digits_of
from corpus.language.normalize import fold
from corpus.language.quantities import Quantity, comparable, quantities_in

_BELOW = re.compile(r"(?:近|将近|接近|不到|不足|低于|逼近|almost|nearly|close to|under|less than)\s*$")
_ABOVE = re.compile(r"(?:超过?|逾|突破|高于|多于|大于|over|more than|above|exceed\w*)\s*$")
_ABOUT = re.compile(r"(?:约|大约|约为|大概|≈|≒|about|around|roughly|some|approximately)\s*$")
_ABOUT_AFTER = re.compile(r"^\s*(?:多|余|左右|上下|以上)")
_AVERAGED = re.compile(r"平均|人均|户均|[月日年季]均|每|per|average|each", re.IGNORECASE)
_TOLERANCE = Decimal("0.05")
_MOST_OPERANDS = 40
_MOST_SUMMED = 6
_MOST_TIMES = 100
_MOST_TO_COMBINE = 14
_MULTIPLIED = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?=[^\d=]{0,6}[×*])|(?<=[×*])[^\d=]{0,2}?(\d[\d,]*(?:\.\d+)?)")
"""The factors of a product that is written out: "300亩 × 120元/亩"."""
_ITEMS = re.compile(r"[、；;]|\d[.、)）]")
_COUNTED_UNITS = frozenset("个项条种家款类座所件套部次年月天名人省市")


def follows(figure: Quantity, unit_text: str, before: str, after: str, told: Sequence[Quantity]) -> bool:
    """Whether `figure` of a written unit is one of the figures `told`, rounded or worked out.

    The unit need not say that something is worked out: of claims that follow and those that do not, as many do.

    Args:
        figure: The figure as it is written.
        unit_text: The unit that it stands in, with what it is read under.
        before: What stands in front of the figure.
        after: What stands behind it.
        told: The figures of the passages, and of the answer itself, that it may come from.
    """
    if any(_rounded(figure, each, before, after) for each in told):
        return True
    operands = _distinct(told)[:_MOST_OPERANDS]
    averaged = _AVERAGED.search(fold(unit_text)) is not None
    return (
        _is_result(figure, operands, averaged=averaged)
        or _is_result(_bare(figure), _cells(operands))
        or any(
            _fits(figure, result, _precision(figure))
            for result in _written_products(unit_text, figure, operands)
        )
    )


def _is_result(figure: Quantity, operands: Sequence[Quantity], *, averaged: bool = False) -> bool:
    digits = _precision(figure)
    return any(_fits(figure, result, digits) for result in _results(figure, operands, averaged=averaged))


def _written_products(text: str, figure: Quantity, told: Sequence[Quantity]) -> Iterator[Decimal]:
    """What an amount that is told comes to, as many times as the text says that it is multiplied."""
    factors = {
        Decimal(number.replace(",", ""))
        for pair in _MULTIPLIED.findall(fold(text))
        for number in pair
        if number
    }
    amounts = [each for each in told if comparable(figure, each) and each.value in factors]
    yield from (amount.value * factor for amount in amounts for factor in factors - {amount.value})


def _bare(figure: Quantity) -> Quantity:
    """A figure without its scale and unit, as it would stand in a cell whose column names them."""
    return Quantity(Decimal(digits_of(figure) or 0), "", digits_of(figure))


def _cells(told: Sequence[Quantity]) -> list[Quantity]:
    """The figures that are told without scale and unit."""
    return [each for each in told if not each.unit and not each.power]


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
    """A share of an amount, and a multiple of one ("80万元 × 5", "每月800元，24个月")."""
    amounts = [each for each in told if comparable(figure, each) and each.unit not in {"%", "年"}]
    for amount in amounts:
        for factor in told:
            if factor.unit == "%":
                yield amount.value * factor.value / 100
                if factor.value > -100:
                    yield amount.value / (1 + factor.value / 100)
                    yield amount.value * (1 + factor.value / 100)
            elif (
                factor.unit not in {amount.unit, "年"}
                and not factor.power
                and 1 < factor.value <= _MOST_TIMES
            ):
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
