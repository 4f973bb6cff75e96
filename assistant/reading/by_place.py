"""A question for the figure of every place ("各省…的营收"), asked of each place that the passages found for it name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.state import Interpretation, Part
from assistant.understanding.question import Question, parse
from corpus.language.places import PROVINCES, places_in, plain_name
from index.hit import Hit

_MOST_PLACES = 8
_LOOKED_AT = 24
_FEWEST = 2
_OF_PROVINCES = re.compile("[各些个]省")
_OF_CITIES = re.compile("[各些个](?:主要)?城?市")
CITIES_LIKE_PROVINCES = frozenset(["北京", "天津", "上海", "重庆"])


def asked_by_place(question: Question, hits: Sequence[Hit]) -> Interpretation | None:
    """The question as one part for each place that passages name; None where it asks no figure of each, or they name fewer than two.

    Args:
        question: What is asked.
        hits: The passages found for it as it stands, best first.
    """
    value = question.value_of_each_place
    if value is None:
        return None
    named = dict.fromkeys(place for hit in hits[:_LOOKED_AT] for place in _places_of(question, hit))
    places = list(named)[:_MOST_PLACES]
    if len(places) < _FEWEST:
        return None
    parts = [Part(parse(f"{place}{value.text}", question.today)) for place in places]
    return Interpretation(question, parts, is_by_place=True)


def _places_of(question: Question, hit: Hit) -> Iterator[str]:
    """The places, of the sort asked for, that a passage tells of: of its article first."""
    article = hit.article
    for place in [*places_in(article.title), article.region, *places_in(hit.passage.text)]:
        name = plain_name(place) if place else ""
        is_province = name in PROVINCES
        if not name or (_OF_PROVINCES.search(question.text) and not is_province):
            continue
        if _OF_CITIES.search(question.text) and is_province and name not in CITIES_LIKE_PROVINCES:
            continue
        yield name


__all__ = ["asked_by_place"]
