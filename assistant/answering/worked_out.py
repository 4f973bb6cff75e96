"""What a question wants done with figures, done with those of the sentences that answer it."""

from __future__ import annotations

from itertools import combinations

from assistant.answering.calculation import Operand, compared_times, names_of_parts, unlike_measures, work_out
from assistant.answering.goals import held_against_goal
from assistant.answering.in_sentence import change_told, tells_gap
from assistant.answering.notes import note
from assistant.answering.operands import (
    align,
    is_goal,
    is_likely_change,
    operands_of,
    results_first,
    tell_the_same,
)
from assistant.answering.part_and_whole import share_told, whole_told
from assistant.answering.short_answer import short_answer
from assistant.answering.side_by_side import tells_the_same_figures, worked_side_by_side
from assistant.reading.candidate import Candidate
from assistant.reading.rank import contradicts
from assistant.state import Part, State, Statement
from assistant.understanding.operation import Operation
from assistant.understanding.question import Question
from corpus.language.normalize import closed_up, fold
from index.kinds import Kind

_LOOKED_AT = 12
_TWICE = 2


def worked_out(state: State, parts: list[Part]) -> Statement | None:
    """The result that the question asks for, with the sentences it stands on; None where it cannot be worked out."""
    operation, question = state.best.operation, state.best.parsed
    if operation is None:
        return _worked_in_a_sentence(question, parts)
    if any(contradicts(part.candidates[0]) for part in parts):
        return None
    if beside := _worked_side_by_side(question, operation, parts):
        return beside
    if operation is not Operation.MEET:
        results_first(parts)
        align(parts)
    if operation is Operation.COMPARE and (told := _compared_in_time(question, parts)):
        return told
    return _worked_from_figures(state, operation, parts)


def worked_in_one(state: State, answered: list[Part]) -> Statement | None:
    """What a question asks for, worked out of the one sentence that answers some of its parts, where it tells of all."""
    first = answered[0]
    return _worked_side_by_side(state.best.parsed, state.best.operation, [first])


def _compared_in_time(question: Question, parts: list[Part]) -> Statement | None:
    """Which came first, where the sentences that answer tell of one time each."""
    firsts = [part.candidates[0] for part in parts]
    if any(len(each.periods) != 1 for each in firsts):
        return None
    names = names_of_parts([part.question for part in parts])
    worked = compared_times(question, names, [each.periods[0] for each in firsts])
    return Statement(worked.text, firsts, worked_out=worked.short) if worked else None


def _worked_from_figures(state: State, operation: Operation, parts: list[Part]) -> Statement | None:
    """What a question asks for, worked out of one figure of each part; None where a part tells none that suits."""
    question, firsts = state.best.parsed, [part.candidates[0] for part in parts]
    if any(part.parsed.kind is Kind.DATE for part in parts):
        return None
    meets = operation is Operation.MEET
    # A goal and a result are not held against each other where nobody asks for that.
    if not meets and len({is_goal(each) for each in firsts}) > 1:
        return None
    if not meets and not tell_the_same(parts, list(zip(parts, firsts, strict=True))):
        return None
    operands = operands_of(question, parts)
    if operands is None or not is_likely_change(operands) or _is_one_figure(firsts, operands):
        return None
    worked = held_against_goal(question, *operands) if meets else work_out(operation, question, operands)
    if worked is None:
        return None
    if unlike := unlike_measures(question, [each.text for each in firsts]):
        note(state, "measures_differ", measures="、".join(unlike))
    return Statement(worked.text, firsts, worked_out=worked.short)


def _is_one_figure(firsts: list[Candidate], operands: list[Operand]) -> bool:
    """Whether two parts would be held to tell one and the same figure of one sentence, which then tells of one of them at most."""
    return any(
        same_place(one, other)
        and mine.quantity == yours.quantity
        and closed_up(fold(one.text)).count(closed_up(mine.quantity.text)) < _TWICE
        for (one, mine), (other, yours) in combinations(zip(firsts, operands, strict=True), 2)
    )


def _worked_side_by_side(
    question: Question, operation: Operation | None, parts: list[Part]
) -> Statement | None:
    """What a question asks for, worked out of figures that stand side by side in the one sentence that answers all parts."""
    first = parts[0].candidates[0]
    if (
        first.is_whole
        or contradicts(first)
        or not all(same_place(first, part.candidates[0]) for part in parts)
    ):
        return None
    if operation is Operation.DIFFERENCE and tells_gap(question, first.said):
        return None
    for told in [first, *_telling_the_same(parts[0], first)]:
        if worked := worked_side_by_side(question, told.said, operation):
            return Statement(worked.text, [told], worked_out=worked.short)
    if operation is Operation.DIFFERENCE:
        worked = change_told(question, first.text, first.context)
        return Statement(worked.text, [first], worked_out=worked.short) if worked else None
    return None


def _telling_the_same(part: Part, first: Candidate) -> list[Candidate]:
    """Sentences near the best that tell the same figures, and may name them in the question's words."""
    return [
        each
        for each in part.candidates[1:_LOOKED_AT]
        if not each.is_whole and not contradicts(each) and tells_the_same_figures(first.said, each.said)
    ]


def _worked_in_a_sentence(question: Question, parts: list[Part]) -> Statement | None:
    """What the last part asks for, worked out from figures of the one sentence that answers it; None where it is told."""
    part = parts[-1]
    first = part.candidates[0]
    if contradicts(first) or first.is_whole:
        return None
    before = short_answer(parts[-2].parsed, parts[-2].candidates[0]) if len(parts) > 1 else ""
    worked = (
        change_told(part.parsed, first.text, first.context)
        or share_told(part.parsed, first.text, before)
        or whole_told(part.parsed, first.text)
    )
    asked = question.operation
    # What grew is no difference of two things that stand side by side.
    if worked is None and len(parts) == 1 and (asked.in_a_sentence is Operation.SUM or asked.is_comparison):
        return _worked_side_by_side(question, asked.in_a_sentence, parts)
    return Statement(worked.text, [first], worked_out=worked.short) if worked else None


def same_place(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates overlap in one article."""
    return one.hit.article.id == other.hit.article.id and one.start < other.end and other.start < one.end
