"""What speaks for and against a hit, as numbers that the mix weighs."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from corpus.language.normalize import fold
from corpus.row_words import in_words
from index.aim import goal_mismatch
from index.hit import Hit
from index.match import day_match, place_match, time_likeness, time_match, told_in_time
from index.query import Query
from index.spans import SPANS

FEATURES = (
    "cosine",
    "sentence",
    "keyword",
    "covered",
    "covered_above",
    "worst_gap",
    "bigrams",
    "time_same",
    "time_other",
    "year_likeness",
    "span_likeness",
    "day",
    "told_in_time",
    "goal_mismatch",
    "place_same",
    "place_other",
    "names_missing",
    "names_above",
    "kind_missing",
    "superseded",
    "recent",
    "reader",
    "reader_sure",
    "reader_alone",
)
"""Names of the features, in the order of the weights. The last three need the reranker."""
RERANKER_FEATURES = ("reader", "reader_sure", "reader_alone")

_RARE = 12.0
_SUREST = 12.0
_YEARS_THAT_COUNT = 10
_YEAR_WORD = re.compile(r"(?:19|20)\d{2}")


def fill_features(
    query: Query, hits: list[Hit], weight: Callable[[str], float], superseded: set[str]
) -> None:
    """Fill `features` of every hit; `weight` tells how rare a word is in the index, `superseded` ids of articles.

    `dense`, `sentence` and `keyword` of the hits must be there.
    """
    question = query.parsed
    asked = [word for word in question.words if not _YEAR_WORD.fullmatch(word)]
    names_of = question.names_of_words
    weights = {word: weight(word) for word in asked}
    total = sum(weights.values()) or 1.0
    bigrams = _bigrams("".join(asked))
    newest = max((hit.article.year or 0 for hit in hits), default=0)
    spans = SPANS.get(question.sure_kind)
    asked_spans = question.spans(question.sure_kind)
    asks_one_year = not query.periods and len(query.years) == 1
    for hit in hits:
        above = fold(" ".join([hit.article.title, *hit.passage.heading_path, hit.passage.lead]))
        body = fold(in_words(hit.passage.text, hit.passage.lead).text)
        in_body = {word for word in asked if any(name in body for name in names_of[word])}
        in_above = {word for word in asked if any(name in above for name in names_of[word])}
        gaps = [weights[word] for word in asked if word not in in_body and word not in in_above]
        hit.time = time_match(query, hit)
        hit.place = place_match(query, hit)
        missing = [name for name in query.names if name not in body and name not in above]
        features = hit.features
        features["cosine"] = (hit.dense - 0.85) * 10
        features["sentence"] = (hit.sentence - 0.85) * 10
        features["keyword"] = hit.keyword
        features["covered"] = sum(weights[word] for word in in_body) / total
        features["covered_above"] = sum(weights[word] for word in in_above - in_body) / total
        features["worst_gap"] = max(gaps, default=0.0) / _RARE
        features["bigrams"] = sum(each in body for each in bigrams) / len(bigrams) if bigrams else 0.0
        features["time_same"] = max(hit.time, 0.0)
        features["time_other"] = max(-hit.time, 0.0)
        likeness = time_likeness(query, hit)
        features["year_likeness"] = likeness if asks_one_year else 0.0
        features["span_likeness"] = 0.0 if asks_one_year else likeness
        features["day"] = day_match(query, hit)
        features["told_in_time"] = told_in_time(query, hit)
        features["goal_mismatch"] = goal_mismatch(question, hit.passage.text)
        features["place_same"] = max(hit.place, 0.0)
        features["place_other"] = max(-hit.place, 0.0)
        features["names_missing"] = len(missing) / max(len(query.names), 1)
        features["names_above"] = sum(name in above for name in query.names) / max(len(query.names), 1)
        features["kind_missing"] = float(
            spans is not None and not any(span not in asked_spans for span in spans.findall(body))
        )
        asks_no_time = not query.years
        features["superseded"] = float(asks_no_time and hit.article.id in superseded)
        age = newest - (hit.article.year or 0)
        features["recent"] = (
            -min(age, _YEARS_THAT_COUNT) / _YEARS_THAT_COUNT if asks_no_time and newest else 0.0
        )


def fill_reranker_features(hits: list[Hit], whole: list[float], alone: list[float]) -> None:
    """Fill in the reranker's logits for the passages and for their nearest sentences alone."""
    for hit, of_passage, of_sentence in zip(hits, whole, alone, strict=True):
        hit.reranker = of_passage
        hit.features["reader"] = _within(of_passage) / 4
        hit.features["reader_sure"] = 1 / (1 + math.exp(-_within(of_passage)))
        hit.features["reader_alone"] = _within(of_sentence) / 4


def _within(logit: float) -> float:
    return max(-_SUREST, min(logit, _SUREST))


def _bigrams(text: str) -> list[str]:
    return list(dict.fromkeys(text[i : i + 2] for i in range(len(text) - 1)))
