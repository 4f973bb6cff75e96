"""A run in figures: every measure with its interval, in all and by type, the curves, and the causes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, Field

from evals.metrics.intervals import Estimate, estimate, estimate_of_pairs, percentile
from evals.metrics.measures import MEASURES
from evals.metrics.refusals import area_under_risk, calibration_bins, calibration_error, risk_coverage
from evals.score import ItemScore

_CURVE_POINTS = 200


class Curves(BaseModel):
    """Points for plots: (share answered, share of errors) and (confidence, share right, items)."""

    risk_coverage: list[tuple[float, float]] = Field(default_factory=list)
    calibration: list[tuple[float, float, int]] = Field(default_factory=list)


class Summary(BaseModel):
    """What `metrics.json` holds. `by_type` has the measures that a person compares types by."""

    items: int
    answerable: int
    complete: bool = True
    measures: dict[str, Estimate] = Field(default_factory=dict)
    by_type: dict[str, dict[str, Estimate]] = Field(default_factory=dict)
    causes: dict[str, int] = Field(default_factory=dict)
    curves: Curves = Field(default_factory=Curves)

    def value(self, name: str) -> float | None:
        """The figure of a measure, None where nothing was counted."""
        found = self.measures.get(name)
        return found.value if found else None


OF_TYPES = (
    "right",
    "facts",
    "facts_share",
    "cited",
    "refused_right",
    "refused_wrong",
    "length",
    "ms.total.median",
    "ms.total.p95",
)


def summarise(scores: Sequence[ItemScore], *, complete: bool = True) -> Summary:
    """The figures of a run."""
    types: dict[str, list[ItemScore]] = {}
    for score in scores:
        types.setdefault(score.type, []).append(score)
    causes = Counter(score.cause for score in scores if score.cause)
    return Summary(
        items=len(scores),
        answerable=sum(score.answerable for score in scores),
        complete=complete,
        measures=_measures(scores, [measure.name for measure in MEASURES]),
        by_type={name: _measures(rows, OF_TYPES) for name, rows in types.items()},
        causes=dict(causes.most_common()),
        curves=_curves(scores),
    )


def values_of(scores: Sequence[ItemScore], name: str) -> np.ndarray:
    """The values of a per-item measure, items without it left out."""
    return np.array([score.values[name] for score in scores if name in score.values])


def _measures(scores: Sequence[ItemScore], names: Sequence[str]) -> dict[str, Estimate]:
    result: dict[str, Estimate] = {}
    pairs = {"aurc": area_under_risk, "calibration": calibration_error}
    for name in names:
        if name in pairs:
            judged = _judged(scores)
            if len(judged):
                result[name] = estimate_of_pairs(judged[:, 0], judged[:, 1], pairs[name])
            continue
        stage, statistic = name, None
        if name.startswith("ms."):
            stage, _, which = name.rpartition(".")
            statistic = percentile(50 if which == "median" else 95)
        values = values_of(scores, stage)
        if len(values):
            result[name] = estimate(values, statistic) if statistic else estimate(values)
    return result


def _judged(scores: Sequence[ItemScore]) -> np.ndarray:
    """Confidence and whether the best answer is right [n, 2], of items that can be judged."""
    rows = [
        (score.confidence, float(score.would_be_right))
        for score in scores
        if not score.answerable or "facts" in score.values
    ]
    return np.array(rows).reshape(-1, 2)


def _curves(scores: Sequence[ItemScore]) -> Curves:
    judged = _judged(scores)
    if not len(judged):
        return Curves()
    coverage, risk = risk_coverage(judged[:, 0], judged[:, 1])
    chosen = np.unique(np.linspace(0, len(coverage) - 1, _CURVE_POINTS).astype(int))
    return Curves(
        risk_coverage=[(float(coverage[i]), float(risk[i])) for i in chosen],
        calibration=calibration_bins(judged[:, 0], judged[:, 1]),
    )
