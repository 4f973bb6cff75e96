"""The sentences of the best passages, each with what speaks for and against its being the answer."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

import numpy as np

from corpus.clean import fold
from corpus.label import label_of
from corpus.places import places_in, same_place
from corpus.sentences import sentence_spans
from corpus.time_frame import years_in
from index.hit import Hit
from index.question import SPANS, Kind, goal_mismatch, kind_of, lacks_unit, names_in
from index.reader.read import Reader
from index.store import Index
from index.words import content_words

FEATURES = (
    "bias",
    "covered",
    "covered_with_context",
    "worst_gap",
    "cosine",
    "passage_cosine",
    "passage_keyword",
    "passage_rank",
    "kind_fits",
    "kind_missing",
    "unit_missing",
    "year_same",
    "year_other",
    "place_same",
    "place_other",
    "place_missing",
    "period_missing",
    "names_missing",
    "goal_mismatch",
    "bigrams",
    "reader",
    "reader_span",
    "reader_best",
    "reader_alone",
    "length",
)
"""Names of the features, in the order of the scorer's weights."""

_COMPARED_YEAR = re.compile(
    r"(?:比|较|与|和|同|跟)(?:19|20)\d{2}年(?:同期|相比|同比|全年)?|(?:19|20)\d{2}年同期"
)
_PERIOD = re.compile(
    r"\d{1,2}[至到—\-~]\d{1,2}月|前\d{1,2}个?月|\d{1,2}月(?:\d{1,2}[日号])?|前?[一二三四]个?季度|[上下]半年|"
    r"春节|元旦|国庆|五一|端午|中秋|暑期|十[一二三四五]五"
)
_RARE = 12.0


@dataclass
class Candidate:
    """A sentence that may answer: its span in the article, its passage, and its features by name."""

    hit: Hit
    start: int
    end: int
    text: str
    context: str
    features: dict[str, float] = field(default_factory=dict)
    covered_words: frozenset[str] = frozenset()
    score: float = 0.0
    reader_span: tuple[int, int] | None = None

    def vector(self) -> np.ndarray:
        """Features in the order of `FEATURES`."""
        return np.array([self.features.get(name, 0.0) for name in FEATURES])


class WordWeights:
    """Inverse document frequency of words in an index: `ln(1 + N / (1 + n))`."""

    def __init__(self, index: Index) -> None:
        self._catalogue = index.catalogue
        _, self._passages = index.catalogue.counts()
        self._known: dict[str, float] = {}

    def __call__(self, word: str) -> float:
        """The weight of a word; rare and unknown words weigh most."""
        if word not in self._known:
            self._known[word] = math.log(1 + self._passages / (1 + self._catalogue.passages_with(word)))
        return self._known[word]


def candidates_in(
    index: Index, question: str, hits: list[Hit], reader: Reader | None = None
) -> list[Candidate]:
    """Candidates from all sentences of `hits`; without a reader its features stay 0."""
    kind = kind_of(question)
    weight = WordWeights(index)
    asked = _asked_words(question)
    weights = {word: weight(word) for word in asked}
    total = sum(weights.values()) or 1.0
    asked_years = years_in(question, None)
    asked_places = places_in(question)
    asked_periods = _periods(question)
    asked_names = names_in(question)
    found: list[Candidate] = []
    rows = []
    for rank, hit in enumerate(hits):
        sentences = _sentences_of(hit, rank)
        found += sentences
        if sentences:
            texts = [f"{_label(hit)}\n{sentence.text}" for sentence in sentences]
            rows.append(index.sentence_vectors.of_passage(texts))
    if not found:
        return []
    vectors = np.concatenate(rows)
    asked_vector = index.sentence_vectors.of_question(question)[0]
    question_bigrams = _bigrams("".join(asked))
    for candidate, vector in zip(found, vectors, strict=True):
        own, around = fold(candidate.text), fold(candidate.context)
        in_own = {word for word in asked if word in own}
        in_context = {word for word in asked if word in own or word in around}
        gaps = [weights[word] for word in asked if word not in in_context]
        own_years = years_in(_COMPARED_YEAR.sub("", candidate.text), candidate.hit.article.year)
        told_years = own_years or candidate.hit.passage.years
        told_places = places_in(candidate.text) or places_in(candidate.context)
        features = candidate.features
        candidate.covered_words = frozenset(in_context)
        features["bias"] = 1.0
        features["covered"] = sum(weights[word] for word in in_own) / total
        features["covered_with_context"] = sum(weights[word] for word in in_context) / total
        features["worst_gap"] = max(gaps, default=0.0) / _RARE
        features["cosine"] = (float(vector @ asked_vector) - 0.85) * 10
        features["passage_cosine"] = (candidate.hit.dense - 0.85) * 10
        features["passage_keyword"] = candidate.hit.keyword
        fits = _kind_fits(kind, question, candidate.text)
        features["kind_fits"] = 1.0 if fits else 0.0
        features["kind_missing"] = 1.0 if fits is False else 0.0
        features["unit_missing"] = float(lacks_unit(question, candidate.text))
        features["year_same"] = 1.0 if set(asked_years) & set(told_years) else 0.0
        features["year_other"] = (
            1.0 if asked_years and told_years and not set(asked_years) & set(told_years) else 0.0
        )
        matches = [any(same_place(place, told) for told in told_places) for place in asked_places]
        features["place_same"] = float(np.mean(matches)) if matches else 0.0
        features["place_other"] = 1.0 if asked_places and told_places and not any(matches) else 0.0
        about = f"{candidate.context} {candidate.hit.passage.text}" if asked_places else ""
        known = [*told_places, *places_in(about), candidate.hit.article.region]
        features["place_missing"] = float(
            bool(asked_places)
            and not any(same_place(place, other) for place in asked_places for other in known)
        )
        features["period_missing"] = _period_missing(asked_periods, f"{own} {around}")
        missing = [name for name in asked_names if name not in own and name not in around]
        features["names_missing"] = len(missing) / max(len(asked_names), 1)
        features["goal_mismatch"] = goal_mismatch(question, candidate.text)
        features["bigrams"] = _share(question_bigrams, own)
        features["length"] = min(len(candidate.text), 200) / 100
    if reader is not None:
        _read(reader, question, hits, found)
    return found


