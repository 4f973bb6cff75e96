"""Whether a short answer is sure enough to stand above the sentence that it was read off.

A right sentence under a wrong headline misleads, without one it does not: what the headline is taken from is shown all the same.
A logistic regression on few inputs tells how likely the headline is right; `python -m evals.fit_headline` fits it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from assistant.answering.figure_behind import figure_behind
from assistant.reading.candidate import Candidate
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from corpus.table import is_row
from index.kinds import Kind

WEIGHTS = Path(__file__).parent / "weights" / "headline.json"
_SEEN = 5
_FARTHEST = 6.0
SPAN = "reader_span"


class HeadlineScorer(BaseModel):
    """Weights by input, and the likelihood from which a headline is shown, and a value in a table, where a gap is the worse for it."""

    weights: dict[str, float]
    threshold: float
    cell_threshold: float = 0.0
    fitted_on: str = ""

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, file: Path = WEIGHTS) -> HeadlineScorer:
        """The fitted weights."""
        return cls.model_validate(json.loads(file.read_text(encoding="utf-8")))

    def likelihood(self, inputs: Mapping[str, float]) -> float:
        """How likely a headline with these inputs (`inputs_of`) is right, 0 to 1."""
        logit = sum(self.weights.get(name, 0.0) * value for name, value in inputs.items())
        return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))

    def is_sure(
        self, question: Question, short: str, candidates: Sequence[Candidate], confidence: float
    ) -> bool:
        """Whether a short answer to a question, read off the first of `candidates`, may be shown as a headline."""
        # Where another figure stands right behind what is asked of, five of seven were wrong.
        told = figure_behind(question, candidates[0].text) if _asks_a_figure(question, candidates[0]) else ""
        is_behind = fold(told) in fold(short)
        return is_behind and self._likelihood_of(short, candidates, confidence) >= self.threshold

    def is_sure_in_a_table(self, short: str, candidates: Sequence[Candidate], confidence: float) -> bool:
        """Whether it may be shown as a value among others."""
        return self._likelihood_of(short, candidates, confidence) >= self.cell_threshold

    def _likelihood_of(self, short: str, candidates: Sequence[Candidate], confidence: float) -> float:
        sentences = [(candidate.text, candidate.score) for candidate in candidates[:_SEEN]]
        span = candidates[0].features.get(SPAN, 0.0)
        return self.likelihood(inputs_of(short, sentences, span, confidence))


def _asks_a_figure(question: Question, candidate: Candidate) -> bool:
    return question.kind in {Kind.AMOUNT, Kind.SHARE} and not is_row(candidate.text)


def inputs_of(
    short: str, sentences: Sequence[tuple[str, float]], span: float, confidence: float
) -> dict[str, float]:
    """What is looked at of a headline.

    Args:
        short: The headline.
        sentences: The likeliest sentences with their scores, best first; the headline is of the first.
        span: The reader's score of the likeliest stretch of the first sentence.
        confidence: How likely the first sentence answers, 0 to 1.

    Returns:
        The inputs by name: besides the last two the lead over the best sentence that says otherwise (that does not hold the
        headline), and the logarithm of the first sentence's length.
    """
    sentences = sentences[:_SEEN]
    first, best = sentences[0]
    otherwise = [score for text, score in sentences[1:] if fold(short) not in fold(text)]
    lead = min(max(best - max(otherwise), -_FARTHEST), _FARTHEST) if otherwise else _FARTHEST
    return {
        "bias": 1.0,
        "confidence": confidence,
        SPAN: span,
        "lead": lead,
        "length": float(np.log1p(len(first))),
    }


__all__ = ["HeadlineScorer", "inputs_of"]
