"""Whether a figure that stands in no passage follows from figures that do: conversion, rounding, sum, difference, ratio, count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from assistant.checking.figures import digits_of
from corpus.language.normalize import fold, fold_characters
from corpus.language.quantities import Quantity, comparable, quantities_in

_BELOW = re.compile(r"(?:近|将近|接近|不到|不足|低于|逼近|almost|nearly|close to|under|less than)\s*$")
_ABOVE = re.compile(r"(?:超过?|逾|突破|高于|多于|大于|over|more than|above|exceed\w*)\s*$")
_ABOUT = re.compile(r"(?:约|大约|约为|大概|≈|≒|about|around|roughly|some|approximately)\s*$")
_ABOUT_AFTER = re.compile(r"^\s*(?:多|余|左右|上下|以上)")
_NAMED = {
    operation: re.compile(words, re.IGNORECASE)
    for operation, words in {
        "sum": "合|总|共|累计|加|两者|之和|total|combined|together|sum|altogether|in all",
        "difference": "差|[增减提降升涨跌落扩缩延剩余隔历]|高出|比.{0,30}?[多少高低大小长短早晚快慢]|多[出了]|少[了于]"
        "|difference|more than|less|fewer|increas|rose|fell|gap|higher|lower|up (?:from|by)|grew|drop|narrow|longer|shorter",
        "ratio": "占|比|倍|份额|成|[增降升减翻每]|提高|人均|分之|share|per ?cent|ratio|times|rate|proportion|account|half|double|grew",
        "growth": "增[长速幅]|同比|环比|去年|上年|同期|前一年|基数|last year|previous|year earlier|before",
        "share": "占|其中|比例|份额|约|[补扣折打]|资助|按|of which|share|per ?cent",
        "multiple": "每|×|共|计|总|最[多高]|全年|[期倍满]|如果?|可[得领]|total|per|each|times|up to",
        "average": "均|每|per|average|each",
    }.items()
}
"""Words by which a unit names what was worked out, by operation."""
_MOST_CHANCE = 0.05
_YEARS = (Decimal(1900), Decimal(2100))
_LONGEST_SPAN = 50
_NEIGHBOURS = 20
_STEP = Decimal("0.6")
"""A result that is this part of a step away is still the figure: it was rounded, or cut."""
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

    Among many figures almost any other is the sum or the difference of some. So either the unit names what was worked out, or it
    must be unlikely that the figure fits by chance: its neighbours, which nobody worked out, fit as often.

    Args:
        figure: The figure as it is written.
        unit_text: The unit that it stands in, with what it is read under.
        before: What stands in front of the figure.
        after: What stands behind it.
        told: The figures of the passages, and of the answer itself, that it may come from.
    """
    if any(_rounded(figure, each, before, after) for each in told):
        return True
    if _is_year(figure):
        return figure.value in _years(told)
    operands, text = _distinct(told)[:_MOST_OPERANDS], fold(unit_text)
    return (
        _is_result(figure, operands, text)
        or _is_result(_bare(figure), _cells(operands), text)
        or _is_among(figure.value, list(_written_products(unit_text, figure, operands)), _precision(figure))
    )


def _is_result(figure: Quantity, operands: Sequence[Quantity], text: str) -> bool:
    results: dict[str, list[Decimal]] = {}
    averaged = _NAMED["average"].search(text) is not None
    for operation, value in _results(figure, operands, averaged=averaged):
        results.setdefault(operation, []).append(abs(value))
    precision = _precision(figure)
    for operation, values in results.items():
        if not _is_among(abs(figure.value), values, precision):
            continue
        if _NAMED[operation].search(text) or _chance(figure, values, precision) <= _MOST_CHANCE:
            return True
    return False


def _is_among(value: Decimal, results: Sequence[Decimal], precision: Decimal) -> bool:
    """Whether a result, rounded (or cut) to the digits written, is the value."""
    return any(abs(each - value) < precision for each in results)


def _chance(figure: Quantity, results: Sequence[Decimal], precision: Decimal) -> float:
    """The share of the neighbours of a figure, some steps of its last digit away, that a result fits as well."""
    step = precision / _STEP
    neighbours = [abs(figure.value) + step * away for away in range(-_NEIGHBOURS, _NEIGHBOURS + 1) if away]
    neighbours = [each for each in neighbours if each > 0]
    return sum(_is_among(each, results, precision) for each in neighbours) / (len(neighbours) or 1)


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
    return _digits(other) > _digits(figure) >= 2 and _is_among(
        abs(figure.value), [abs(other.value)], _precision(figure)
    )


