"""Second stage: passages for every part of the question."""

from __future__ import annotations

from collections.abc import Callable

from assistant.messages import message
from assistant.reading.by_place import asked_by_place
from assistant.reading.by_time import add_forms_by_time
from assistant.reading.chosen import note_on_missing
from assistant.state import State
from assistant.understanding.question import Question, parse
from index.query import Filters
from index.search import Searcher


def retrieve_with(searcher: Searcher) -> Callable[[State], State]:
    """The stage that fills `hits` of every part."""

    def retrieve(state: State) -> State:
        if state.control or state.overview:
            return state
        if note := note_on_missing(searcher.catalogue, state.filters, state.language):
            state.notes.append(note)
        for interpretation in list(state.interpretations):
            filters = interpretation.filters(state.filters)
            for part in interpretation.parts:
                part.parsed = _with_titles(searcher, part.parsed, filters)
                part.found = searcher.retrieve(part.parsed.query(filters))
                if interpretation.within and part.found.widened:
                    # What was cited is not what the filters leave.
                    state.interpretations.remove(interpretation)
                    break
                if (
                    part.found.widened
                    and (note := message("search_widened", state.language)) not in state.notes
                ):
                    state.notes.append(note)
            asks_all = len(interpretation.parts) == 1 and not interpretation.within
            hits = interpretation.parts[0].hits if asks_all else []
            if by_place := asked_by_place(interpretation.parsed, hits):
                for part in by_place.parts:
                    part.found = searcher.retrieve(part.parsed.query(state.filters))
                state.interpretations.append(by_place)
        add_forms_by_time(state, lambda part: searcher.retrieve(part.query(state.filters)))
        return state

    return retrieve


def _with_titles(searcher: Searcher, question: Question, filters: Filters) -> Question:
    """A question whose documents are named by their titles where it names them by number."""
    text = searcher.with_titles(question, filters)
    return question if text == question.text else parse(text, question.today)
