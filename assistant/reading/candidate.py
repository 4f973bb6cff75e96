"""A sentence that may answer, with what speaks for and against it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from corpus.language.periods import Period
from corpus.row_words import in_words
from corpus.table import is_row
from index.hit import Hit
from index.search import reading_text

FEATURES = (
    "bias",
    "covered",
    "covered_with_context",
    "worst_gap",
    "cosine",
    "passage_cosine",
    "passage_keyword",
    "passage_rank",
    "passage_lead",
    "kind_fits",
    "kind_missing",
    "unit_missing",
    "time_likeness",
    "time_other",
    "told_in_time",
    "recent",
    "newest",
    "place_same",
    "place_other",
    "place_extra",
    "period_missing",
    "names_missing",
    "body_missing",
    "company_other",
    "goal_mismatch",
    "bigrams",
    "reader",
    "reader_span",
    "reader_best",
    "reader_alone",
    "length",
)
"""Names of the features, in the order of the scorer's weights."""


@dataclass
class Candidate:
    """A sentence that may answer: its span in the article, its passage, and its features by name.

    `head` is the head of the table that a row stands in, `periods` the time it speaks of.
    `row_name` is the name of the row that a single cell was cut from. `also` are the same words elsewhere. One that `is_whole` is quoted as it is: a 条 of a rule.
    """

    hit: Hit
    start: int
    end: int
    text: str
    context: str
    head: str = ""
    periods: list[Period] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)
    covered_words: frozenset[str] = frozenset()
    score: float = 0.0
    reader_span: tuple[int, int] | None = None
    also: list[Candidate] = field(default_factory=list)
    is_whole: bool = False
    row_name: str = ""

    @property
    def reading_text(self) -> str:
        """The sentence as it is read by itself."""
        begin = self.hit.passage.start
        return reading_text(self.hit, (self.start - begin, self.end - begin))

    @property
    def said(self) -> str:
        """The sentence, a row of figures in words."""
        if not is_row(self.text) and not self.row_name:
            return self.text
        passage = self.hit.passage
        words = in_words(passage.text, passage.lead)
        return (
            words.text[slice(*words.span(self.start - passage.start, self.end - passage.start))] or self.text
        )

    def vector(self) -> np.ndarray:
        """Features in the order of `FEATURES`."""
        return np.array([self.features.get(name, 0.0) for name in FEATURES])
