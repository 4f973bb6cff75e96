"""Fourth stage: every statement marked with the numbered, exact spans it stands on."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answering.near_miss import near_miss
from assistant.checking.cited_overview import cited_overview
from assistant.checking.cited_table import cited_table, written_table
from assistant.checking.marks import MARK
from assistant.checking.series_of_table import add_series
from assistant.generating.written_answer import WrittenAnswer
from assistant.messages import message
from assistant.model import Answer, Calculation, Citation, Flag
from assistant.reading.candidate import Candidate
from assistant.reading.chosen import of_chosen, refusal_of_chosen
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
            thoughts=state.thoughts,
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
                text, first = missed
                answer.answer = of_chosen(index.catalogue, state.filters, text, state.language)
                near = [first, *(c for c in near if c.hit.passage.id != first.hit.passage.id)][:_NEAR]
                answer.citations = [citation_of(1, first)]
            else:
                answer.answer = refusal_text(index, state)
            answer.near = [citation_of(n + 1, c) for n, c in enumerate(near)]
            return state
        if state.written is not None:
            _cite_written(answer, state.written)
            answer.flags += state.flags
            answer.table = written_table(answer) or cited_table(state.table, answer.citations)
            add_series(answer)
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
        answer.table = cited_table(state.table, answer.citations)
        add_series(answer)
        answer.overview = cited_overview(state.overview, answer.citations)
        answer.flags = state.flags
        return state

    return cite


def _cite_written(answer: Answer, written: WrittenAnswer) -> None:
    """Marks of a written answer stay where they stand; they are renumbered by the sentences that they stand for."""
    answer.written = True
    numbers: dict[tuple[str, int, int], int] = {}
    pieces = []
    for unit in written.units:
        own: dict[int, int] = {}
        for passage, candidate in unit.support.items():
            key = (candidate.hit.article.id, candidate.start, candidate.end)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                answer.citations.append(citation_of(numbers[key], candidate))
                answer.citations[-1].found = unit.checked.found
            own[passage] = numbers[key]
        text = _renumbered(unit.text, own)
        if unit.checked.found:
            text = _with_marks(text, list(own.values()))
        pieces.append(unit.gap + text)
        answer.flags += [
            # The numbers of passages are not those of citations.
            Flag(sentence=unit.plain, reason=f.reason, detail="" if f.reason == "flag_mark" else f.detail)
            for f in unit.checked.faults
        ]
        if unit.cites_nothing and not unit.checked.faults:
            answer.flags.append(Flag(sentence=unit.plain, reason="flag_uncited"))
    answer.answer = "".join(pieces).strip("\n")


def _renumbered(text: str, numbers: dict[int, int]) -> str:
    """A unit whose marks on passages are marks on citations; a mark that stands for none is left out."""

    def of_citation(mark: re.Match[str]) -> str:
        number = numbers.get(int(mark.group(1)))
        return "" if number is None else f"[{number}]"

    return MARK.sub(of_citation, text)


def _with_marks(text: str, numbers: list[int]) -> str:
    """A unit with marks at its end; in a row of a table they stand in its last cell."""
    marks = "".join(f"[{number}]" for number in dict.fromkeys(numbers))
    row = re.search(r"\s*\|\s*$", text)
    return f"{text[: row.start()]}{marks}{row.group()}" if row else f"{text}{marks}"


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
    """Why nothing is answered, as plainly as can be told: the chosen sources, the year, the place, or just nothing found."""
    if told := refusal_of_chosen(index.catalogue, state.filters, state.language):
        return told
    asked_years = state.best.parsed.years_named
    years = {year for part in state.best.parts for hit in part.hits for year in hit.passage.years}
    if asked_years and not years & set(asked_years):
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
