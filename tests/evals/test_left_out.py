"""The figures over questions that were left out of a fit."""

import numpy as np
import pytest

from evals.left_out import Judged, among_five, area_under, figures_of


def test_shares_are_of_the_right_questions() -> None:
    judged = [
        Judged(True, True, True, 0.9),
        Judged(True, False, True, 0.4),
        Judged(True, False, False, 0.7),
        Judged(False, False, False, 0.2),
        Judged(False, False, False, 0.8),
    ]
    figures = figures_of(judged, 0.5)
    assert figures["queries"] == 5
    assert figures["first_right"] == pytest.approx(1 / 3)
    assert figures["among_five"] == pytest.approx(2 / 3)
    assert figures["auc"] == 1.0
    assert figures["absent_refused"] == 0.5
    assert figures["wrongly_refused"] == pytest.approx(1 / 3)


def test_area_counts_ties_half_and_nothing_where_one_is_empty() -> None:
    assert area_under(np.array([0.5, 0.9]), np.array([0.5, 0.1])) == pytest.approx((0.5 + 1 + 1 + 1) / 4)
    assert area_under(np.array([]), np.array([0.5])) == 0.0


def test_the_sixth_is_not_among_five() -> None:
    scores = np.arange(6.0)
    assert not among_five(scores, np.array([1.0, 0, 0, 0, 0, 0]))
    assert among_five(scores, np.array([0, 1.0, 0, 0, 0, 0]))
