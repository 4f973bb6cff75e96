"""How a question is answered, as a LangChain chain that reads like the sentence it is."""

from __future__ import annotations

import time
from collections.abc import Callable

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.checking.cite import cite_with
from assistant.checking.verify import verify_with
from assistant.reading.document_outline import outline_with
from assistant.reading.overview import overview_with
from assistant.reading.rank import Scorer
from assistant.reading.rerank import rerank_with
from assistant.reading.retrieve import retrieve_with
from assistant.reading.sentence_times import SentenceTimes
from assistant.state import State
from assistant.understanding.rewrite import rewrite
from index.reader.read import Reader
from index.search import Searcher
from index.store import Index

Stage = Callable[[State], State]


def answering_chain(
    index: Index,
    searcher: Searcher,
    scorer: Scorer,
    reader: Reader | None,
    times: SentenceTimes,
    answerer: Stage,
    understand: Stage = rewrite,
) -> Runnable[State, State]:
    """Rewrite the follow-up, retrieve, rerank, answer, cite, verify."""
    return (
        _timed("rewrite", understand)
        | _timed("retrieve", overview_with(index, searcher, times))
        | _timed("retrieve", retrieve_with(searcher))
        | _timed("retrieve", outline_with(index))
        | _timed("rerank", rerank_with(index, searcher, scorer, reader, times))
        | _timed("answer", lambda state: state if state.control else answerer(state))
        | _timed("verify", cite_with(index))
        | _timed("verify", verify_with(index))
    )


def _timed(name: str, stage: Stage) -> Runnable[State, State]:
    def run(state: State) -> State:
        begun = time.perf_counter()
        state = stage(state)
        spent = (time.perf_counter() - begun) * 1000
        setattr(state.timings, name, round(getattr(state.timings, name) + spent, 1))
        return state

    return RunnableLambda(run, name=name)