def _read(reader: Reader, question: str, hits: list[Hit], found: list[Candidate]) -> None:
    """Fill in what the reader sees: its logit for the passage, and how likely the answer lies in the sentence."""
    labels = [_label(hit) + "\n" for hit in hits]
    readings = reader.read(
        question, [label + hit.passage.text for label, hit in zip(labels, hits, strict=True)]
    )
    by_passage = {
        hit.passage.id: (hit, len(label), reading)
        for hit, label, reading in zip(hits, labels, readings, strict=True)
    }
    best = max(reading.score for reading in readings)
    for candidate in found:
        hit, shift, reading = by_passage[candidate.hit.passage.id]
        offset = shift - hit.passage.start
        start, end, score = reading.best_span(candidate.start + offset, candidate.end + offset)
        if end > start:
            candidate.reader_span = (start - offset, end - offset)
        candidate.features["reader"] = reading.score / 4
        candidate.features["reader_best"] = (reading.score - best) / 4
        candidate.features["reader_span"] = max(score, -15.0) / 5


def read_alone(reader: Reader, question: str, candidates: list[Candidate]) -> None:
    """Fill in what the reader makes of each sentence without its neighbours."""
    if not candidates:
        return
    texts = [f"{_label(candidate.hit)}\n{candidate.text}" for candidate in candidates]
    for candidate, reading in zip(candidates, reader.read(question, texts), strict=True):
        candidate.features["reader_alone"] = reading.score / 4


def _label(hit: Hit) -> str:
    return label_of(hit.article.title, hit.passage)


def _sentences_of(hit: Hit, rank: int) -> list[Candidate]:
    passage = hit.passage
    label = f"{_label(hit)} {hit.article.source} {hit.article.region} {hit.article.date[:4]}"
    result = []
    before = ""
    for start, end in sentence_spans(passage.text):
        text = passage.text[start:end]
        candidate = Candidate(
            hit,
            passage.start + start,
            passage.start + end,
            text,
            f"{label} {before}",
            {"passage_rank": 1 / (1 + rank)},
        )
        result.append(candidate)
        before = text
    return result


def _asked_words(question: str) -> list[str]:
    return [word for word in content_words(question) if not re.fullmatch(r"(?:19|20)\d{2}", word)]


def _kind_fits(kind: Kind, question: str, text: str) -> bool | None:
    """Whether the sentence holds what the question asks for; None when its look cannot tell."""
    pattern = SPANS.get(kind)
    if pattern is None:
        return None
    asked_in_question = set(pattern.findall(fold(question)))
    return any(span not in asked_in_question for span in pattern.findall(fold(text)))


def _periods(text: str) -> set[str]:
    """Months, quarters, half years and holidays named in a text, without marks that vary."""
    plain = re.sub(r"[“”\"\s]", "", fold(text)).replace("第一季度", "一季度")
    return set(_PERIOD.findall(re.sub(r"[至到—~]", "-", plain)))


def _period_missing(asked: set[str], told: str) -> float:
    """Share of the asked periods that the sentence and what stands around it do not name."""
    if not asked:
        return 0.0
    plain = re.sub(r"[至到—~]", "-", re.sub(r"[“”\"\s]", "", told))
    return sum(not re.search(rf"(?<![\d\-]){re.escape(period)}", plain) for period in asked) / len(asked)


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _share(bigrams: set[str], text: str) -> float:
    return sum(bigram in text for bigram in bigrams) / len(bigrams) if bigrams else 0.0
