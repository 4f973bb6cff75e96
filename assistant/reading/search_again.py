"""Another search for an answer that is being written: what the passages were found to lack."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.state import Interpretation, Part, State
from assistant.understanding.dates import with_absolute_years
from assistant.understanding.question import parse

Stage = Callable[[State], State]
SearchAgain = Callable[[State, Sequence[str]], list[Part]]
"""What is found for some further questions on behalf of a state."""


def search_again_with(retrieve: Stage, rerank: Stage) -> SearchAgain:
    """A search by the stages of the chain, in what may be seen and is wished for by whoever asked first."""

    def search(state: State, questions: Sequence[str]) -> list[Part]:
        forms = [
            parse(with_absolute_years(" ".join(question.split()), state.today), state.today)
            for question in questions
        ]
        further = State(
            question=state.question,
            history=[],
            filters=state.filters,
            today=state.today,
            language=state.language,
            interpretations=[Interpretation(form, [Part(form)]) for form in forms],
        )
        found = rerank(retrieve(further))
        parts = [part for each in found.interpretations for part in each.parts]
        state.searched_again += parts
        return parts

    return search
