"""Answers of more than one sentence: a list told in many articles, and more of what was told before."""

from __future__ import annotations

from assistant.reading.candidate import Candidate
from assistant.reading.rank import contradicts

_NEARLY_AS_GOOD = 3.0
_MOST_MEMBERS = 6
_MOST_DETAILS = 4


def over_articles(candidates: list[Candidate]) -> list[Candidate]:
    """The best sentence of each article or section that is nearly as good as the best of all."""
    chosen: list[Candidate] = []
    seen: set[tuple[str, ...]] = set()
    for candidate in candidates:
        where = (candidate.hit.article.id, *candidate.hit.passage.heading_path)
        if candidates[0].score - candidate.score > _NEARLY_AS_GOOD or len(chosen) == _MOST_MEMBERS:
            break
        if where not in seen and not contradicts(candidate):
            seen.add(where)
            chosen.append(candidate)
    return chosen or candidates[:1]


def in_more_detail(candidates: list[Candidate]) -> list[Candidate]:
    """The best sentence and those after it in its passage, then the next best of the same article."""
    first = candidates[0]
    own = [each for each in candidates if each.hit.passage.id == first.hit.passage.id]
    after = sorted((each for each in own if each.start > first.start), key=lambda each: each.start)
    others = [
        each
        for each in candidates[1:]
        if each.hit.article.id == first.hit.article.id
        and each.hit.passage.id != first.hit.passage.id
        and not contradicts(each)
    ]
    return [first, *after[: _MOST_DETAILS - 2], *others][:_MOST_DETAILS]
