"""What a question asks to be worked out of figures that stand together: read by the network of calculations, counted here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from assistant.answering.counted import SHARE_UNITS, result_of
from assistant.reading.candidate import Candidate
from assistant.reading.rank import contradicts
from assistant.state import Statement
from assistant.understanding.operation import OperationAsked
from corpus.label import label_of
from corpus.language.mentions import mentions_in
from corpus.language.normalize import fold
from corpus.language.quantities import quantities_in, unit_asked
from corpus.language.sentences import sentence_spans
from corpus.table import is_row

if TYPE_CHECKING:
    from index.reader.calculations import Calculation, CalculationReader

_LOOKED_AT = 10
_SEVERAL = 2
_LONGEST = 320
_AMOUNTS = frozenset(["sum", "difference", "whole", "part"])


@dataclass(frozen=True)
class Place:
    """A stretch of a passage that is read for a calculation: `text[begin:]` is `passage.text[start:end]`, before it its label."""

    candidate: Candidate
    text: str
    begin: int
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """A result with the candidate that it was found at and how likely it is."""

    statement: Statement
    candidate: Candidate
    likelihood: float


def worked_in_one_place(
    question: str, candidates: Iterable[Candidate], reader: CalculationReader
) -> Found | None:
    """The likeliest result that follows from one of the first places; None where none is asked for or none can be counted.

    Args:
        question: What is asked, standing alone.
        candidates: Sentences, best first.
        reader: What reads calculations.
    """
    places = list(islice(_places(candidates), _LOOKED_AT))
    found = []
    for place, read in zip(places, reader.read(question, [place.text for place in places]), strict=True):
        worked = result_of(read, place.text) if _is_counted_as_asked(question, read) else None
        if worked is None or min(each.start for each in (*read.firsts, *read.seconds)) < place.begin:
            continue
        support = _support(place, read)
        found.append(
            Found(Statement(worked.text, support, worked_out=worked.short), support[0], read.likelihood)
        )
    return max(found, key=lambda each: each.likelihood, default=None)


def _is_counted_as_asked(question: str, read: Calculation) -> bool:
    """Whether amounts are put together that are counted as the question wants them: no 万辆 where 亿 is asked for."""
    if read.operation not in _AMOUNTS or not read.firsts:
        return True
    unit, scale = unit_asked(question), OperationAsked(question, fold(question)).scale
    first = read.firsts[0].quantity
    asked = quantities_in(f"1{unit}")[0].unit if unit else ""
    if asked and first.unit and asked != first.unit and not {asked, first.unit} <= SHARE_UNITS:
        return False
    largest = max(each.quantity.power for each in read.firsts)
    return not scale or first.unit in {"", "元"} or largest >= scale


def _places(candidates: Iterable[Candidate]) -> Iterator[Place]:
    """The places of candidates, each stretch once."""
    seen: set[tuple[str, int, int]] = set()
    for candidate in candidates:
        if contradicts(candidate) or candidate.is_whole or is_row(candidate.text) or candidate.row_name:
            continue
        passage = candidate.hit.passage
        start, end = _stretch(passage.text, candidate.start - passage.start, candidate.end - passage.start)
        if (passage.id, start, end) in seen:
            continue
        seen.add((passage.id, start, end))
        if len(mentions_in(passage.text[start:end])) < _SEVERAL:
            continue
        label = label_of(candidate.hit.article.title, passage)
        yield Place(candidate, f"{label}\n{passage.text[start:end]}", len(label) + 1, start, end)


def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """A sentence with those before and behind it in its line, as far as they are not too long together."""
    line = text.rfind("\n", 0, max(start, 0)) + 1
    stop = text.find("\n", end)
    spans = sentence_spans(text, line, len(text) if stop < 0 else stop)
    own = [number for number, span in enumerate(spans) if span[0] < end and span[1] > start]
    if not own:
        return start, end
    first, last = spans[own[0]][0], spans[own[-1]][1]
    for number in (own[0] - 1, own[-1] + 1):
        if (
            0 <= number < len(spans)
            and max(last, spans[number][1]) - min(first, spans[number][0]) <= _LONGEST
        ):
            first, last = min(first, spans[number][0]), max(last, spans[number][1])
    return first, last


def _support(place: Place, read: Calculation) -> list[Candidate]:
    """The sentences that hold the figures, that of the candidate first."""
    passage = place.candidate.hit.passage
    at = [each.start - place.begin + place.start for each in (*read.firsts, *read.seconds)]
    own = (place.candidate.start - passage.start, place.candidate.end - passage.start)
    support = [place.candidate] if any(own[0] <= each < own[1] for each in at) else []
    for start, end in sentence_spans(passage.text, place.start, place.end):
        if (start < own[1] and end > own[0]) or not any(start <= each < end for each in at):
            continue
        support.append(
            replace(
                place.candidate,
                start=passage.start + start,
                end=passage.start + end,
                text=passage.text[start:end],
                reader_span=None,
                also=[],
            )
        )
    return support
