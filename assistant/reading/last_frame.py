"""A follow-up that is asked of the articles just cited keeps the time and the ordinal of the question before it."""

from __future__ import annotations

from assistant.answering.short_answer import FIGURE_KINDS
from assistant.state import Part, State
from assistant.understanding.question import parse
from corpus.language.normalize import fold
from corpus.language.ordinals import names_another, ordinals_in
from corpus.language.periods import likeness


def of_another_frame(state: State, part: Part) -> bool:
    """Whether the first sentence tells of another 批 or 期, or gives a figure of another time, than was asked of before.

    Args:
        state: The follow-up, which names no time of its own.
        part: It as it is asked of the articles, its candidates best first.
    """
    if not state.history or not part.candidates:
        return False
    first, before = part.candidates[0], parse(state.history[-1].standalone_question, state.today)
    # A sentence of its own 期 tells of that one, whatever stands above it.
    told = ordinals_in(fold(first.text)) or ordinals_in(fold(f"{first.context} {first.head}"))
    if not ordinals_in(fold(part.question)) and names_another(ordinals_in(fold(before.text)), told):
        return True
    asked = before.query().asked
    is_figure = part.parsed.kind in FIGURE_KINDS
    return is_figure and bool(asked and first.periods) and likeness(asked, first.periods) == 0
