"""What `confidence` is worth: the risk-coverage curve and the calibration error.

Both look at every item as if it had been answered with what the assistant held for best: an item that the
articles cannot answer is an error whenever it is answered.
"""

from __future__ import annotations

import numpy as np
from sklearn.metrics import auc

BINS = 10


def risk_coverage(confidence: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share answered and share of errors among the answered, from the surest item on (El-Yaniv and Wiener, 2010).

    Items of equal confidence are answered together. Shapes: [n] each; at most n points.
    """
    order = np.argsort(-confidence, kind="stable")
    errors = np.cumsum(1.0 - right[order])
    answered = np.arange(1, len(order) + 1)
    last_of_equals = np.append(np.diff(confidence[order]) != 0, True)
    return answered[last_of_equals] / len(order), (errors / answered)[last_of_equals]


def area_under_risk(confidence: np.ndarray, right: np.ndarray) -> float:
    """Area under the risk-coverage curve, 0 is best (AURC; Geifman et al., 2019), drawn level to coverage 0."""
    if len(confidence) == 0:
        return float("nan")
    coverage, risk = risk_coverage(confidence, right)
    return float(auc(np.append(0.0, coverage), np.append(risk[0], risk)))


def calibration_bins(confidence: np.ndarray, right: np.ndarray) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and number of items of each of ten equal bins that hold any."""
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return [
        (
            float(confidence[which == each].mean()),
            float(right[which == each].mean()),
            int((which == each).sum()),
        )
        for each in range(BINS)
        if (which == each).any()
    ]


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over ten equal bins (Guo et al., 2017), 0 is best."""
    if len(confidence) == 0:
        return float("nan")
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = np.abs(np.bincount(which, confidence, BINS) - np.bincount(which, right.astype(float), BINS))
    return float(gaps.sum() / len(confidence))
