"""How right a fitted scorer is on a set that it was not fitted on, each set left out in its turn and all taken together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

_FEW = 5


@dataclass(frozen=True)
class Judged:
    """One question of a set that was left out.

    Args:
        answerable: whether the articles answer it.
        right: whether the sentence ranked first holds an asked fact.
        among_five: whether one of the first five does.
        confidence: in the first sentence, between 0 and 1.
    """

    answerable: bool
    right: bool
    among_five: bool
    confidence: float


def among_five(scores: np.ndarray, facts_held: np.ndarray) -> bool:
    """Whether one of the five sentences with the highest scores holds a fact."""
    return bool(facts_held[np.argsort(-scores)[:_FEW]].max(initial=0) > 0)


def figures_of(judged: list[Judged], threshold: float) -> dict[str, float]:
    """Shares over all questions that were left out.

    Args:
        judged: the questions.
        threshold: confidence below which a question is refused.

    Returns:
        `queries`; `first_right` and `among_five` of the answerable; `auc` of right first sentences against questions that nothing
        answers, and `auc_right_other` against all else; `absent_refused` and `wrongly_refused` at the threshold.
    """
    answerable = np.array([each.answerable for each in judged])
    right = np.array([each.right for each in judged])
    sure = np.array([each.confidence for each in judged])
    share = _share_where(answerable)
    return {
        "queries": float(len(judged)),
        "first_right": share(right),
        "among_five": share(np.array([each.among_five for each in judged])),
        "auc": area_under(sure[right], sure[~answerable]),
        "auc_right_other": area_under(sure[right], sure[~right]),
        "absent_refused": _share_where(~answerable)(sure < threshold),
        "wrongly_refused": share(sure < threshold),
    }


def area_under(high: np.ndarray, low: np.ndarray) -> float:
    """The share of pairs in which the value of `high` is above that of `low`; ties count half. 0 where one is empty."""
    if not len(high) or not len(low):
        return 0.0
    above = (high[:, None] > low[None, :]).mean() + 0.5 * (high[:, None] == low[None, :]).mean()
    return float(above)


def _share_where(chosen: np.ndarray) -> Callable[[np.ndarray], float]:
    return lambda values: float(values[chosen].mean()) if chosen.any() else 0.0
