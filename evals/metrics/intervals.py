"""How sure a figure is: 95 % bootstrap intervals (Efron, 1979), and a paired test of two runs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from pydantic import BaseModel
from scipy.stats import bootstrap, permutation_test

RESAMPLES = 1000
_BATCH_NUMBERS = 4_000_000


class Estimate(BaseModel):
    """A figure over `n` items with the ends of its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


class Difference(BaseModel):
    """Second run minus first over `n` items of both, its 95 % interval, and the p-value of a permutation test."""

    value: float
    low: float
    high: float
    p: float
    n: int

    @property
    def more_than_noise(self) -> bool:
        """Whether the interval leaves out 0 and chance would do as much in fewer than 5 of 100 runs."""
        return (self.low > 0 or self.high < 0) and self.p < 0.05


Statistic = Callable[..., np.ndarray]


def mean(values: np.ndarray, axis: int = -1) -> np.ndarray:
    """The mean, as the bootstrap calls it."""
    return np.mean(values, axis=axis)


def percentile(share: float) -> Statistic:
    """A percentile, as the bootstrap calls it."""
    return lambda values, axis=-1: np.percentile(values, share, axis=axis)


def estimate(values: np.ndarray, statistic: Statistic = mean) -> Estimate:
    """`statistic` of `values` [n] with its percentile-bootstrap interval.

    Raises:
        ValueError: when there are no values.
    """
    if len(values) == 0:
        raise ValueError("nothing to estimate")
    value = float(statistic(values))
    if len(values) == 1 or np.ptp(values) == 0:
        return Estimate(value=value, low=value, high=value, n=len(values))
    low, high = _interval(values, statistic)
    return Estimate(value=value, low=low, high=high, n=len(values))


def estimate_of_pairs(
    first: np.ndarray, second: np.ndarray, statistic: Callable[[np.ndarray, np.ndarray], float]
) -> Estimate:
    """A statistic of two numbers an item, resampled by item."""
    value = statistic(first, second)
    draw = np.random.default_rng(0)
    resampled = []
    for _ in range(RESAMPLES // 4):
        chosen = draw.integers(0, len(first), len(first))
        resampled.append(statistic(first[chosen], second[chosen]))
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Estimate(value=value, low=float(low), high=float(high), n=len(first))


def difference(first: np.ndarray, second: np.ndarray) -> Difference:
    """Mean of `second - first`, item by item ([n] each), with its interval and test.

    Raises:
        ValueError: when there are no items.
    """
    if len(first) == 0:
        raise ValueError("no item is in both runs")
    change = second - first
    value = float(change.mean())
    if not change.any():
        return Difference(value=0.0, low=0.0, high=0.0, p=1.0, n=len(change))
    low, high = (value, value) if np.ptp(change) == 0 else _interval(change, mean)
    test = permutation_test(
        (first, second),
        lambda one, other, axis: np.mean(other - one, axis=axis),
        permutation_type="samples",
        n_resamples=4 * RESAMPLES,
        batch=max(1, _BATCH_NUMBERS // len(change)),
        vectorized=True,
        rng=np.random.default_rng(0),
    )
    return Difference(value=value, low=low, high=high, p=float(test.pvalue), n=len(change))


def _interval(values: np.ndarray, statistic: Statistic) -> tuple[float, float]:
    result = bootstrap(
        (values,),
        statistic,
        n_resamples=RESAMPLES,
        method="percentile",
        batch=max(1, _BATCH_NUMBERS // len(values)),
        vectorized=True,
        rng=np.random.default_rng(0),
    ).confidence_interval
    return float(result.low), float(result.high)
