"""Sums, differences and comparisons of figures that the articles state, worked out and shown with what they stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

import rjieba

from assistant.understanding.operation import Operation, measures_in
from assistant.understanding.question import Question
from corpus.language.periods import Period
from corpus.language.quantities import Quantity, comparable, written

_TWO = 2


@dataclass(frozen=True)
class Operand:
    """One part's name ("上海"), its figure, and how that is told ("1100万人以上")."""

    name: str
    quantity: Quantity
    told: str = ""


@dataclass(frozen=True)
class Worked:
    """What comes out: a sentence to say, and the result by itself."""

    text: str
    short: str


def names_of_parts(parts: list[str]) -> list[str]:
    """What each part alone says: of "2023年的赤字率" and "2024年的赤字率" the years."""
    words = [rjieba.cut(part) for part in parts]
    shortest = min(map(len, words))
    before = 0
    while before < shortest and all(each[before] == words[0][before] for each in words):
        before += 1
    after = 0
    while after < shortest - before and all(each[-1 - after] == words[0][-1 - after] for each in words):
        after += 1
    names = []
    for each in words:
        name = "".join(each[before : len(each) - after])
        following = each[len(each) - after] if after else ""
        names.append((name + following if name.isdigit() else name).strip("的，, "))
    return names


def work_out(operation: Operation, question: Question, operands: list[Operand]) -> Worked | None:
    """The result, or None where the figures cannot be put together."""
    quantities = [operand.quantity for operand in operands]
    if len(operands) < 2 or not all(comparable(one, other) for one, other in combinations(quantities, 2)):
        return None
    about = "约" if any(re.search("[多余]", each.text) for each in quantities) else ""
    told = "，".join(f"{operand.name}{operand.quantity.text}" for operand in operands)
    if operation is Operation.SUM:
        if quantities[0].unit == "%":
            return None
        total = about + written(
            sum((q.value for q in quantities), start=quantities[0].value * 0), widest(quantities)
        )
        return Worked(f"合计{total}（{' + '.join(q.text for q in quantities)}）。", total)
    if operation is Operation.DIFFERENCE and len(operands) == 2:
        high, low = sorted(operands, key=lambda operand: operand.quantity.value, reverse=True)
        unit = "个百分点" if high.quantity.unit == "%" else ""
        gap = about + written(high.quantity.value - low.quantity.value, widest(quantities), unit)
        if high.quantity.value == low.quantity.value:
            return Worked(f"{told}，两者相同。", gap)
        more = "高" if unit or "/" in high.quantity.written_unit else "多"
        return Worked(
            f"{high.name}比{low.name}{more}{gap}（{high.quantity.text} − {low.quantity.text}）。", gap
        )
    word = question.operation.better
    ordered = sorted(
        operands,
        key=lambda operand: operand.quantity.value,
        reverse=not question.operation.wants_smallest,
    )
    same = [each.name for each in ordered if each.quantity.value == ordered[0].quantity.value]
    if len(same) == len(ordered):
        return Worked(f"{told}，{'两者' if len(same) == 2 else '都'}相同。", "相同")
    if len(same) > 1:
        return Worked(f"{'和'.join(same)}相同，都更{word}：{told}。", "和".join(same))
    return Worked(f"{ordered[0].name}更{word}：{told}。", ordered[0].name)


def compared_times(question: Question, names: list[str], times: list[Period]) -> Worked | None:
    """Which of two things was earlier, or later; None where the times overlap or neither is asked for."""
    word = question.operation.earlier_or_later
    if not word or len(times) != _TWO:
        return None
    first, second = sorted(zip(times, names, strict=True), key=lambda each: each[0].first)
    if first[0].last >= second[0].first:
        return None
    words = [time.in_words for time, _ in (first, second)]
    if not all(words):
        return None
    chosen = second if word in "晚后迟" else first
    return Worked(f"{chosen[1]}更{word}：{first[1]}{words[0]}，{second[1]}{words[1]}。", chosen[1])


def unlike_measures(question: Question, told: list[str]) -> list[str]:
    """What each of several sentences measures where they share nothing ("营业收入", "产量") and the question does not name it all; else none."""
    named = [measures_in(text) for text in told]
    if not all(named) or set.intersection(*map(set, named)):
        return []
    firsts = [names[0] for names in named]
    return [] if question.operation.measures.issuperset(firsts) else firsts


def widest(quantities: list[Quantity]) -> Quantity:
    """The one in whose scale a result of them is written."""
    return max(quantities, key=lambda quantity: (bool(quantity.unit), quantity.power))
