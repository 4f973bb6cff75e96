"""Learn how much each feature weighs: `python -m evals.retrieval.fit` after `python -m evals.retrieval --keep DIR`.

A listwise logistic ranker (Cao et al., 2007), once without and once with the reranker's features. Every data set weighs
the same, however many questions it has. What the table of docs/results.md shows is cross-fitted: the questions of a
half are ranked by weights learnt on the other half.
"""

from __future__ import annotations

import argparse
import json
import logging
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from evals.retrieval.measure import figures, order_of, reordered
from evals.retrieval.samples import READERS, Sample, load_samples
from evals.signed_fit import minimise
from index.features import FEATURES
from index.mix import WEIGHTS, Mix

if TYPE_CHECKING:
    import torch

_log = logging.getLogger("fit")
_SIGNS = {
    "cosine": 1, "sentence": 1, "keyword": 1, "covered": 1, "covered_above": 1, "worst_gap": -1, "bigrams": 1, "time_same": 1,
    "time_other": -1, "year_likeness": 1, "span_likeness": 1, "day": 1, "told_in_time": 1, "goal_mismatch": -1, "place_same": 1,
    "place_other": -1, "names_missing": -1, "names_above": 1, "kind_missing": -1, "superseded": -1, "recent": 1,
    "reader": 1, "reader_sure": 1, "reader_alone": 1,
}  # fmt: skip
_L2 = 0.003
_KNOWN_BEFOREHAND = {
    "superseded": -0.5,
    "recent": 0.5,
    "place_other": -1.5,
    "time_other": -1.0,
    "names_missing": -0.5,
}
"""At least so much, whatever the questions say: few of them name no year, and hardly any a place whose neighbours are told of
in the same words; the newest of like passages comes first, and another place's or year's never does."""


def fit_mix(samples: list[Sample]) -> Mix:
    """The mix of the least loss on `samples`."""
    mix = Mix()
    mix.first = fit_weights(samples, ~READERS)
    mix.second = fit_weights([sample.read() for sample in samples], np.ones(len(FEATURES), bool))
    for weights in (mix.first, mix.second):
        for name, value in _KNOWN_BEFOREHAND.items():
            weights[name] = max(weights[name], value) if value > 0 else min(weights[name], value)
    return mix


def fit_weights(samples: list[Sample], used: np.ndarray) -> dict[str, float]:
    """Weights of the features marked in `used` [len(FEATURES)]."""
    import torch

    useful = [s for s in samples if any(s.hits.right) and not all(s.hits.right)]
    counts = Counter(s.dataset for s in useful)
    table = np.concatenate([s.features for s in useful])
    spread = table.std(axis=0)
    spread[spread == 0] = 1.0
    longest = max(len(s.features) for s in useful)
    features = torch.zeros(len(useful), longest, len(FEATURES), dtype=torch.float64)
    there = torch.zeros(len(useful), longest, dtype=torch.bool)
    right = torch.zeros(len(useful), longest, dtype=torch.bool)
    weight = torch.tensor([1 / counts[s.dataset] for s in useful], dtype=torch.float64)
    for row, sample in enumerate(useful):
        size = len(sample.features)
        features[row, :size] = torch.tensor(sample.features / spread)
        there[row, :size] = True
        right[row, :size] = torch.tensor(sample.hits.right)
    weight /= weight.sum()

    def loss(slopes: torch.Tensor) -> torch.Tensor:
        scores = (features @ slopes).masked_fill(~there, -1e9)
        told = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, -1e9), 1)
        return (weight * told).sum() + _L2 * (slopes**2).sum()

    signs: list[int | None] = [_SIGNS[name] if use else 0 for name, use in zip(FEATURES, used, strict=True)]
    slopes = minimise(loss, signs) / spread
    return {
        name: round(float(value), 4) for name, value, use in zip(FEATURES, slopes, used, strict=True) if use
    }


def cross_fitted(samples: list[Sample]) -> dict[str, dict[str, dict[str, float]]]:
    """Figures by data set and ranking ("first", "reranked"), each half ranked by weights learnt on the other."""
    halves = [[s for s in samples if _half(s) == half] for half in (0, 1)]
    mixes = {half: fit_mix(halves[1 - half]) for half in (0, 1)}
    result = {}
    for name in dict.fromkeys(s.dataset for s in samples):
        own = [s for s in samples if s.dataset == name]
        result[name] = {
            stage: figures(
                [reordered(s.hits, order_of(s, mixes[_half(s)], reranked=stage == "reranked")) for s in own],
                [s.references for s in own],
            )
            for stage in ("first", "reranked")
        }
    return result


def _half(sample: Sample) -> int:
    return zlib.crc32(f"{sample.dataset} {sample.asked_id}".encode()) % 2


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "files", nargs="+", type=Path, help="samples kept by `python -m evals.retrieval --keep`"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    samples = [sample for file in arguments.files for sample in load_samples(file)]
    for name, stages in cross_fitted(samples).items():
        own = [s for s in samples if s.dataset == name]
        rows = {
            arm: figures([s.plain[arm] for s in own], [s.references for s in own])
            for arm in ("dense", "bm25", "rrf")
        }
        for stage, row in {**rows, **stages}.items():
            _log.info("%-10s %-9s %s", name, stage, "  ".join(f"{k} {v:.3f}" for k, v in row.items()))
    mix = fit_mix(samples)
    arguments.out.write_text(json.dumps(mix.model_dump(), indent=1) + "\n", encoding="utf-8")
    _log.info("%s", json.dumps(mix.second, indent=1))


if __name__ == "__main__":
    main()
