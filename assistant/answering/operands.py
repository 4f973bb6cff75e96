"""Sentences whose figures may be put together: they tell the same thing of each part, in the same unit.

A wrong sum with a mark is worse than none, so what one sentence speaks of and another does not, keeps their figures apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.calculation import Operand, names_of_parts
from assistant.answering.short_answer import short_answer
from assistant.reading.candidate import Candidate
from assistant.reading.rank import contradicts
from assistant.state import Part
from assistant.understanding.question import Question
from corpus.language.normalize import closed_up, fold
from corpus.language.places import places_in
from corpus.language.quantities import Quantity, comparable, quantities_in
from index.aim import Aim
from index.words import content_words

_NEVER_A_TOTAL = (
    "浓度|气温|温度|水温|湿度|水位|流量|价|工资|利率|汇率|收益率|寿命|年龄|吨位|[得评]分|成绩|时长"
)
_AVERAGE = re.compile(f"(?:[人户亩年月日次]均|平均|累计)(?!.{{0,3}}(?:{_NEVER_A_TOTAL}))")
"""What tells of one part of a total; of what has no total, like a concentration, 年均 tells nothing else."""
_NEAR_SCALE = 4
_LOOKED_AT = 12
_MOST_LOST = 3.0
_NEAR_A_GOAL = 1.5
"""How much less a result may score than the goal that was set for it."""
_IS_A_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_MOST_TIMES = 10
_SURE = 0.7
"""How sure one must be of a part's own sentence to take it whatever the others tell of."""


def results_first(parts: list[Part]) -> None:
    """Put a sentence that tells what was reached in front of one that sets a goal for the same, where no goal is asked for.

    Args:
        parts: The parts of a question that holds figures against each other, candidates best first. Where all that a part
            found near its best are goals, it stays as it is.
    """
    for part in parts:
        first = part.candidates[0]
        if part.parsed.aim is Aim.GOAL or not is_goal(first) or (figure := _figure(part, first)) is None:
            continue
        results = (
            each
            for each in part.candidates[1:_LOOKED_AT]
            if first.score - each.score <= _NEAR_A_GOAL and not is_goal(each) and not contradicts(each)
        )
        if result := next((each for each in results if _fits(part, each, figure)), None):
            part.candidates = [result, *(each for each in part.candidates if each is not result)]


def is_goal(candidate: Candidate) -> bool:
    """Whether a sentence sets a goal where a result is asked for."""
    return candidate.features.get("goal_mismatch", 0.0) >= 1


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
    at = folded.find(closed_up(figure.text))
    clause = re.split("[，,。；;、]", folded[: max(at, 0)])[-1]
    averages = _AVERAGE.findall(clause)
    return all(each in question.text for each in averages)


def operands_of(question: Question, parts: list[Part]) -> list[Operand] | None:
    """The figure of each part's first sentence under the part's name; None where one tells none that suits the question.

    Of a sentence whose figure does not suit (人均产值9万元 for the 产值) it is the only other one that does, and that is counted as
    the figures of the other parts are.
    """
    names = names_of_parts([part.question for part in parts])
    told = [short_answer(part.parsed, part.candidates[0]) for part in parts]
    chosen: list[Quantity | None] = []
    for part, short in zip(parts, told, strict=True):
        figure = next(iter(quantities_in(short)), None)
        fits = figure is not None and suits(question, part.candidates[0].text, figure)
        chosen.append(figure if fits else None)
    known = [figure for figure in chosen if figure is not None]
    if not known:
        return None
    operands = []
    for name, part, short, figure in zip(names, parts, told, chosen, strict=True):
        other = figure or _only_suiting(question, part, known[0])
        if other is None:
            return None
        operands.append(Operand(name, other, short if figure else other.text))
    return in_one_unit(operands)


def _only_suiting(question: Question, part: Part, like: Quantity) -> Quantity | None:
    """The only figure that is counted as `like` is, suits the question and stands in a clause on what the part asks of; else None."""
    sentence = part.candidates[0].text
    measured = [
        name
        for word, names in part.parsed.names_of_words.items()
        if not word[0].isdigit() and not places_in(word)
        for name in names
    ]
    suiting = [
        figure
        for clause in re.split("[，,；;。](?!\\d)", fold(sentence))
        if any(name in clause for name in measured)
        for figure in quantities_in(clause)
        if figure.unit and comparable(figure, like) and suits(question, clause, figure)
    ]
    return suiting[0] if len(suiting) == 1 and like.unit != "%" else None


def in_one_unit(operands: list[Operand]) -> list[Operand]:
    """The operands with the unit of the others put to a scaled figure that is told without one: "48.9亿" beside "52亿人次"."""
    units = {(each.quantity.unit, each.quantity.written_unit) for each in operands if each.quantity.unit}
    if len(units) != 1 or units & {("%", "%"), ("元", "元")}:
        return operands
    unit, as_written = units.pop()
    return [
        each
        if each.quantity.unit or not each.quantity.power
        else replace(each, quantity=replace(each.quantity, unit=unit, written_unit=as_written))
        for each in operands
    ]


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
