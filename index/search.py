"""From a query to ranked hits: a dense arm and a keyword arm, mixed, with the asked years and places weighed in."""

from __future__ import annotations

import re
from datetime import date

from pydantic import BaseModel

from corpus.clean import fold
from corpus.period import Period, likeness
from corpus.places import places_in, province_of, same_place
from corpus.time_frame import PartialDay, periods_in
from index.hit import ArticleInfo, Filters, Found, Hit, Query
from index.store import Index
from index.words import content_words, words

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)(?=\s*年|\b|[^\d])")

_LENGTH_OF_A_DAY = len("2026-03-05")
_HALF = 0.5
_MARKS = re.compile(r"\W+")


class Mix(BaseModel):
    """Weights of the mix, learnt on development questions (docs/results.md says how and what they gain).

    A hit's score is `dense * (cosine - cosine_floor) / (1 - cosine_floor) + keyword * bm25 / best bm25`
    plus `time` and `place` for a match and minus them for a contradiction, and minus `superseded` in an article
    with a newer version when the question names no year.
    """

    dense: float = 1.0
    keyword: float = 1.0
    time: float = 0.35
    place: float = 0.25
    superseded: float = 0.2
    cosine_floor: float = 0.75
    arm_depth: int = 40


class Searcher:
    """Searches an index."""

    def __init__(self, index: Index, mix: Mix | None = None) -> None:
        self._index = index
        self.mix = mix or Mix()

    def search(self, query: Query, most: int = 10) -> list[Hit]:
        """The best `most` hits, best first."""
        return self.find(query, most).hits

    def find(self, query: Query, most: int = 10) -> Found:
        """The best `most` hits, with what each arm brought."""
        self._index.follow()
        depth = self.mix.arm_depth
        vector = self._index.sentence_vectors.of_question(query.question)
        question_words = list(dict.fromkeys(w for c in content_words(query.question) for w in words(c)))
        catalogue, vectors = self._index.catalogue, self._index.vectors
        keyword_scores = dict(catalogue.search_words(question_words, query.filters, [], depth))
        cosines = dict(vectors.search(vector, query.filters, [], depth))
        if query.years:
            # Among many years of near-identical sentences the asked year's may be far down: look there too.
            keyword_scores.update(catalogue.search_words(question_words, query.filters, query.years, depth))
            cosines.update(vectors.search(vector, query.filters, query.years, depth))
        dense_ids = list(cosines)
        ids = list(dict.fromkeys([*cosines, *keyword_scores]))
        cosines.update(vectors.cosines(vector, [id_ for id_ in ids if id_ not in cosines]))
        found = catalogue.passages(ids)
        best_keyword = max(keyword_scores.values(), default=0.0) or 1.0
        hits = []
        for id_ in ids:
            if id_ not in found:
                continue
            passage, article = found[id_]
            hit = Hit(
                passage=passage,
                article=article,
                dense=cosines.get(id_, 0.0),
                keyword=keyword_scores.get(id_, 0.0) / best_keyword,
            )
            hit.time = time_match(query, hit)
            hit.place = place_match(query.places, hit)
            hit.score = self._score(hit)
            hits.append(hit)
        if not query.years:
            # The newest version answers; an older one is asked for by its year.
            old = catalogue.superseded({hit.article.id for hit in hits})
            for hit in hits:
                hit.score -= self.mix.superseded if hit.article.id in old else 0.0
        hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
        hits = without_repeats(hits, query.years)
        return Found(
            query=query,
            hits=hits[:most],
            dense=_ranked({id_: cosines[id_] for id_ in dense_ids}),
            keyword=_ranked(keyword_scores),
            fused=[hit.passage.id for hit in hits],
        )

    def _score(self, hit: Hit) -> float:
        mix = self.mix
        dense = max(0.0, hit.dense - mix.cosine_floor) / (1 - mix.cosine_floor)
        return mix.dense * dense + mix.keyword * hit.keyword + mix.time * hit.time + mix.place * hit.place


def without_repeats(hits: list[Hit], years: list[int]) -> list[Hit]:
    """One hit for each text: that of an asked year's article, else of the newest; it takes the best place."""
    best: dict[str, Hit] = {}
    for hit in hits:
        text = _MARKS.sub("", fold(hit.passage.text))
        first = best.get(text)
        if first is None or _preferred(hit, years) > _preferred(first, years):
            # A dict keeps the place of the first that came.
            best[text] = hit
    return list(best.values())


def _preferred(hit: Hit, years: list[int]) -> tuple[bool, str]:
    return hit.article.year in years if years else False, hit.article.date


def _ranked(scores: dict[str, float]) -> list[str]:
    return sorted(scores, key=lambda id_: (-scores[id_], id_))


def read_query(question: str, filters: Filters | None = None, today: date | None = None) -> Query:
    """A query with the years, parts of years and places that the question names, counted from `today`."""
    years = [int(year) for year in dict.fromkeys(_YEAR.findall(fold(question)))]
    day = PartialDay(today.year, today.month, today.day) if today else None
    parts = [period for period in periods_in(question, day) if not period.is_whole_years]
    return Query(
        question=question,
        years=years,
        periods=[str(part) for part in parts],
        places=places_in(question),
        filters=filters or Filters(),
    )


def time_match(query: Query, hit: Hit) -> float:
    """1 when the passage speaks of what is asked, -1 when only of other years, 0 when nothing is asked or known.

    A passage of the asked year that speaks only of other months than the asked ones counts as unknown.
    """
    of_year = _year_match(query.years, hit)
    if not query.periods or of_year < 0:
        return of_year
    asked = [Period.parse(each) for each in query.periods]
    told = [period for each in hit.passage.periods if not (period := Period.parse(each)).is_whole_years]
    if not told and len(hit.article.date) == _LENGTH_OF_A_DAY:
        told = [Period.parse(hit.article.date)]
    if likeness(asked, told) > 0:
        return 1.0
    return 0.0 if told else min(of_year, _HALF)


def _year_match(years: list[int], hit: Hit) -> float:
    if not years:
        return 0.0
    spoken = hit.passage.years
    if set(years) & set(spoken):
        return 1.0
    if spoken:
        return -1.0
    published = hit.article.year
    if published is None:
        return 0.0
    return 0.3 if any(published - year in (0, 1) for year in years) else -1.0


def place_match(places: list[str], hit: Hit) -> float:
    """Share of the asked places the hit is about, minus one when it is about other places only."""
    if not places:
        return 0.0
    told = places_of(hit.article, [*hit.passage.heading_path, hit.passage.text])
    if not told:
        return 0.0
    matched = sum(any(same_place(asked, place) for place in told) for asked in places)
    return matched / len(places) if matched else -1.0


def places_of(article: ArticleInfo, texts: list[str]) -> list[str]:
    """Places that a passage is about: its own, else those of its article."""
    own = [place for text in texts for place in places_in(text)]
    return own or [*places_in(article.title), *([article.region] if province_of(article.region) else [])]
