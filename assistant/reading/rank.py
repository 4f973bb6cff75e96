"""From candidates to the best ones and to how sure of them one may be.

Two small linear models, fitted by `python -m evals.fit_scorer` (docs/results.md says on what): a listwise
logistic ranker (Cao et al., "Learning to rank: from pairwise to listwise approach", 2007) and a logistic regression
that tells how likely the first sentence holds the answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from assistant.reading.candidate import FEATURES, Candidate
from index.question import ParsedQuestion

_OF_A_LIST = 0.5
READ_ALONE = 6
"""How many sentences are read a second time, without their neighbours."""
ALONE = "reader_alone"
CONTRADICTIONS = ("place_other", "time_other", "unit_missing", "company_other", "ordinal_other")
"""What makes a sentence doubtful whatever the reader says: where one of these holds of the first, its confidence is halved."""
NO_GOAL = 2.0
"""`index.aim.goal_mismatch` of a sentence that tells the other of goal and result than the question says it asks for."""
WEIGHTS = Path(__file__).parent / "weights" / "scorer.json"


class Scorer(BaseModel):
    """The weights by feature name, and the confidence below which the assistant refuses."""

    rank: dict[str, float]
    confidence: dict[str, float]
    threshold: float
    fitted_on: str = ""

    def threshold_for(self, question: ParsedQuestion) -> float:
        """The confidence below which a question is refused: half for a list told in many places, of which no sentence holds all."""
        return self.threshold * _OF_A_LIST if question.is_over_articles else self.threshold

    @classmethod
    def load(cls, file: Path = WEIGHTS) -> Scorer:
        """The fitted weights."""
        return cls.model_validate(json.loads(file.read_text(encoding="utf-8")))

    def order(self, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates with their scores, best first; a sentence that stands twice is kept once."""
        weights = np.array([self.rank.get(name, 0.0) if name != ALONE else 0.0 for name in FEATURES])
        for candidate in candidates:
            candidate.score = float(candidate.vector() @ weights)
        best: dict[str, Candidate] = {}
        for candidate in sorted(candidates, key=lambda candidate: (-candidate.score, candidate.start)):
            kept = best.setdefault(candidate.text, candidate)
            if kept is not candidate:
                kept.also.append(candidate)
        return list(best.values())

    def order_again(self, ordered: list[Candidate], *, of_figure: bool = False) -> list[Candidate]:
        """The first `READ_ALONE` of `ordered`, now read alone, in their new order; the others after them.

        Args:
            ordered: Candidates, best first.
            of_figure: Whether a figure is asked for: then what sets a goal for a result stands behind a sure result.
        """
        front, rest = ordered[:READ_ALONE], ordered[READ_ALONE:]
        lowest = min((candidate.features[ALONE] for candidate in front), default=0.0)
        for candidate in ordered:
            candidate.features.setdefault(ALONE, lowest)
            candidate.score += self.rank.get(ALONE, 0.0) * candidate.features[ALONE]
        doubtful = is_doubtful if of_figure else contradicts
        return self._sure_before(doubtful, sorted(front, key=lambda candidate: -candidate.score)) + rest

    def _sure_before(self, doubtful: Callable[[Candidate], bool], front: list[Candidate]) -> list[Candidate]:
        """Candidates of which a doubtful first stands behind the first that is not and that is sure enough to answer."""
        if not front or not doubtful(front[0]):
            return front
        for number, each in enumerate(front):
            if not doubtful(each) and self.confidence_of([each]) >= self.threshold:
                return [each, *front[:number], *front[number + 1 :]]
        return front

    def confidence_of(self, ordered: list[Candidate]) -> float:
        """How likely the first of `ordered` answers, 0 to 1."""
        if not ordered:
            return 0.0
        values = confidence_features(ordered)
        logit = sum(self.confidence.get(name, 0.0) * value for name, value in values.items())
        likelihood = float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))
        return likelihood / 2 if _contradicted(values) else likelihood


def confidence_features(ordered: list[Candidate]) -> dict[str, float]:
    """The features of the first candidate, its score, and its lead over the second."""
    first = ordered[0]
    # The newest of several like sentences may stand before a better one.
    lead = max(first.score - ordered[1].score, 0.0) if len(ordered) > 1 else 3.0
    return {**first.features, "score": first.score, "lead": min(lead, 5.0)}


def contradicts(candidate: Candidate) -> bool:
    """Whether a sentence lacks the kind of thing asked for, or is of another time, place or unit."""
    return candidate.features.get("kind_missing", 0.0) > 0 or _contradicted(candidate.features)


def is_doubtful(candidate: Candidate) -> bool:
    """Whether a sentence contradicts the question, or sets a goal for what is asked as a result."""
    return contradicts(candidate) or candidate.features.get("goal_mismatch", 0.0) >= 1


def _contradicted(features: dict[str, float]) -> bool:
    no_goal = features.get("goal_mismatch", 0.0) >= NO_GOAL
    return no_goal or any(features.get(name, 0.0) >= 1 for name in CONTRADICTIONS)
