"""Whether a short answer is sure enough to stand above the sentence that it was read off.

A right sentence under a wrong headline misleads, without one it does not: what the headline is taken from is shown all the same.
A logistic regression tells how likely the headline is right; `python -m evals.fit_headline` fits it.
"""

from __future__ import annotations

import json
import re
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
from index.told import things_told
from index.words import content_words

WEIGHTS = Path(__file__).parent / "weights" / "headline.json"
_SEEN = 5
_FARTHEST = 6.0
_WEIGHED = (
    "reader", "reader_span", "reader_best", "reader_alone", "covered", "worst_gap", "kind_fits"
)  # fmt: skip
_NEGATES = re.compile("[不未无禁除]")
_CLAUSE_ENDS = re.compile(r"[，,；;。！？!?\n|]")
_HEAD_ENDS = re.compile("[：:]")
_BARE_TIME = re.compile(r"(?:19|20)\d{2}年?|\d{1,2}月|\d{1,2}日")


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
        return self._likelihood_of(question, short, candidates, confidence) >= self.threshold

    def is_sure_in_a_table(
        self, question: Question, short: str, candidates: Sequence[Candidate], confidence: float
    ) -> bool:
        """Whether it may be shown as a value among others."""
        return self._likelihood_of(question, short, candidates, confidence) >= self.cell_threshold

    def _likelihood_of(
        self, question: Question, short: str, candidates: Sequence[Candidate], confidence: float
    ) -> float:
        sentences = [(candidate.text, candidate.score) for candidate in candidates[:_SEEN]]
        inputs = inputs_of(question, short, sentences, candidates[0].features, confidence)
        # Where another figure stands right behind what is asked of, five of seven headlines were wrong.
        return 0.0 if inputs["behind_other"] else self.likelihood(inputs)


def inputs_of(
    question: Question,
    short: str,
    sentences: Sequence[tuple[str, float]],
    features: Mapping[str, float],
    confidence: float,
) -> dict[str, float]:
    """What is looked at of a headline.

    Args:
        question: What it answers.
        short: The headline.
        sentences: The likeliest sentences with their scores, best first; the headline is of the first.
        features: What the first sentence was weighed by (`assistant.reading.candidate.FEATURES`).
        confidence: How likely the first sentence answers, 0 to 1.

    Returns:
        The inputs by name: what the reader thinks of the sentence, the lead over the best one that says otherwise (that does not
        hold the headline), whether the sentence tells other things of the asked kind, how many of the question's words stand in
        the headline's own clause, whether the unit and the cell of a table are those asked for, and what speaks against it.
    """
    sentences = sentences[:_SEEN]
    first, best = sentences[0]
    otherwise = [score for text, score in sentences[1:] if fold(short) not in fold(text)]
    lead = min(max(best - max(otherwise), -_FARTHEST), _FARTHEST) if otherwise else _FARTHEST
    return {
        "bias": 1.0,
        "confidence": confidence,
        "lead": lead,
        "length": float(np.log1p(len(first))),
        "headline_length": float(np.log1p(len(short))),
        **_in_its_row(question, short, first),
        **{name: features.get(name, 0.0) for name in _WEIGHED},
        **_in_its_clause(question, fold(short), fold(first)),
        **_of_the_kind(question, fold(short), fold(first)),
        **_of_what_it_says(question, fold(short), first),
    }


def _in_its_clause(question: Question, short: str, text: str) -> dict[str, float]:
    """How many of the question's words that a sentence holds stand in the clause of the headline, and in its best clause."""
    words = [word for word in question.words if word in text]
    at = text.find(short)
    clauses = _CLAUSE_ENDS.split(text)
    most = max(sum(word in clause for word in words) for clause in clauses)
    own = 0
    if at >= 0:
        begin = max((mark.end() for mark in _CLAUSE_ENDS.finditer(text, 0, at)), default=0)
        end = next((mark.start() for mark in _CLAUSE_ENDS.finditer(text, at + len(short))), len(text))
        own = sum(word in text[begin:end] for word in words)
    return {"own_clause": own / max(len(words), 1), "lost": float(most - own), "at": at / max(len(text), 1)}


def _in_its_row(question: Question, short: str, text: str) -> dict[str, float]:
    """Of a row of a table, whether the question names it, and whether it names the head of the headline's cell more than others."""
    names = {"is_row": float(is_row(text)), "row_named": 0.0, "head_named": 0.0, "head_lost": 0.0}
    if not names["is_row"]:
        return names
    cells = [fold(cell).strip() for cell in text.split("|")]
    heads = [_HEAD_ENDS.split(cell)[0] if _HEAD_ENDS.search(cell) else "" for cell in cells]
    shares = [_share_of(question, head) for head in heads]
    own = [share for cell, share in zip(cells, shares, strict=True) if _figure_of(short) in cell]
    names["row_named"] = _share_of(question, _HEAD_ENDS.split(cells[0])[-1])
    names["head_named"] = max(own, default=0.0)
    names["head_lost"] = max(shares, default=0.0) - names["head_named"]
    return names


def _figure_of(short: str) -> str:
    """The digits of a headline, without the unit that its table's head may hold; all of it where it has none."""
    found = re.search(r"\d[\d,.]*", short)
    return found.group() if found else fold(short)


def _share_of(question: Question, name: str) -> float:
    """How much of a name, by characters, the question holds."""
    words = content_words(name) or ([name] if name else [])
    return sum(len(word) for word in words if word in question.folded) / max(sum(map(len, words)), 1)


def _of_the_kind(question: Question, short: str, text: str) -> dict[str, float]:
    """How many things of the asked kind a sentence tells, and whether the unit is the asked one."""
    kind, unit = question.kind, question.figure_unit
    spans = things_told(kind, question, text) or []
    told = {text[slice(*span)] for span in spans if not _BARE_TIME.fullmatch(text[slice(*span)])}
    return {
        "one": float(len(told) == 1),
        "two": float(len(told) == 2),
        "none": float(not told),
        "unit": float(bool(unit) and unit in short),
        "unit_lost": float(bool(unit) and unit not in short),
        "pieces": float(short.count("；") + short.count(";")),
        "several": float(question.asks_several),
        "has_digit": float(bool(re.search(r"\d", short))),
    }


def _of_what_it_says(question: Question, short: str, text: str) -> dict[str, float]:
    """Whether the figure right behind what is asked of is this one or another, and what speaks against a verdict."""
    is_figure = question.kind in {Kind.AMOUNT, Kind.SHARE} and not is_row(text)
    told = fold(figure_behind(question, text)) if is_figure else ""
    is_yes = question.kind is Kind.YES_NO and short.startswith("是")
    return {
        "behind": float(bool(told) and told in short),
        "behind_other": float(bool(told) and told not in short),
        "yes_negated": float(is_yes and bool(_NEGATES.search(text))),
        "verdict_of_figures": float(any(word in short for word in ("等于", "大于", "小于"))),
    }


__all__ = ["HeadlineScorer", "inputs_of"]
