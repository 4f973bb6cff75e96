"""What a question asks to be worked out of figures that stand together: read by the network of calculations, counted here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, islice
from typing import TYPE_CHECKING

from assistant.answering.calculation import Worked, widest
from assistant.reading.candidate import Candidate
from assistant.reading.rank import contradicts
from assistant.state import Statement
from corpus.label import label_of
from corpus.language.mentions import Mention
from corpus.language.quantities import Quantity, comparable, plain_value, written
from corpus.language.sentences import sentence_spans
from corpus.table import is_row

if TYPE_CHECKING:
    from index.reader.calculations import Calculation, CalculationReader

_LOOKED_AT = 3
_LONGEST = 320
_NEAR = 12
_ADDED = frozenset(["sum", "difference", "growth"])
_MOST_TIMES = 300
"""How many times as much as another a figure may be that it is added to: a yearly total is not added to an amount for each."""
_HEDGE_BEFORE = re.compile(r"(?:约|近|超过?|逾|达到?近|突破|接近|不足|不到|至少|将近|大约|高达近)\s*$")
_HEDGE_AFTER = re.compile(r"^[^，,。；;、（(]{0,4}(?:以上|左右|多|余)")
_BELOW_NOUGHT = re.compile(r"(?:亏|逆差|零下|负)[^，,。；;]{0,8}$|[-−]\s*$")
"""What stands before a figure that counts as less than nothing."""
_SHARE_UNITS = ("%", "个百分点")
_ALL = Decimal(100)
_PLAINLY_WHOLE = 100
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Place:
    """A stretch of a passage that is read for a calculation: `text[begin:]` is `passage.text[start:end]`, before it its label."""

    candidate: Candidate
    text: str
    begin: int
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """A result with the candidate that it was found at and how likely it is."""

    statement: Statement
    candidate: Candidate
    likelihood: float


def worked_in_one_place(
    question: str, candidates: Iterable[Candidate], reader: CalculationReader
) -> Found | None:
    """The likeliest result that follows from one of the first places; None where none is asked for or none can be counted.

    Args:
        question: What is asked, standing alone.
        candidates: Sentences, best first.
        reader: What reads calculations.
    """
    places = list(islice(_places(candidates), _LOOKED_AT))
    found = []
    for place, read in zip(places, reader.read(question, [place.text for place in places]), strict=True):
        worked = result_of(read, place.text)
        if worked is None or min(each.start for each in (*read.firsts, *read.seconds)) < place.begin:
            continue
        support = _support(place, read)
        found.append(
            Found(Statement(worked.text, support, worked_out=worked.short), support[0], read.likelihood)
        )
    return max(found, key=lambda each: each.likelihood, default=None)


def _places(candidates: Iterable[Candidate]) -> Iterator[Place]:
    """The places of candidates, each stretch once."""
    seen: set[tuple[str, int, int]] = set()
    for candidate in candidates:
        if contradicts(candidate) or candidate.is_whole or is_row(candidate.text) or candidate.row_name:
            continue
        passage = candidate.hit.passage
        start, end = _stretch(passage.text, candidate.start - passage.start, candidate.end - passage.start)
        if (passage.id, start, end) in seen:
            continue
        seen.add((passage.id, start, end))
        label = label_of(candidate.hit.article.title, passage)
        yield Place(candidate, f"{label}\n{passage.text[start:end]}", len(label) + 1, start, end)


def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """A sentence with those before and behind it in its line, as far as they are not too long together."""
    line = text.rfind("\n", 0, max(start, 0)) + 1
    stop = text.find("\n", end)
    spans = sentence_spans(text, line, len(text) if stop < 0 else stop)
    own = [number for number, span in enumerate(spans) if span[0] < end and span[1] > start]
    if not own:
        return start, end
    first, last = spans[own[0]][0], spans[own[-1]][1]
    for number in (own[0] - 1, own[-1] + 1):
        if (
            0 <= number < len(spans)
            and max(last, spans[number][1]) - min(first, spans[number][0]) <= _LONGEST
        ):
            first, last = min(first, spans[number][0]), max(last, spans[number][1])
    return first, last


def _support(place: Place, read: Calculation) -> list[Candidate]:
    """The sentences that hold the figures, that of the candidate first."""
    passage = place.candidate.hit.passage
    at = [each.start - place.begin + place.start for each in (*read.firsts, *read.seconds)]
    own = (place.candidate.start - passage.start, place.candidate.end - passage.start)
    support = [place.candidate] if any(own[0] <= each < own[1] for each in at) else []
    for start, end in sentence_spans(passage.text, place.start, place.end):
        if (start < own[1] and end > own[0]) or not any(start <= each < end for each in at):
            continue
        support.append(
            replace(
                place.candidate,
                start=passage.start + start,
                end=passage.start + end,
                text=passage.text[start:end],
                reader_span=None,
                also=[],
            )
        )
    return support


def result_of(read: Calculation, text: str) -> Worked | None:
    """What comes out of a calculation; None where its figures cannot be put together.

    Args:
        read: The calculation.
        text: That its figures stand in.
    """
    figures = (*read.firsts, *read.seconds)
    if any(_BELOW_NOUGHT.search(text[max(0, each.start - _NEAR) : each.start]) for each in figures):
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
    if one.unit in _SHARE_UNITS:
        return None
    return _quotient(read.operation, one, other)


def _is_hedged(mention: Mention, text: str) -> bool:
    before, after = (
        text[max(0, mention.start - 4) : mention.start],
        text[mention.start :][: len(mention.quantity.text) + 6],
    )
    return bool(
        _HEDGE_BEFORE.search(before)
        or _HEDGE_AFTER.search(after[len(mention.quantity.text) :])
        or re.search("[多余]", mention.quantity.text)
    )


def _alike(quantities: list[Quantity]) -> bool:
    return all(
        comparable(one, other) and (one.unit or one.written_unit == other.written_unit)
        for one, other in combinations(quantities, 2)
    )


def _sum(quantities: list[Quantity], about: str) -> Worked | None:
    values = [each.value for each in quantities]
    total = sum(values, start=Decimal(0))
    if len(values) < 2 or not _alike(quantities) or any(value * 2 == total for value in values):
        return None
    if quantities[0].unit in _SHARE_UNITS and total > _ALL:
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
    if share.unit != "%" or amount.unit in _SHARE_UNITS or not 0 < share.value < _ALL or not amount.value:
        return None
    is_whole = operation == "whole"
    value = amount.value / share.value * _ALL if is_whole else amount.value * share.value / _ALL
    match = _NUMBER.match(amount.text)
    number = Decimal(match.group().replace(",", "")) if match else amount.value
    unit = amount.value / number if number else Decimal(1)
    scaled = value / unit
    # A share of two figures gives no more than some.
    scaled = scaled.quantize(Decimal(1 if scaled >= _PLAINLY_WHOLE else "0.1"), ROUND_HALF_UP)
    result = f"约{written(scaled * unit, amount)}"
    how = f"{amount.text} {'÷' if is_whole else '×'} {share.text}"
    return Worked(f"由此推算{'总数' if is_whole else '其中'}{result}（{how}）。", result)


def _quotient(operation: str, one: Quantity, other: Quantity) -> Worked | None:
    if operation == "ratio":
        result = f"约{plain_value(round(one.value / other.value, 2))}倍"
        return Worked(f"前者是后者的{result}（{one.text} ÷ {other.text}）。", result)
    if operation == "share":
        if one.value > other.value:
            return None
        result = f"约{plain_value(round(one.value / other.value * _ALL, 1))}%"
        return Worked(f"{one.text}占{other.text}的{result}（{one.text} ÷ {other.text}）。", result)
    change = (one.value - other.value) / other.value * _ALL
    result = f"约{plain_value(round(abs(change), 1))}%"
    word = "增长" if change > 0 else "下降"
    return Worked(f"从{other.text}到{one.text}，{word}{result}。", result)
