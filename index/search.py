"""From a query to ranked hits: a dense arm and a keyword arm, mixed with time, place and names, then reranked."""

from __future__ import annotations

import math
import re
from concurrent.futures import ThreadPoolExecutor

from corpus.label import label_of
from corpus.language.normalize import fold
from corpus.language.sentences import sentence_spans
from corpus.model import Passage
from corpus.row_words import in_words
from corpus.table import head_above
from index.catalogue import Catalogue
from index.features import fill_features, fill_reranker_features
from index.hit import Found, Hit
from index.mix import Mix
from index.named_documents import asked_provision, provision_first, with_titles
from index.open_year import in_newest_year
from index.query import Filters, Query
from index.question import ParsedQuestion
from index.rerankers.base import Reranker
from index.store import Index
from index.stores.base import Within
from index.words import words

_MARKS = re.compile(r"\W+")
_KEYWORD_THREADS = 4
_GATHERED = 20
_NEARLY_AS_GOOD = 4.0
"""How many of the first hits, and how far below the first, are dealt out to their articles when a list is asked for."""


class Searcher:
    """Searches an index. Without a reranker the first ranking is the last."""

    def __init__(self, index: Index, reranker: Reranker | None = None, mix: Mix | None = None) -> None:
        self._index = index
        self._reranker = reranker
        self.mix = mix or Mix.load()
        self._word_weights: dict[str, float] = {}
        self._weights_of: int | None = None
        self._threads = ThreadPoolExecutor(_KEYWORD_THREADS, thread_name_prefix="keyword-arm")

    @property
    def catalogue(self) -> Catalogue:
        """What the index knows of its articles."""
        return self._index.catalogue

    def search(self, query: Query, most: int = 10) -> list[Hit]:
        """The best `most` hits, best first."""
        return self.find(query, most).hits

    def find(self, query: Query, most: int = 10) -> Found:
        """The best `most` hits, with what each arm brought."""
        return self.rerank(self.retrieve(query), most)

    def retrieve(self, query: Query) -> Found:
        """All hits of both arms in the order of the first ranking; filters that leave nothing are dropped (`widened`).

        The chosen sources and what may be seen are never dropped.
        """
        self._index.follow()
        if query.year_is_open:
            anywhen = query.model_copy(update={"years": [], "periods": []})
            query = in_newest_year(query, self._first_ranking(anywhen).hits)
        found = self._first_ranking(query)
        if not found.hits and query.filters != query.filters.widest:
            found = self._first_ranking(query.model_copy(update={"filters": query.filters.widest}))
            found.widened = True
        found.query = query
        if query.provision:
            found.provision = asked_provision(self._index.catalogue, query, found.hits)
        return found

    def with_titles(self, question: ParsedQuestion, filters: Filters) -> str:
        """A question whose documents are named by their titles where it names them by number (国发〔2024〕17号)."""
        return with_titles(self._index.catalogue, question, filters.collections)

    def rerank(self, found: Found, most: int = 10) -> Found:
        """`found` with its best `most` hits in the order of the second ranking."""
        if self._reranker is not None and self.mix.uses_reranker and found.query is not None:
            found.read = self._rerank(self._reranker, found.query, found.hits)
        if found.query is not None and found.query.parsed.is_over_articles:
            found.hits = gathered(found.hits)
        if found.provision is not None and found.provision.end:
            found.hits = provision_first(self._index.catalogue, found.provision, found.hits)
        found.hits = found.hits[:most]
        return found

    def _first_ranking(self, query: Query) -> Found:
        # SQLite and torch both let go of the interpreter, so the arms reach at the same time.
        keyword_arm = self._threads.submit(self._keyword_arm, query)
        vector = self._index.sentence_vectors.of_question(query.question)
        catalogue, store = self._index.catalogue, self._index.passages
        cosines = dict(store.nearest(vector, Within(query.filters), self.mix.arm_depth)[0])
        if query.years:
            # Among many years of near-identical sentences the asked year's may be far down: look there too.
            of_years = Within(query.filters, tuple(query.years))
            cosines.update(store.nearest(vector, of_years, self.mix.arm_depth)[0])
        keyword_scores = keyword_arm.result()
        dense_ids = list(cosines)
        ids = list(dict.fromkeys([*cosines, *keyword_scores]))
        cosines.update(store.cosines(vector, [id_ for id_ in ids if id_ not in cosines])[0])
        passages = catalogue.passages(ids)
        if query.filters.collections is not None:
            # An article may have been hidden after the arms looked.
            ids = [id_ for id_ in ids if id_ in passages and query.filters.shows(passages[id_][1].collection)]
            dense_ids = [id_ for id_ in dense_ids if id_ in ids]
            keyword_scores = {id_: score for id_, score in keyword_scores.items() if id_ in ids}
        near = self._index.sentences.nearest(vector, ids)
        best_keyword = max(keyword_scores.values(), default=0.0) or 1.0
        hits = [
            Hit(
                passage=passages[id_][0],
                article=passages[id_][1],
                dense=cosines.get(id_, 0.0),
                sentence=near[id_][1] if id_ in near else cosines.get(id_, 0.0),
                nearest=_span(passages[id_][0], near[id_][0]) if id_ in near else None,
                keyword=keyword_scores.get(id_, 0.0) / best_keyword,
            )
            for id_ in ids
            if id_ in passages
        ]
        # The newest version answers; an older one is asked for by its year.
        articles = {hit.article.id for hit in hits}
        old = set() if query.years else catalogue.superseded(articles, query.filters)
        fill_features(query, hits, self._word_weight, old)
        for hit in hits:
            hit.score = self.mix.weigh(hit)
        hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
        hits = without_repeats(hits, query.years)
        return Found(
            hits=hits,
            dense=_ranked({id_: cosines[id_] for id_ in dense_ids}),
            keyword=_ranked(keyword_scores),
            fused=[hit.passage.id for hit in hits],
        )

    def _keyword_arm(self, query: Query) -> dict[str, float]:
        looked_for, store = [words_to_find(query.parsed)], self._index.passages
        scores = dict(store.with_words(looked_for, Within(query.filters), self.mix.arm_depth)[0])
        if query.years:
            of_years = Within(query.filters, tuple(query.years))
            scores.update(store.with_words(looked_for, of_years, self.mix.arm_depth)[0])
        return scores

    def _rerank(self, reranker: Reranker, query: Query, hits: list[Hit]) -> int:
        """Read the first hits and put them in their new order; returns how many were read."""
        mix = self.mix
        read = 0
        while read < min(mix.read_most, len(hits)):
            part = hits[read : read + mix.read_step]
            read_hits(reranker, query.question, part)
            for hit in part:
                hit.score = mix.weigh(hit)
            read += len(part)
            scores = sorted((hit.score for hit in hits[:read]), reverse=True)
            if len(scores) > 1 and scores[0] - scores[1] >= mix.clear_lead:
                break
        hits[:read] = sorted(hits[:read], key=lambda hit: (-hit.score, hit.passage.id))
        # What was not read stays behind what was, on the same scale.
        lowest = hits[read - 1].score if read else 0.0
        for hit in hits[read:]:
            hit.score = min(hit.score, lowest)
        return read

    def _word_weight(self, word: str) -> float:
        """Inverse document frequency: `ln(1 + N / (1 + n))`."""
        _, passages = self._index.catalogue.counts()
        if passages != self._weights_of:
            self._word_weights, self._weights_of = {}, passages
        if word not in self._word_weights:
            count = self._index.passages.passages_with([word])[0]
            self._word_weights[word] = math.log(1 + passages / (1 + count))
        return self._word_weights[word]