def _results(figure: Quantity, told: Sequence[Quantity], *, averaged: bool) -> Iterator[tuple[str, Decimal]]:
    """What the figures told add up to, differ by, and are of one another, where it is counted as `figure` is; with the operation."""
    alike = [each for each in told if comparable(figure, each)]
    if figure.unit in {"%", "个百分点"}:
        alike = [each for each in told if each.unit in {"%", "个百分点"}]
        yield from (("ratio", each) for each in _ratios(told, Decimal(100)))
    if figure.unit == "年":
        years = [each.value for each in told if each.unit in {"年", ""} and not each.power]
        yield from (("difference", abs(one - other)) for one, other in combinations(years, 2))
    values = [each.value for each in alike]
    for one, other in combinations(values, 2):
        yield "sum", one + other
        yield "difference", abs(one - other)
    yield from (("sum", each) for each in _sums(values))
    if not figure.unit:
        yield from (("ratio", each) for each in _ratios(told, Decimal(1)))
    yield from _products(figure, told)
    if averaged:
        counted = [each.value for each in told if each.unit != figure.unit and each.value > 1]
        yield from (
            ("average", value / count) for value in values for count in [*counted, Decimal(12), Decimal(4)]
        )
        yield from (
            ("average", sum(values[:count], Decimal(0)) / count) for count in range(2, len(values) + 1)
        )


def _is_year(figure: Quantity) -> bool:
    """Whether a figure is a calendar year: "2024年", or 2024 with nothing behind it."""
    in_time = _YEARS[0] <= figure.value <= _YEARS[1] and figure.value == int(figure.value)
    return in_time and figure.unit in {"年", ""} and not figure.power


def _years(told: Sequence[Quantity]) -> Iterator[Decimal]:
    """The years that lie a told number of years before or behind another."""
    spans = [each.value for each in told if each.unit == "年" and 0 < each.value <= _LONGEST_SPAN]
    for year in filter(_is_year, told):
        for span in spans:
            yield year.value + span
            yield year.value - span


def _sums(values: Sequence[Decimal]) -> Iterator[Decimal]:
    # In a row, as a table or sentence lists them; of few figures any of them.
    for count in range(3, len(values) + 1):
        yield from (sum(values[at : at + count], Decimal(0)) for at in range(len(values) - count + 1))
    if len(values) <= _MOST_TO_COMBINE:
        for count in range(3, min(_MOST_SUMMED, len(values)) + 1):
            yield from (sum(each, Decimal(0)) for each in combinations(values, count))


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


def _products(figure: Quantity, told: Sequence[Quantity]) -> Iterator[tuple[str, Decimal]]:
    """A share of an amount, and a multiple of one ("80万元 × 5", "每月800元，24个月"); with the operation."""
    amounts = [each for each in told if comparable(figure, each) and each.unit not in {"%", "年"}]
    for amount in amounts:
        for factor in told:
            if factor.unit == "%":
                yield "share", amount.value * factor.value / 100
                if factor.value > -100:
                    yield "growth", amount.value / (1 + factor.value / 100)
                    yield "growth", amount.value * (1 + factor.value / 100)
            elif (
                factor.unit not in {amount.unit, "年"}
                and not factor.power
                and 1 < factor.value <= _MOST_TIMES
            ):
                yield "multiple", amount.value * factor.value


def _precision(figure: Quantity) -> Decimal:
    """How far a result may be from a figure: a part of one step of the last digit that is written."""
    match = re.search(r"\d[\d,]*(?:\.(\d+))?", figure.text)
    decimals = len(match.group(1) or "") if match else 0
    written = Decimal(match.group().replace(",", "")) if match else Decimal(1)
    step = Decimal(1).scaleb(-decimals)
    return step * (figure.value / written) * _STEP if written else step


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
    folded = fold_characters(text)
    found, at = [], 0
    for quantity in quantities_in(text):
        place = folded.find(quantity.text, at)
        if place < 0:
            continue
        at = place + len(quantity.text)
        found.append((quantity, folded[max(0, place - 8) : place], folded[at : at + 4]))
    return found


__all__ = ["counts", "figures_with_places", "follows"]
