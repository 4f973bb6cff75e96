"""What plain retrieval answers: the sentence nearest to the question by vector, or by BM25; it never refuses.

The baselines that our answers stand beside: `assistant evals public NAME DIR --plain dense`.
"""

from __future__ import annotations

import math

import numpy as np

from assistant.model import Answer
from assistant.trace import Trace
from corpus.language.sentences import sentence_spans
from evals.arm import Arm
from index.query import Filters
from index.question import ParsedQuestion
from index.search import words_to_find
from index.store import Index
from index.stores.base import Within
from index.words import words

_PASSAGES = 20
_SATURATION, _LENGTH_WEIGHT = 1.2, 0.75


class PlainAnswerer:
    """Quotes one sentence of the passages that one arm brings."""

    def __init__(self, index: Index, arm: Arm) -> None:
        self._index = index
        self._arm = arm

    def ask_traced(self, question: str, *, filters: Filters | None = None) -> tuple[Answer, Trace]:
        """The sentence as an answer without citations, and an empty trace."""
        filters = filters or Filters()
        catalogue = self._index.catalogue
        if self._arm is Arm.DENSE:
            vector = self._index.sentence_vectors.of_question(question)
            found_by = self._index.passages.nearest(vector, Within(filters), _PASSAGES)
        else:
            looked_for = [words_to_find(ParsedQuestion(question))]
            found_by = self._index.passages.with_words(looked_for, Within(filters), _PASSAGES)
        ids = [id_ for id_, _ in found_by[0]]
        found = catalogue.passages(ids)
        sentences = [
            found[id_][0].text[start:end]
            for id_ in ids
            if id_ in found
            for start, end in sentence_spans(found[id_][0].text)
        ]
        answer = Answer(question=question, standalone_question=question)
        if not sentences:
            answer.refused = True
            return answer, Trace()
        scores = (
            self._by_vector(question, sentences) if self._arm is Arm.DENSE else _bm25(question, sentences)
        )
        best = int(np.argmax(scores))
        answer.answer, answer.confidence = sentences[best], float(scores[best])
        return answer, Trace()

    def _by_vector(self, question: str, sentences: list[str]) -> np.ndarray:
        vectors = self._index.sentence_vectors.of_passage(sentences)
        return np.asarray(vectors @ self._index.sentence_vectors.of_question(question)[0])


def _bm25(question: str, sentences: list[str]) -> np.ndarray:
    """Okapi BM25 (Robertson et al., 1994) of the sentences among each other."""
    texts = [words(sentence) for sentence in sentences]
    mean = sum(map(len, texts)) / len(texts)
    scores = np.zeros(len(texts))
    for word in set(words(question)):
        counts = np.array([text.count(word) for text in texts], float)
        holding = int((counts > 0).sum())
        weight = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
        length = np.array([len(text) for text in texts]) / max(mean, 1e-9)
        scores += (
            weight
            * counts
            * (_SATURATION + 1)
            / (counts + _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length))
        )
    return scores
