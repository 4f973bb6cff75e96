"""Parts of a grid whose sentence is worded as one that surely answers another part: the next year's, or the next city's, report.

How sure the reader is of one sentence and of its twin differs by chance; what is told of 南京 in the words that surely tell it
of 合肥 is as sure.
"""

from __future__ import annotations

import re

from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer, contradicts
from assistant.state import Interpretation, Part
from corpus.language.normalize import fold

_LEAST_SHARE = 0.5
"""How sure a part must be of its own sentence, as a share of what it would need."""
_LEAST_LEAD = 2.0
_ALIKE = 0.7
_FIGURE = re.compile(r"[\d.,]+")


def sure_by_wording(form: Interpretation, scorer: Scorer) -> None:
    """Make a part as sure as another whose sentence is worded alike, where its own names its place and time and has no rival.

    Args:
        form: A question with its parts; left as it is where they make no grid.
        scorer: What tells how sure one must be.
    """
    grid = form.parsed.grid
    things = ("",) * len(form.parts) if form.is_by_place else grid.things if grid is not None else ()
    if len(things) != len(form.parts):
        return
    asked = list(zip(things, form.parts, strict=True))
    sure = [(thing, part, part.confidence) for thing, part in asked if _is_sure(part, scorer)]
    for thing, part in asked:
        wanted = scorer.threshold_for(part.parsed) * _LEAST_SHARE
        if _is_sure(part, scorer) or part.confidence < wanted or not _is_plain(part):
            continue
        # Of one measure: a sentence that surely tells the output need not tell how it grew.
        first = part.candidates[0]
        twins = [
            confidence
            for other, each, confidence in sure
            if other == thing and _is_alike(each.candidates[0], first)
        ]
        part.confidence = max([part.confidence, *twins])


def _is_sure(part: Part, scorer: Scorer) -> bool:
    return bool(part.candidates) and part.confidence >= scorer.threshold_for(part.parsed)


def _is_plain(part: Part) -> bool:
    """Whether a part's first sentence is of its place, time and names, and far before the next."""
    if not part.candidates:
        return False
    first = part.candidates[0]
    query = part.found.query
    rivals = [each.score for each in part.candidates[1:] if not contradicts(each)]
    if contradicts(first) or query is None or (rivals and first.score - max(rivals) < _LEAST_LEAD):
        return False
    features = first.features
    return (
        (not query.places or features.get("place_same", 0.0) >= 1)
        and (not query.asked or features.get("time_likeness", 0.0) >= 1)
        and not features.get("names_missing")
        and features.get("covered_with_context", 0.0) >= 1
    )


def _is_alike(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences share most of their pairs of neighbouring characters, figures aside."""
    pairs = []
    for text in (one.text, other.text):
        bare = _FIGURE.sub("#", fold(text))
        pairs.append({bare[at : at + 2] for at in range(len(bare) - 1)})
    return len(pairs[0] & pairs[1]) >= _ALIKE * max(len(pairs[0] | pairs[1]), 1)


__all__ = ["sure_by_wording"]
