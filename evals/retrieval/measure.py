"""First, within four, within five, and gold sentences covered within 4,000 characters."""

from __future__ import annotations

import numpy as np

from evals.retrieval.samples import READ, Ranked, Sample
from index.features import FEATURES
from index.mix import Mix

BUDGET = 4000


def order_of(sample: Sample, mix: Mix, *, reranked: bool, most: int = 0) -> np.ndarray:
    """Numbers of the sample's hits, best first: by the first weights, then the first `mix.read_most` of them reranked."""
    first = np.array([mix.first.get(name, 0.0) for name in FEATURES])
    scores = sample.features @ first
    order = np.argsort(-scores, kind="stable")
    if not reranked:
        return order
    # Weights other than those the sample was collected with may bring up hits that were not read.
    order = np.concatenate([order[order < READ], order[order >= READ]])
    second = np.array([mix.second.get(name, 0.0) for name in FEATURES])
    front = order[: most or mix.read_most]
    scores = sample.features[front] @ second
    return np.concatenate([front[np.argsort(-scores, kind="stable")], order[len(front) :]])


def reordered(ranked: Ranked, order: np.ndarray) -> Ranked:
    """The same hits in another order."""
    return Ranked(
        [ranked.right[n] for n in order],
        [ranked.keys[n] for n in order],
        [ranked.characters[n] for n in order],
        [ranked.references[n] for n in order],
    )


def figures(rankings: list[Ranked], references: list[int]) -> dict[str, float]:
    """Shares over the questions."""
    result = {f"@{k}": float(np.mean([any(r.right[:k]) for r in rankings])) for k in (1, 4, 5, 10)}
    result["all"] = float(np.mean([any(r.right) for r in rankings]))
    if any(references):
        result["covered"] = float(
            np.mean([len(_within(r)) / n for r, n in zip(rankings, references, strict=True) if n])
        )
    return result


def _within(ranked: Ranked) -> set[int]:
    covered: set[int] = set()
    length = 0
    for characters, held in zip(ranked.characters, ranked.references, strict=True):
        length += characters
        if length > BUDGET:
            break
        covered |= held
    return covered
