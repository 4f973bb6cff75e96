"""Second and third stage: passages for every part of the question, and their sentences in order of worth."""

from __future__ import annotations

from collections.abc import Callable

from assistant.candidates import candidates_in, read_alone
from assistant.gather import topic_covered
from assistant.messages import message
from assistant.rank import READ_ALONE, Scorer
from assistant.sentence_times import SentenceTimes
from assistant.state import Part, State
from index.query import read_query
from index.question import Kind, names_no_topic
from index.reader.read import Reader
from index.search import Searcher
from index.store import Index

PASSAGES = 8
_FIRST_FORM_LEAD = 0.05


def retrieve_with(searcher: Searcher) -> Callable[[State], State]:
    """The stage that fills `hits` of every part."""

    def retrieve(state: State) -> State:
        if state.control:
            return state
        for interpretation in state.interpretations:
            for part in interpretation.parts:
                part.found = searcher.retrieve(read_query(part.question, state.filters, state.today))
                if (
                    part.found.widened
                    and (note := message("search_widened", state.language)) not in state.notes
                ):
                    state.notes.append(note)
        return state

    return retrieve


def rerank_with(
    index: Index, searcher: Searcher, scorer: Scorer, reader: Reader | None
) -> Callable[[State], State]:
    """The stage that fills `candidates` and `confidence`, and puts the best interpretation in front."""

    times = SentenceTimes(index)

    def rerank(state: State) -> State:
        if state.control:
            return state
        for interpretation in state.interpretations:
            for part in interpretation.parts:
                part.found = searcher.rerank(part.found, PASSAGES)
                query = part.found.query or read_query(part.question, state.filters, state.today)
                ordered = scorer.order(candidates_in(index, query, part.hits, times, reader))
                if reader is not None:
                    read_alone(reader, part.question, ordered[:READ_ALONE])
                    ordered = scorer.order_again(ordered)
                part.candidates = ordered
                part.confidence = _confidence(scorer, query.kind, part)
        first = state.interpretations[0]
        state.interpretations.sort(
            key=lambda each: -each.confidence - (_FIRST_FORM_LEAD if each is first else 0.0)
        )
        return state

    return rerank


def _confidence(scorer: Scorer, kind: Kind, part: Part) -> float:
    if names_no_topic(part.question):
        return 0.0
    if kind is Kind.SUMMARY:
        # No single sentence answers: what counts is whether the articles speak of the topic at all.
        return topic_covered(part.question, part.candidates)
    return scorer.confidence_of(part.candidates)
