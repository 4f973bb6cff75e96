"""A follow-up that names no place goes on with the place of the articles just cited: "2024年呢？" after the nation's figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer, contradicts
from assistant.state import Part, State
from assistant.understanding.completeness import is_surely_complete
from corpus.language.places import plain_name
from index.catalogue import Catalogue
from index.query import Filters

_LOOKED_AT = 6
_GOES_ON = re.compile("呢[?？。]*$")


def regions_before(state: State, catalogue: Catalogue) -> frozenset[str]:
    """The regions of the articles that the last answer cites, "" for the whole country; none where a question stands alone."""
    last = next((turn for turn in reversed(state.history) if turn.articles), None)
    stands_alone = last is not None and is_surely_complete(state.question, last.standalone_question)
    if last is None or (stands_alone and not _GOES_ON.search(state.question)):
        return frozenset()
    only = Filters(articles=last.articles, collections=state.filters.collections)
    return frozenset(_named(info.region) for info in catalogue.find_articles(only)[0])


def same_region_first(part: Part, regions: frozenset[str], scorer: Scorer) -> None:
    """Put the first sentence that surely answers from an article of one of the regions in front of one from elsewhere.

    Args:
        part: A part of a follow-up, its candidates best first.
        regions: Those of the articles just cited; none leaves the order as it is.
        scorer: Tells how sure one may be of a sentence.
    """
    query = part.found.query or part.parsed.query()
    if not regions or not part.candidates or query.places or query.whole_country:
        return
    if _is_of(part.candidates[0], regions):
        return
    chosen = _first_sure(part.candidates[:_LOOKED_AT], regions, scorer)
    if chosen is not None:
        part.candidates = [chosen, *(each for each in part.candidates if each is not chosen)]
        part.confidence = scorer.confidence_of([chosen])


def _first_sure(candidates: Sequence[Candidate], regions: frozenset[str], scorer: Scorer) -> Candidate | None:
    for each in candidates:
        if (
            _is_of(each, regions)
            and not contradicts(each)
            and scorer.confidence_of([each]) >= scorer.threshold
        ):
            return each
    return None


def _is_of(candidate: Candidate, regions: frozenset[str]) -> bool:
    return _named(candidate.hit.article.region) in regions


def _named(region: str) -> str:
    return "" if region == "全国" else plain_name(region)
