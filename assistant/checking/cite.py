"""Fourth stage: every statement marked with the numbered, exact spans it stands on."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answering.near_miss import near_miss
from assistant.messages import message
from assistant.model import Answer, Calculation, Citation
from assistant.reading.candidate import Candidate
from assistant.state import State
from index.store import Index

_NEAR = 3
_MARK = re.compile(r"\[(\d+)\]")


def cite_with(index: Index) -> Callable[[State], State]:
    """The stage that makes the `answer` out of the statements."""

    def cite(state: State) -> State:
        best = state.best
        answer = Answer(
            question=state.question,
            standalone_question=best.question,
            confidence=round(best.confidence, 3),
            notes=state.notes,
            timings_ms=state.timings,
        )
        state.answer = answer
        if state.control:
            answer.refused = True
            answer.answer = message(state.control, state.language)
            return state
        if state.refused or not state.statements:
            answer.refused = True
            near = _near(state)
            missed = near_miss(state)
            if missed is not None:
                answer.answer, first = missed
                near = [first, *(c for c in near if c.hit.passage.id != first.hit.passage.id)][:_NEAR]
                answer.citations = [citation_of(1, first)]
            else:
                answer.answer = refusal_text(index, state)
            answer.near = [citation_of(n + 1, c) for n, c in enumerate(near)]
            return state
        numbers: dict[tuple[str, int, int], int] = {}
        lines = []
        for statement in state.statements:
            marks = []
            for candidate in statement.support:
                key = (candidate.hit.article.id, candidate.start, candidate.end)
                if key not in numbers:
                    numbers[key] = len(numbers) + 1
                    answer.citations.append(citation_of(numbers[key], candidate))
                marks.append(numbers[key])
            if statement.worked_out:
                answer.calculations.append(Calculation(sentence=statement.text, result=statement.worked_out))
            lines.append(
                _without_marks(statement.text) + "".join(f"[{number}]" for number in dict.fromkeys(marks))
            )
        answer.answer = "\n".join(lines)
        answer.short_answer = state.short_answer
        answer.flags = state.flags
        return state

    return cite


def _without_marks(text: str) -> str:
    """A quote's own "[2]" is no mark of this answer."""
    return _MARK.sub(r"［\1］", text)


def citation_of(number: int, candidate: Candidate) -> Citation:
    """The citation of a candidate's span."""
    article = candidate.hit.article
    return Citation(
        n=number,
        article_id=article.id,
        title=article.title,
        date=article.date,
        source=article.source,
        url=article.url,
        section=" > ".join(candidate.hit.passage.heading_path),
        quote=candidate.text,
        start=candidate.start,
        end=candidate.end,
        score=round(candidate.score, 3),
    )


def refusal_text(index: Index, state: State) -> str:
    """Why nothing is answered, as plainly as can be told: the year, the place, or just nothing found."""
    asked_years = state.best.parsed.years_named
    told = {year for part in state.best.parts for hit in part.hits for year in hit.passage.years}
    if asked_years and not told & set(asked_years):
        return message("refusal_years", state.language, years="、".join(map(str, asked_years)))
    asked_places = [hit.place for part in state.best.parts for hit in part.hits]
    if asked_places and max(asked_places) < 0:
        return message("refusal_places", state.language, places="、".join(state.best.parsed.places))
    return message("refusal", state.language)


def _near(state: State) -> list[Candidate]:
    """The best sentence of each of a few passages, to look at when nothing answers."""
    seen: dict[str, Candidate] = {}
    for part in state.best.parts:
        for candidate in part.candidates:
            seen.setdefault(candidate.hit.passage.id, candidate)
    return sorted(seen.values(), key=lambda candidate: -candidate.score)[:_NEAR]