def words_to_find(question: ParsedQuestion) -> list[str]:
    """The words that a keyword search looks for, and as phrases the other names of what they name."""
    plain = (word for content in question.words for word in words(content))
    phrases = (" ".join(words(other)) for others in question.synonyms.values() for other in others)
    return list(dict.fromkeys([*plain, *(phrase for phrase in phrases if phrase)]))


def gathered(hits: list[Hit]) -> list[Hit]:
    """The best hit of each article and section first, then their second ones, and so on: a list is told in many places.

    Only hits that are nearly as good as the first are dealt out so.
    """
    near = [hit for hit in hits[:_GATHERED] if hits[0].score - hit.score <= _NEARLY_AS_GOOD]
    scores = [hit.score for hit in near]
    turns: dict[tuple[str, ...], int] = {}
    order = []
    for place, hit in enumerate(near):
        where = (hit.article.id, *hit.passage.heading_path)
        turns[where] = turns.get(where, 0) + 1
        order.append((turns[where], place))
    front = [near[place] for _, place in sorted(order)]
    # The scores still fall from first to last.
    for hit, score in zip(front, scores, strict=True):
        hit.score = score
    return front + hits[len(near) :]


def read_hits(reranker: Reranker, question: str, hits: list[Hit]) -> None:
    """Fill in what the reranker makes of each hit's passage and of its nearest sentence alone."""
    whole = reranker.scores(question, [reading_text(hit) for hit in hits])
    alone = reranker.scores(question, [reading_text(hit, hit.nearest) for hit in hits])
    fill_reranker_features(hits, whole, alone)


def reading_text(hit: Hit, span: tuple[int, int] | None = None) -> str:
    """What is read of a hit: its label, which says whose and when, then its text, or a span of that.

    A row of figures is read in words, another row under its table's head.
    """
    passage = hit.passage
    label = label_of(hit.article.title, passage)
    words = in_words(passage.text, passage.lead)
    if span is None:
        return f"{label}\n{words.text}"
    text = passage.text[slice(*span)]
    said = words.text[slice(*words.span(*span))]
    if said and said != text:
        return f"{label}\n{said}"
    head = head_above(passage.text, span[0], passage.lead)
    return "\n".join([label, head, text] if head and head != text else [label, text])


def _span(passage: Passage, sentence: int) -> tuple[int, int] | None:
    spans = sentence_spans(passage.text)
    return spans[sentence] if sentence < len(spans) else None


def without_repeats(hits: list[Hit], years: list[int]) -> list[Hit]:
    """One hit for each text: that of an asked year's article, else of the newest; it takes the best place.

    The articles of the others are kept in `also_in`.
    """
    same: dict[str, list[Hit]] = {}
    for hit in hits:
        # A dict keeps the place of the first that came.
        same.setdefault(_MARKS.sub("", fold(hit.passage.text)), []).append(hit)
    kept = []
    for alike in same.values():
        best = max(alike, key=lambda hit: _preferred(hit, years))
        best.also_in = [hit.article for hit in alike if hit.article.id != best.article.id]
        best.score = alike[0].score
        kept.append(best)
    return kept


def _preferred(hit: Hit, years: list[int]) -> tuple[bool, str]:
    return hit.article.year in years if years else False, hit.article.date


def _ranked(scores: dict[str, float]) -> list[str]:
    return sorted(scores, key=lambda id_: (-scores[id_], id_))
