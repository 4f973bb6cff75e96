"""Parts of one question that are answered in one place: by one sentence, else in one article.

"2023年茶叶产值多少，涨了几个点" is told in one sentence more often than in two. Where a part is not answered surely by itself, a
sentence that answers all of them nearly as well as the best of each is taken for all; else the part is looked for
in the article that answers the first.
"""

from __future__ import annotations

from itertools import pairwise

from assistant.answering.parts_together import give_each_its_own, names_its_own, trust_neighbours
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer, contradicts
from assistant.state import Part

_LOOKED_AT = 12
_MOST_LOST = 2.5
"""What a sentence for all parts may lose, in all, against the best of each."""
_MOST_LOST_OF_SURE = 1.0
_MOST_LOST_IN_ARTICLE = 1.5


def answer_in_one_place(parts: list[Part], scorer: Scorer) -> None:
    """Put in front of each part's candidates what answers the parts together, where a part alone is unsure.

    Args:
        parts: The parts of one question, each with its candidates, best first. Left as they are where they ask of
            different places or times, or where each is surely answered in the same article.
        scorer: What tells how sure one may be.
    """
    if len(parts) < 2 or not all(part.candidates for part in parts) or not _of_one_frame(parts):
        return
    give_each_its_own(parts, scorer)
    _look_in_one_place(parts, scorer)
    trust_neighbours(parts, scorer)


def _look_in_one_place(parts: list[Part], scorer: Scorer) -> None:
    sure = [part.confidence >= scorer.threshold_for(part.parsed) for part in parts]
    firsts = [part.candidates[0] for part in parts]
    if all(sure) and len({first.hit.article.id for first in firsts}) == 1:
        return
    together = _for_all(parts, sure)
    if together is not None:
        # That one sentence answers all of them is more than its lead over the next tells.
        best = max(part.confidence for part in parts)
        for part, candidate in zip(parts, together, strict=True):
            _put_first(part, candidate, scorer)
            best = max(best, part.confidence)
        for part, candidate in zip(parts, together, strict=True):
            if names_its_own(part, parts, candidate):
                part.confidence = best
        return
    lead = max(parts, key=lambda part: part.confidence)
    for part, is_sure in zip(parts, sure, strict=True):
        if part is not lead and not is_sure:
            _look_in(lead.candidates[0].hit.article.id, part, scorer)


def _of_one_frame(parts: list[Part]) -> bool:
    """Whether all parts ask of the same places and times."""
    frames = [(query.places, query.years, query.periods) for part in parts if (query := part.found.query)]
    return len(frames) == len(parts) and all(frame == frames[0] for frame in frames)


def _for_all(parts: list[Part], sure: list[bool]) -> list[Candidate] | None:
    """The candidate of each part that is one and the same sentence and loses least; None where it loses too much."""
    seen: list[dict[tuple[str, int], Candidate]] = []
    for part, is_sure in zip(parts, sure, strict=True):
        best, most = part.candidates[0].score, _MOST_LOST_OF_SURE if is_sure else _MOST_LOST
        seen.append(
            {
                (each.hit.article.id, each.start): each
                for each in part.candidates[:_LOOKED_AT]
                if best - each.score <= most and not contradicts(each)
            }
        )
    shared = {
        place
        for place in set.intersection(*(set(each) for each in seen))
        if _read_apart([own[place] for own in seen])
    }
    lost = {
        place: sum(part.candidates[0].score - own[place].score for part, own in zip(parts, seen, strict=True))
        for place in shared
    }
    place = min(lost, key=lambda each: (lost[each], each), default=None)
    if place is None or lost[place] > _MOST_LOST:
        return None
    return [own[place] for own in seen]


def _read_apart(candidates: list[Candidate]) -> bool:
    """Whether each part's answer stands elsewhere in the sentence: one figure is not both 新建 and 改造."""
    spans = sorted(each.reader_span for each in candidates if each.reader_span)
    return all(before[1] <= after[0] for before, after in pairwise(spans))


def _look_in(article: str, part: Part, scorer: Scorer) -> None:
    """Put the best candidate of an article in front, where it is nearly as good as the best of all."""
    best = part.candidates[0].score
    for candidate in part.candidates[:_LOOKED_AT]:
        if best - candidate.score > _MOST_LOST_IN_ARTICLE:
            return
        if candidate.hit.article.id == article and not contradicts(candidate):
            _put_first(part, candidate, scorer)
            return


def _put_first(part: Part, candidate: Candidate, scorer: Scorer) -> None:
    if part.candidates[0] is candidate:
        return
    part.candidates = [candidate, *(each for each in part.candidates if each is not candidate)]
    part.confidence = scorer.confidence_of(part.candidates)
