"""What every stage saw of a question, for reports and for "how was this answered"."""

from __future__ import annotations

from pydantic import BaseModel, Field

from assistant.generating.prompts import VERSION
from assistant.model import Tokens
from assistant.state import Part, State
from index.hit import Hit

_SENTENCES = 5


class SentenceSeen(BaseModel):
    """A sentence that was weighed: its span in the article, its score, and the likely answer in it."""

    passage_id: str
    start: int
    end: int
    text: str
    score: float
    weighed: dict[str, float] = Field(default_factory=dict)


class PartTrace(BaseModel):
    """One of the questions inside a question; the lists hold passage ids, best first.

    `scores` are what each ranker gave the passages that were read, by the name of the list; "reader" is the reader's logit.
    """

    question: str
    years: list[int] = Field(default_factory=list)
    periods: list[str] = Field(default_factory=list)
    places: list[str] = Field(default_factory=list)
    dense: list[str] = Field(default_factory=list)
    keyword: list[str] = Field(default_factory=list)
    fused: list[str] = Field(default_factory=list)
    read: int = 0
    reranked: list[str] = Field(default_factory=list)
    scores: dict[str, dict[str, float]] = Field(default_factory=dict)
    sentences: list[SentenceSeen] = Field(default_factory=list)
    confidence: float = 0.0


class Trace(BaseModel):
    """The stages of one question. `read` of a part is how many of its `fused` passages the reader read; sentences
    were weighed of those in `reranked`. `prompts` is the version of the prompts by which a language model wrote, else empty;
    `further` are the questions that were searched because it found the passages wanting."""

    forms: list[str] = Field(default_factory=list)
    parts: list[PartTrace] = Field(default_factory=list)
    understood_by_model: bool = False
    further: list[str] = Field(default_factory=list)
    prompts: str = ""
    passages_read: int = 0
    tokens: Tokens = Field(default_factory=Tokens)

    @property
    def best_sentences(self) -> list[SentenceSeen]:
        """The first sentence of every part: what would be quoted were nothing refused."""
        return [part.sentences[0] for part in self.parts if part.sentences]


def trace_of(state: State) -> Trace:
    """The trace of a state that has gone through the chain."""
    forms = state.interpretations
    read = {hit.passage.id for form in forms for part in form.parts for hit in part.hits}
    return Trace(
        forms=[form.question for form in forms],
        parts=[_part(part) for part in state.best.parts],
        understood_by_model=state.understood_by_model,
        further=[part.question for part in state.searched_again],
        prompts=VERSION if state.written is not None else "",
        passages_read=len(read),
        tokens=state.tokens,
    )


def _part(part: Part) -> PartTrace:
    query = part.found.query or part.parsed.query()
    return PartTrace(
        question=part.question,
        years=query.years,
        periods=query.periods,
        places=query.places,
        dense=part.found.dense,
        keyword=part.found.keyword,
        fused=part.found.fused,
        read=part.found.read or len(part.hits),
        reranked=list(dict.fromkeys(candidate.hit.passage.id for candidate in part.candidates)),
        scores={hit.passage.id: _scores(hit) for hit in part.hits},
        sentences=[
            SentenceSeen(
                passage_id=candidate.hit.passage.id,
                start=candidate.start,
                end=candidate.end,
                text=candidate.text,
                score=round(candidate.score, 3),
                weighed={name: round(value, 3) for name, value in candidate.features.items() if value},
            )
            for candidate in part.candidates[:_SENTENCES]
        ],
        confidence=round(part.confidence, 3),
    )


def _scores(hit: Hit) -> dict[str, float]:
    scores = {"dense": hit.dense, "keyword": hit.keyword, "reranked": hit.score}
    if hit.reranker is not None:
        scores["reader"] = hit.reranker
    return {name: round(score, 3) for name, score in scores.items()}
