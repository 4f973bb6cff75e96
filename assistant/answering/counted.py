"""What comes out of a calculation that was read: counted here, or not where its figures cannot be put together."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from assistant.answering.calculation import Worked, widest
from corpus.language.before_figures import is_hedged, tells_fall
from corpus.language.mentions import Mention
from corpus.language.quantities import Quantity, comparable, plain_value, written

if TYPE_CHECKING:
    from index.reader.calculations import Calculation

_NEAR = 12
_ADDED = frozenset(["sum", "difference", "growth"])
_MOST_TIMES = 300
"""How many times as much as another a figure may be that it is added to: a yearly total is not added to an amount for each."""
_HEDGE_AFTER = re.compile(r"^[^，,。；;、（(]{0,4}(?:以上|左右|多|余)")
_BELOW_NOUGHT = re.compile(r"(?:亏|逆差|赤字|零下|负)[^，,。；;]{0,8}$|[-−－—]\s*$")
"""What stands before a figure that counts as less than nothing."""
_FOR_EACH = re.compile(r"\s?[/／]")
_SEVERAL = 2
_FOR_EACH_SHOWN = 3
_NEARLY = Decimal("0.01")
_MEASURED = frozenset(
    ["元", "美元", "欧元", "港元", "日元", "吨", "亩", "米", "千瓦时", "千瓦", "立方米", "天"]
)
"""Units in which what is counted may be written otherwise: 公里 and 米; 台 and 辆 are other things."""
SHARE_UNITS = frozenset(["%", "个百分点"])
_ALL = Decimal(100)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FEWEST_TIMES = Decimal("1.005")


def result_of(read: Calculation, text: str) -> Worked | None:
    """What comes out of a calculation; None where its figures cannot be put together.

    Args:
        read: The calculation.
        text: That its figures stand in.
    """
    figures = (*read.firsts, *read.seconds)
    if not _can_be_counted(read, text):
        return None
    firsts = [each.quantity for each in read.firsts]
    about = "约" if any(_is_hedged(each, text) for each in figures) else ""
    sizes = [abs(each.quantity.value) for each in figures]
    if read.operation in _ADDED and (not sizes or max(sizes) > _MOST_TIMES * min(sizes)):
        return None
    if read.operation == "sum":
        return _sum(firsts, about)
    if len(firsts) != 1 or len(read.seconds) != 1:
        return None
    one, other = firsts[0], read.seconds[0].quantity
    if read.operation in {"whole", "part"}:
        return _by_share(read.operation, one, other)
    if not _alike([one, other]) or not one.value or not other.value:
        return None
    if read.operation == "difference":
        return _difference(one, other, about)
    if one.unit in SHARE_UNITS:
        return None
    return _quotient(read.operation, one, other)


def _can_be_counted(read: Calculation, text: str) -> bool:
    """Whether no figure counts as less than nothing, none falls where another rises, and all are told for one of the same."""
    figures = (*read.firsts, *read.seconds)
    before = [text[max(0, each.start - _NEAR) : each.start] for each in figures]
    if any(map(_BELOW_NOUGHT.search, before)) or len(set(map(tells_fall, before))) > 1:
        return False
    for_each = {_for_each(each, text) for each in figures}
    return len(for_each) <= 1 and (read.operation != "sum" or for_each <= {""})


def _for_each(mention: Mention, text: str) -> str:
    """What a figure is told for one of: "/公斤"; empty where it is no such figure."""
    end = mention.start + len(mention.quantity.text)
    return text[end : end + _FOR_EACH_SHOWN].strip() if _FOR_EACH.match(text, end) else ""


def _is_hedged(mention: Mention, text: str) -> bool:
    before, after = (
        text[max(0, mention.start - 4) : mention.start],
        text[mention.start :][: len(mention.quantity.text) + 6],
    )
    return bool(
        is_hedged(before)
        or _HEDGE_AFTER.search(after[len(mention.quantity.text) :])
        or re.search("[多余]", mention.quantity.text)
    )


def _alike(quantities: list[Quantity]) -> bool:
    return all(
        comparable(one, other)
        and (one.unit in _MEASURED or one.written_unit == other.written_unit or not (one.unit and other.unit))
        for one, other in combinations(quantities, 2)
    )


def _sum(quantities: list[Quantity], about: str) -> Worked | None:
    values = [each.value for each in quantities]
    total = sum(values, start=Decimal(0))
    # One that is the sum of the others, rounded perhaps, is their whole.
    near = total * _NEARLY if len(values) > _SEVERAL else Decimal(0)
    if (
        len(values) < _SEVERAL
        or not _alike(quantities)
        or any(abs(value * 2 - total) <= near for value in values)
    ):
        return None
    if quantities[0].unit in SHARE_UNITS and total > _ALL:
        return None
    result = about + written(total, widest(quantities))
    return Worked(f"合计{result}（{' + '.join(each.text for each in quantities)}）。", result)


def _difference(one: Quantity, other: Quantity, about: str) -> Worked | None:
    high, low = (one, other) if one.value >= other.value else (other, one)
    unit = "个百分点" if high.unit == "%" else ""
    gap = about + written(high.value - low.value, widest([high, low]), unit)
    return Worked(f"相差{gap}（{high.text} − {low.text}）。", gap)


def _by_share(operation: str, amount: Quantity, share: Quantity) -> Worked | None:
    """A whole of its part and the part's share, or a part of its whole."""
    if share.unit != "%" or amount.unit in SHARE_UNITS or not 0 < share.value < _ALL or not amount.value:
        return None
    is_whole = operation == "whole"
    value = amount.value / share.value * _ALL if is_whole else amount.value * share.value / _ALL
    # To three digits as it is written: 平方米 are counted in another unit than they are shown.
    shown = Decimal(match.group().replace(",", "")) if (match := _NUMBER.match(amount.text)) else amount.value
    rounded = _three_digits(value * shown / amount.value) * amount.value / shown
    result = f"约{written(rounded, amount)}"
    how = f"{amount.text} {'÷' if is_whole else '×'} {share.text}"
    return Worked(f"由此推算{'总数' if is_whole else '其中'}{result}（{how}）。", result)


def _one_decimal(share: Decimal) -> Decimal:
    """A percentage to one decimal, a small one to three digits."""
    return round(share, 1) if share >= 1 else _three_digits(share)


def _three_digits(value: Decimal) -> Decimal:
    """A value to three digits: of a share that is told in two or three no more is known."""
    return value.quantize(Decimal(1).scaleb(value.adjusted() - 2), ROUND_HALF_UP) if value else value


def _quotient(operation: str, one: Quantity, other: Quantity) -> Worked | None:
    if operation == "ratio":
        times = _three_digits(one.value / other.value)
        if times < _FEWEST_TIMES:
            return None
        result = f"约{plain_value(times)}倍"
        return Worked(f"前者是后者的{result}（{one.text} ÷ {other.text}）。", result)
    if operation == "share":
        if one.value > other.value:
            return None
        result = f"约{plain_value(_one_decimal(one.value / other.value * _ALL))}%"
        return Worked(f"{one.text}占{other.text}的{result}（{one.text} ÷ {other.text}）。", result)
    change = (one.value - other.value) / other.value * _ALL
    if not change:
        return None
    result = f"约{plain_value(_one_decimal(abs(change)))}%"
    word = "增长" if change > 0 else "下降"
    return Worked(f"从{other.text}到{one.text}，{word}{result}。", result)
