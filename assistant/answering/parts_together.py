"""What the parts of one question tell of each other's answers: one sentence's only figure answers one, neighbours vouch for each other."""

from __future__ import annotations

from itertools import combinations
from math import prod

from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer, contradicts
from assistant.reading.table_rows import tell_the_same_figure
from assistant.state import Part
from corpus.language.quantities import quantities_in

_LOOKED_AT = 6
_MOST_LOST = 2.0
"""What the next sentence of a part may lose against the one that answers another part."""
_LEAD = 2.0
"""By how much a sentence must lead in each part to be what answers all of them."""
_NEAR = 300
"""Characters between two sentences that tell of one thing."""
_LIKELY_WHEN_NEAR = 0.7
"""The share of the usual threshold that is enough beside a sentence that surely answers another part."""


def give_each_its_own(parts: list[Part], scorer: Scorer) -> None:
    """Of two parts that are answered with one sentence's only figure, the one that loses less is given its next sentence.

    Args:
        parts: The parts of one question, each with its candidates, best first.
        scorer: Tells how sure one may be of the next sentence.
    """
    for one, other in combinations(parts, 2):
        if not _is_for_one(one.candidates[0], other.candidates[0]):
            continue
        nexts = [(part, found) for part in (one, other) if (found := _next_of(part)) is not None]
        if not nexts:
            continue
        part, found = min(
            nexts,
            key=lambda each: (
                names_its_own(each[0], parts, each[0].candidates[0]),
                each[0].candidates[0].score - each[1].score,
            ),
        )
        taken = part.candidates[0]
        rest = [each for each in part.candidates if each is not found]
        part.candidates = [found, *rest]
        part.confidence = scorer.confidence_of([found, *(each for each in rest if each is not taken)])


def trust_neighbours(parts: list[Part], scorer: Scorer) -> None:
    """Raise the confidence of parts that others of the same question speak for.

    A sentence that leads in every part is likelier to answer them than each part alone tells; and beside a sentence
    that surely answers one part, a likely one for another is enough.

    Args:
        parts: The parts of one question, each with its candidates, best first.
        scorer: What tells how sure one must be.
    """
    firsts = [part.candidates[0] for part in parts]
    if any(map(contradicts, firsts)):
        return
    if not all(names_its_own(part, parts, part.candidates[0]) for part in parts):
        return
    if all(_same(firsts[0], each) for each in firsts[1:]):
        if all(_lead(part) >= _LEAD for part in parts) and not _is_for_any(firsts):
            together = 1 - prod(1 - part.confidence for part in parts)
            for part in parts:
                # Enough to answer, and no more: how sure one may be of what is read of it is another question.
                part.confidence = max(part.confidence, min(together, scorer.threshold_for(part.parsed)))
        return
    sure = [part for part in parts if part.confidence >= scorer.threshold_for(part.parsed)]
    for part in parts:
        least = scorer.threshold_for(part.parsed)
        near = (each for each in sure if _is_near(part.candidates[0], each.candidates[0]))
        if least * _LIKELY_WHEN_NEAR <= part.confidence < least and any(near):
            part.confidence = least


def names_its_own(part: Part, parts: list[Part], candidate: Candidate) -> bool:
    """Whether a sentence, or what stands above it, names something of what a part alone asks of; True where it asks of nothing alone."""
    others = {word for other in parts if other is not part for word in other.parsed.words}
    own = [word for word in part.parsed.words if len(word) > 1 and word not in others]
    return not own or any(word in candidate.covered_words for word in own)


def _same(one: Candidate, other: Candidate) -> bool:
    return one.hit.article.id == other.hit.article.id and one.start == other.start


def _is_near(one: Candidate, other: Candidate) -> bool:
    is_of_article = one.hit.article.id == other.hit.article.id
    return is_of_article and abs(one.start - other.start) <= _NEAR and not _is_for_one(one, other)


def _is_for_any(firsts: list[Candidate]) -> bool:
    return any(_is_for_one(one, other) for one, other in combinations(firsts, 2))


def _is_for_one(one: Candidate, other: Candidate) -> bool:
    """Whether both are one sentence, read for the same figure, which is the only one of its unit in it."""
    if not _same(one, other) or not one.reader_span or not other.reader_span:
        return False
    (start, end), (begin, stop) = one.reader_span, other.reader_span
    if start >= stop or begin >= end:
        return False
    read = one.text[max(start, begin) - one.start : min(end, stop) - one.start]
    units = {each.unit for each in quantities_in(read)}
    if not units:
        # "约三成" and names: what both were read for answers one of them.
        return one.reader_span == other.reader_span and "、" not in read
    return sum(each.unit in units for each in quantities_in(one.text)) == 1


def _next_of(part: Part) -> Candidate | None:
    first = part.candidates[0]
    for each in part.candidates[1:_LOOKED_AT]:
        if first.score - each.score > _MOST_LOST:
            return None
        if (
            not contradicts(each)
            and not _same(each, first)
            and not tell_the_same_figure(each.text, first.text)
        ):
            return each
    return None


def _lead(part: Part) -> float:
    others = part.candidates[1:2]
    return part.candidates[0].score - others[0].score if others else _LEAD
