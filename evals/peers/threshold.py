"""What a score threshold makes of a program that cannot refuse: set on the other corpora, tried on each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from evals.peers.kept import Measured


def with_threshold(by_corpus: Mapping[str, Measured], wrongly_refused: float) -> dict[str, list[float]]:
    """Refuse where the first passage scores under a threshold that refuses a given share of the others' answerable questions.

    Args:
        by_corpus: A program's figures; at least two corpora.
        wrongly_refused: The share.

    Returns:
        A value a question: `refused_right` of the absent ones, `refused_wrong` of the answerable ones, and their `facts` held by
        the first passage, none where refused.
    """
    values: dict[str, list[float]] = {"refused_right": [], "refused_wrong": [], "facts": []}
    for name, measured in by_corpus.items():
        others = [
            row.score
            for other, each in by_corpus.items()
            for row in each.rows
            if other != name and row.score is not None and "answered" not in row.values
        ]
        least = float(np.quantile(others, wrongly_refused))
        for row in measured.rows:
            refused = row.score is None or row.score < least
            if "answered" in row.values:
                values["refused_right"].append(float(refused))
            else:
                values["refused_wrong"].append(float(refused))
                values["facts"].append(0.0 if refused else row.values["facts_first"])
    return values


def has_scores(by_corpus: Mapping[str, Measured]) -> bool:
    """Whether a program gives scores, and there is a corpus to set a threshold on."""
    return len(by_corpus) > 1 and any(
        row.score is not None for each in by_corpus.values() for row in each.rows
    )
