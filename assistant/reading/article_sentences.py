"""The sentences of an article that tell its substance, with their vectors."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from assistant.reading.candidate import Candidate
from assistant.reading.candidates import sentences_of
from assistant.reading.substance import is_substance, most_telling
from corpus.language.sentences import sentence_spans
from corpus.model import Passage
from index.hit import ArticleInfo, Hit
from index.store import Index

_MOST_PASSAGES = 120
_FIGURE_WORTH = 0.02
_TITLE_WORTH = 0.5
_LEAD_WORTH = 0.15
_LEAD, _LEAD_SHARE = 3, 0.2
"""Articles tell early what they are about: in the first three sentences of a short one, the first fifth of a long one."""


@dataclass
class ArticleSentences:
    """Sentences and their vectors [sentences, dimensions], each of length one."""

    candidates: list[Candidate]
    vectors: np.ndarray


def substance_of(index: Index, article: ArticleInfo) -> ArticleSentences:
    """The sentences that tell what an article is about, in order; none where it has none.

    Where an embedding model gives no vectors of sentences (one at an endpoint) these are noughts: words and places decide.

    Args:
        index: Holds the article. Of a very long one the first passages are read.
        article: The article.
    """
    passages = index.catalogue.passages_of(article.id)[:_MOST_PASSAGES]
    known = index.sentences.of([passage.id for passage in passages])
    candidates: list[Candidate] = []
    vectors: list[np.ndarray] = []
    seen: set[str] = set()
    width = index.sentence_vectors.of_question(article.title).shape[1]
    for passage in passages:
        spans = sentence_spans(passage.text)
        own = known.get(passage.id, np.zeros((0, width)))
        if len(own) != len(spans):
            own = np.zeros((len(spans), width))
        for candidate, vector in _with_vectors(passage, article, own):
            above = [article.title, *passage.heading_path]
            if candidate.text not in seen and is_substance(candidate.text, above):
                seen.add(candidate.text)
                candidates.append(candidate)
                vectors.append(vector / (float(np.linalg.norm(vector)) or 1.0))
    return ArticleSentences(candidates, np.array(vectors))


def telling_lines(index: Index, article: ArticleInfo, most: int) -> list[Candidate]:
    """The sentences that tell best what an article is about, in its order; none where it has none that do.

    Args:
        index: Holds the article.
        article: The article.
        most: How many at most.
    """
    own = substance_of(index, article)
    if not own.candidates:
        return []
    worth = own.vectors @ own.vectors.mean(axis=0)
    worth = worth + _TITLE_WORTH * (own.vectors @ index.sentence_vectors.of_question(article.title)[0])
    worth += _LEAD_WORTH * np.maximum(0.0, 1 - np.arange(len(worth)) / max(_LEAD, _LEAD_SHARE * len(worth)))
    worth += _FIGURE_WORTH * np.array([bool(re.search(r"\d", each.text)) for each in own.candidates])
    chosen = most_telling(own.vectors, worth, most)
    return sorted((own.candidates[number] for number in chosen), key=lambda each: each.start)


def _with_vectors(
    passage: Passage, article: ArticleInfo, vectors: np.ndarray
) -> list[tuple[Candidate, np.ndarray]]:
    """The sentences of a passage, each with its own vector."""
    numbers = {
        start + passage.start: number for number, (start, _) in enumerate(sentence_spans(passage.text))
    }
    return [
        (candidate, vectors[number])
        for candidate in sentences_of(Hit(passage=passage, article=article), 0)
        if (number := numbers.get(candidate.start, len(vectors))) < len(vectors)
    ]


__all__ = ["ArticleSentences", "substance_of", "telling_lines"]
