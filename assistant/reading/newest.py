"""The latest state of a thing, where a question asks how it is now: of like sentences the one that speaks of the latest time."""

from __future__ import annotations

import re

from assistant.reading.candidate import Candidate
from assistant.reading.rank import contradicts
from corpus.language.normalize import fold
from index.query import Query

_LOOKED_AT = 12
_NEAR = 2.5
_COVERS_LESS = 0.15
_LEAST_ALIKE = 0.2
"""Share of the pairs of characters of two sentences that both hold, from which on they tell of the same thing."""
_FIGURES = re.compile(r"[\d.,，。%％\s]+")


def newest_first(query: Query, ordered: list[Candidate]) -> list[Candidate]:
    """`ordered` with the newest of those that are nearly as good as the first in front; as it is where none is asked for."""
    if not query.newest or not ordered:
        return ordered
    newest = max(_near(ordered), key=lambda each: (told_last(each), each.score), default=ordered[0])
    return [newest, *(each for each in ordered if each is not newest)]


def without_rivals(query: Query, ordered: list[Candidate]) -> list[Candidate]:
    """`ordered` without those that tell the same of other times: where the latest is asked for they speak not against the first."""
    if not query.newest or not ordered:
        return ordered
    near = _near(ordered)
    return [ordered[0], *(each for each in ordered[1:] if each not in near)]


def _near(ordered: list[Candidate]) -> list[Candidate]:
    first = ordered[0]
    return [
        each
        for each in ordered[:_LOOKED_AT]
        if first.score - each.score <= _NEAR
        and _covers_as_much(each, first)
        and _is_alike(each, first)
        and not contradicts(each)
    ]


def _is_alike(one: Candidate, first: Candidate) -> bool:
    """Whether two sentences are worded alike but for their figures; each is alike itself."""
    mine, its = _pairs(one.text), _pairs(first.text)
    return one is first or len(mine & its) >= _LEAST_ALIKE * len(mine | its)


def _pairs(text: str) -> set[str]:
    plain = _FIGURES.sub("", fold(text))
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def told_last(candidate: Candidate) -> str:
    """The last day that a sentence tells of, in ISO 8601: that of its periods, at most its article's own date."""
    told = max((period.last.isoformat() for period in candidate.periods), default="")
    own = candidate.hit.article.date
    return min(told, own) if told and own else told or own


def _covers_as_much(one: Candidate, first: Candidate) -> bool:
    share = "covered_with_context"
    return one.features.get(share, 0.0) >= first.features.get(share, 0.0) - _COVERS_LESS
