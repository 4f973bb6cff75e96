"""Fit how likely a headline is right: `python -m evals.fit_headline RUN…`.

Each RUN is a folder that `assistant evals corpora … --out` (`OUT/NAME/run`) or `assistant eval` wrote, of one corpus each.
Headlines of right and wrong answers count alike, those of questions that nothing answers are wrong. The figures are of each corpus
by a fit on the others; the threshold is the lowest at which as many of the headlines shown are right as is wished.
"""

from __future__ import annotations

import argparse
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answering.headline import SPAN, WEIGHTS, HeadlineScorer, inputs_of
from evals.corpora import headline_fits

_log = logging.getLogger("headline")
_L2 = 10.0
_SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)


@dataclass
class Shown:
    """Headlines of one run: inputs [headlines, inputs], and whether each is right."""

    name: str
    names: list[str]
    inputs: np.ndarray
    right: np.ndarray


def headlines_of(run: Path) -> Shown:
    """The headlines of a run that were read off a sentence."""
    items = {each["id"]: each for each in _lines(run / "items.jsonl")}
    traces = {each["id"]: each for each in _lines(run / "traces.jsonl")}
    rows: list[dict[str, float]] = []
    right = []
    for answer in _lines(run / "predictions.jsonl"):
        part = next((part for part in traces[answer["id"]]["parts"] if part.get("sentences")), None)
        if answer["refused"] or not answer["short_answer"] or part is None:
            continue
        sentences = [(each["text"], each["score"]) for each in part["sentences"]]
        span = part["sentences"][0]["weighed"].get(SPAN, 0.0)
        rows.append(inputs_of(answer["short_answer"], sentences, span, part["confidence"]))
        item = items[answer["id"]]
        fits = headline_fits(answer["short_answer"], item.get("facts") or [])
        right.append(bool(item.get("answerable", True) and fits))
    names = list(rows[0]) if rows else []
    return Shown(
        run.parent.name if run.name == "run" else run.name,
        names,
        np.array([list(row.values()) for row in rows]),
        np.array(right, bool),
    )


def fit(runs: list[Shown]) -> dict[str, float]:
    """Weights by input, of a logistic regression on the headlines of all runs."""
    from sklearn.linear_model import LogisticRegression

    inputs, right = np.concatenate([run.inputs for run in runs]), np.concatenate([run.right for run in runs])
    spread = inputs.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=1 / _L2, fit_intercept=True)
    model.fit((inputs - inputs.mean(axis=0)) / spread, right)
    weights = model.coef_[0] / spread
    named = dict(zip(runs[0].names, map(float, weights), strict=True))
    named["bias"] = float(model.intercept_[0] - (weights * inputs.mean(axis=0)).sum())
    return named


def left_out(runs: list[Shown]) -> tuple[np.ndarray, np.ndarray]:
    """The likelihood of every headline by a fit on the other runs, and whether it is right; likeliest first."""
    likelihoods = np.concatenate(
        [_likelihoods(run, fit([other for other in runs if other is not run])) for run in runs]
    )
    right = np.concatenate([run.right for run in runs])
    order = np.argsort(-likelihoods, kind="stable")
    return likelihoods[order], right[order]


def _likelihoods(run: Shown, weights: dict[str, float]) -> np.ndarray:
    return 1 / (1 + np.exp(-(run.inputs @ np.array([weights[name] for name in run.names]))))


def threshold_for(likelihoods: np.ndarray, right: np.ndarray, least: float) -> float:
    """The lowest likelihood from which on the share of right headlines is `least`; that of the likeliest where it never is."""
    shares = np.cumsum(right) / np.arange(1, len(right) + 1)
    enough = np.flatnonzero(shares >= least)
    return float(likelihoods[enough[-1] if len(enough) else 0])


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Print how many headlines are right at which share shown, and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN")
    parser.add_argument(
        "--least", type=float, default=0.88, help="share of the headlines shown that is right"
    )
    parser.add_argument("--least-in-tables", type=float, default=0.85, help="that of the values in tables")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    if len(arguments.runs) < 2:
        parser.error("name two runs or more: each is measured by a fit on the others")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    runs = [run for run in map(headlines_of, arguments.runs) if len(run.right)]
    likelihoods, right = left_out(runs)
    for share in _SHARES:
        shown = max(round(share * len(right)), 1)
        _log.info("shown %.1f: right %.3f, from %.2f", share, right[:shown].mean(), likelihoods[shown - 1])
    threshold = threshold_for(likelihoods, right, arguments.least)
    _log.info("threshold %.3f shows %.3f of them", threshold, float(np.mean(likelihoods >= threshold)))
    scorer = HeadlineScorer(
        weights=fit(runs),
        threshold=round(threshold, 3),
        cell_threshold=round(threshold_for(likelihoods, right, arguments.least_in_tables), 3),
        fitted_on=", ".join(run.name for run in runs),
    )
    arguments.out.write_text(json.dumps(scorer.model_dump(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
