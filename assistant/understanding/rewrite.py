"""First stage: what is asked, as a question that stands alone; texts that are no question end here."""

from __future__ import annotations

from datetime import date

from assistant.answering.calculation import (
    Operation,
    asks_which_came_first,
    operation_of,
    time_question,
    value_question,
)
from assistant.answering.goals import goal_and_result
from assistant.state import Interpretation, Part, State
from assistant.understanding.conversation import nouns_brought, readings, wants_more
from assistant.understanding.dates import with_absolute_years
from assistant.understanding.decompose import parts_of
from assistant.understanding.plain_question import plainly_compared, with_gap_asked
from assistant.understanding.put_together import put_together
from assistant.understanding.small_talk import reply_to
from index.question import Kind, kind_of


def rewrite(state: State) -> State:
    """Fill `interpretations` with the standalone forms and their parts, or `control`."""
    question = " ".join(state.question.split())
    state.control = reply_to(question)
    state.wants_more = bool(state.history) and wants_more(question)
    if not state.control and (together := put_together(question, state.history)):
        parts = [Part(each) for each in together.operands]
        state.interpretations = [Interpretation(together.question, parts, together.operation)]
        if together.stated:
            state.interpretations += interpretations_of(
                with_absolute_years(together.stated, state.today), state.today
            )
        return state
    # More of the same, and a reason, need not repeat what the follow-up names.
    goes_on = state.wants_more or kind_of(question) is Kind.REASON
    state.brought = nouns_brought(question) if state.history and not goes_on else frozenset()
    forms = readings(question, state.history) if not state.control else [question]
    for form in dict.fromkeys(with_absolute_years(form, state.today) for form in forms):
        state.interpretations += interpretations_of(form, state.today)
    return state


def interpretations_of(question: str, today: date) -> list[Interpretation]:
    """A standalone question with its parts; one that wants a difference may also find it told in so many words."""
    if pair := goal_and_result(question):
        return [
            Interpretation(question, [Part(part) for part in pair], Operation.MEET),
            Interpretation(question, [Part(question)]),
        ]
    plain = plainly_compared(question)
    parts = parts_of(with_gap_asked(plain), today)
    operation = operation_of(plain) if len(parts) > 1 else None
    if operation is None and plain != question:
        parts = parts_of(question, today)
    if operation is None:
        return [Interpretation(question, [Part(part) for part in parts])]
    asked = (
        time_question
        if operation is Operation.COMPARE and asks_which_came_first(question)
        else value_question
    )
    worked_out = Interpretation(question, [Part(asked(part)) for part in parts], operation)
    if operation is Operation.DIFFERENCE:
        return [worked_out, Interpretation(question, [Part(question)])]
    return [worked_out]
