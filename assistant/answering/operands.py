"""Sentences whose figures may be put together: they tell the same thing of each part, in the same unit.

A wrong sum with a mark is worse than none, so what one sentence speaks of and another does not, keeps their figures apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.calculation import Operand, names_of_parts
from assistant.answering.short_answer import short_answer
from assistant.reading.candidate import Candidate
from assistant.reading.rank import contradicts
from assistant.state import Part
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from corpus.language.quantities import Quantity, comparable, quantities_in
from index.words import content_words

_AVERAGE = re.compile("人均|户均|亩均|年均|月均|日均|次均|平均|累计")
_NEAR_SCALE = 4
_LOOKED_AT = 12
_MOST_LOST = 3.0
_IS_A_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_MOST_TIMES = 10
_SURE = 0.7
"""How sure one must be of a part's own sentence to take it whatever the others tell of."""


def align(parts: list[Part]) -> None:
    """Put in front of each part's candidates the sentence that is most like the one that answers surest.

    Args:
        parts: The parts of a question that holds figures against each other, candidates best first. A part's first candidate
            stays where none within reach tells the same thing.
    """
    if len(parts) < 2 or not all(part.candidates for part in parts):
        return
    lead = max(parts, key=lambda part: part.confidence)
    model = lead.candidates[0]
    figure = _figure(lead, model)
    if figure is None or contradicts(model):
        return
    for part in parts:
        if part is lead or part.confidence >= _SURE:
            continue
        best = part.candidates[0].score
        fitting = [
            each
            for each in part.candidates[:_LOOKED_AT]
            if best - each.score <= _MOST_LOST and not contradicts(each) and _fits(part, each, figure)
        ]
        like = [each for each in fitting if tell_the_same(parts, [(lead, model), (part, each)])]
        if like and part.candidates[0] not in like:
            chosen = max(like, key=lambda each: _likeness(model.text, each.text) + (each.score - best) / 10)
            part.candidates = [chosen, *(each for each in part.candidates if each is not chosen)]


def tell_the_same(parts: list[Part], chosen: list[tuple[Part, Candidate]]) -> bool:
    """Whether the sentences name the same of what the questions share: both 交通事故, or neither."""
    if all(part.confidence >= _SURE for part in parts):
        return True
    names = names_of_parts([part.question for part in parts])
    own = {word for name in names for word in content_words(name)}
    held = []
    for part, candidate in chosen:
        shared = {word for word in part.parsed.words if word not in own and not word.isdigit()}
        told = fold(candidate.head + candidate.text)
        held.append({word for word in shared if word in told or word in candidate.covered_words})
    return all(each == held[0] for each in held)


def suits(question: Question, text: str, figure: Quantity) -> bool:
    """Whether a figure is what is asked for: no average where a total is, and of the scale that is named.

    Args:
        question: The whole question: "甲和乙的产值差多少万亿".
        text: The sentence in which the figure stands.
        figure: The figure: 9万元 of "人均产值9万元" does not suit.
    """
    if figure.unit != "%" and figure.power + _NEAR_SCALE < question.operation.scale:
        return False
    folded = fold(text)
    at = folded.find(figure.text)
    clause = re.split("[，,。；;、]", folded[: max(at, 0)])[-1]
    averages = _AVERAGE.findall(clause)
    return all(each in question.text for each in averages)


def is_likely_change(operands: Sequence[Operand]) -> bool:
    """Whether the figures of several years may be those of one measure: within some years none grows tenfold.

    Args:
        operands: The figures, each with its part's name. Where the names are no years all is likely.
    """
    if not all(_IS_A_YEAR.fullmatch(operand.name) for operand in operands):
        return True
    values = [abs(operand.quantity.value) for operand in operands if operand.quantity.unit != "%"]
    return not values or max(values) <= _MOST_TIMES * min(values)


def _figure(part: Part, candidate: Candidate) -> Quantity | None:
    return next(iter(quantities_in(short_answer(part.parsed, candidate))), None)


def _fits(part: Part, candidate: Candidate, figure: Quantity) -> bool:
    own = _figure(part, candidate)
    return own is not None and comparable(own, figure) and suits(part.parsed, candidate.text, own)


def _likeness(one: str, other: str) -> float:
    """The share of the pairs of neighbouring characters that two sentences have in common."""
    pairs = [{text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other)]
    return len(pairs[0] & pairs[1]) / max(len(pairs[0] | pairs[1]), 1)
