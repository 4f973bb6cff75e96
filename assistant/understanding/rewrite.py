"""First stage: what is asked, as a question that stands alone; texts that are no question end here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistant.state import Interpretation, Part, State
from assistant.understanding.completeness import nouns_brought
from assistant.understanding.conversation import (
    is_talk,
    readings,
    wants_more,
    within_last_articles,
    without_talk,
)
from assistant.understanding.dates import with_absolute_years
from assistant.understanding.operation import Operation, time_question, value_question
from assistant.understanding.plain_question import plainly_compared, with_gap_asked
from assistant.understanding.pointed_documents import with_titles_pointed_to
from assistant.understanding.put_together import put_together
from assistant.understanding.question import Question, parse
from assistant.understanding.small_talk import reply_to
from assistant.understanding.written_whole import Writer
from index.kinds import Kind

_THANKED = "understood"
"""The code of the reply to what is said to an answer and asks nothing."""


def rewrite_with(writer: Writer | None) -> Callable[[State], State]:
    """The stage that fills `interpretations` with the standalone forms and their parts, or `control`.

    Args:
        writer: the network that writes follow-ups out whole, where there is one.
    """
    return lambda state: rewrite(state, writer)


def rewrite(state: State, writer: Writer | None = None) -> State:
    """Fill `interpretations` with the standalone forms and their parts, or `control`."""
    text = with_titles_pointed_to(" ".join(state.question.split()), state.history)
    state.control = reply_to(text) or (_THANKED if is_talk(text, without_talk(state.history)) else "")
    state.wants_more = bool(state.history) and wants_more(text, state.history)
    if not state.control and (together := put_together(text, state.history)):
        parts = [Part(parse(each, state.today)) for each in together.operands]
        whole = parse(together.question, state.today)
        state.interpretations = [Interpretation(whole, parts, together.operation)]
        if together.stated:
            state.interpretations += interpretations_of(
                with_absolute_years(together.stated, state.today), state.today
            )
        return state
    # More of the same, and a reason, need not repeat what the follow-up names.
    asked = parse(text, state.today)
    goes_on = state.wants_more or (bool(state.history) and asked.kind is Kind.REASON)
    state.brought = nouns_brought(text) if state.history and not goes_on else frozenset()
    forms = readings(text, state.history, writer) if not state.control else [text]
    for form in dict.fromkeys(with_absolute_years(form, state.today) for form in forms):
        question = asked if form == asked.text else parse(form, state.today)
        state.interpretations += _interpretations(question)
    titled, within = ("", ()) if state.control else within_last_articles(text, state.history)
    if within:
        state.interpretations.append(Interpretation(parse(titled, state.today), [Part(asked)], within=within))
    return state


def interpretations_of(text: str, today: date) -> list[Interpretation]:
    """A standalone question with its parts; one that wants a difference may also find it told in so many words."""
    return _interpretations(parse(text, today))


def _interpretations(question: Question) -> list[Interpretation]:
    if pair := question.goal_and_result:
        return [
            Interpretation(question, [Part(part) for part in pair], Operation.MEET),
            Interpretation(question, [Part(question)]),
        ]
    plain = _plainly_compared(question)
    asked = _without_gap(plain)
    operation = plain.operation.of_parts if len(asked.parts) > 1 else None
    if operation is None:
        parts = question.parts if plain is not question else asked.parts
        return [Interpretation(question, [Part(part) for part in parts])]
    in_time = operation is Operation.COMPARE and question.operation.earlier_or_later
    own = time_question if in_time else value_question
    figures = [Part(parse(own(part.text), question.today)) for part in asked.parts]
    worked_out = Interpretation(question, figures, operation)
    if operation is Operation.DIFFERENCE:
        return [worked_out, Interpretation(question, [Part(question)])]
    return [worked_out]


def _plainly_compared(question: Question) -> Question:
    text = plainly_compared(question.text)
    return question if text == question.text else parse(text, question.today)


def _without_gap(question: Question) -> Question:
    text = with_gap_asked(question.text)
    return question if text == question.text else parse(text, question.today)
