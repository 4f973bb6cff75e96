"""Fits the weights of `index.question_heads`: `python -m index.fit_question_heads [--check]`.

A logistic regression a label. Whether something is to be worked out is fitted on the questions of `index.reader.train_calculations`
too, the shapes (series, overviews, …) on the questions of `index.question_shapes`. `--check` leaves out one file of annotated
questions at a time and prints how often the likeliest kind of answer is one of those that were annotated, and each label's
precision and recall; shapes are measured by `python -m evals.question_shapes` on questions that were written apart.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from index.hashed_pieces import in_eight_bits
from index.question_heads import BUCKETS, MONEY, WEIGHTS, QuestionHeads, buckets_of
from index.question_shapes import SHAPES, written
from index.reader.annotated import NO_MONEY, TRAINING, labelled_questions
from index.reader.calculation_examples import TRAINING as CALCULATIONS
from index.reader.calculation_examples import examples_of
from index.reader.calculations import WORKED

_log = logging.getLogger("heads")
KINDS = (
    "amount", "share", "date", "duration", "place", "person", "body", "document", "definition", "condition", "list", "yes_no",
    "reason", "how", "summary", "compare", "name", "other",
)  # fmt: skip
OPERATIONS = ("sum", "diff", "ratio", "rank", "count")
_WORKED_OUT = frozenset(["sum", "diff", "ratio"])
LABELS = (*KINDS, "goal", "result", *OPERATIONS, "several", "over", WORKED, MONEY, *SHAPES)
_OTHERS_WEIGH = 0.003
"""How much a question that was annotated for its kind alone counts as one for one thing, where a shape is fitted."""
_MAY_HAVE_A_SHAPE = ("summary", "over", "several", "compare")
_STRENGTH = 30.0
_FEWEST = 20
LIKELY = 0.5


@dataclass
class Labelled:
    """Questions with the labels that hold for each, and the file that each is from."""

    questions: list[str]
    labels: list[frozenset[str]]
    files: list[str]

    @property
    def known(self) -> np.ndarray:
        """Of which questions it is known whether money is asked for."""
        return np.array([bool(each & {MONEY, NO_MONEY}) for each in self.labels])


def read(folder: Path = TRAINING) -> Labelled:
    """All labelled questions of `folder`."""
    rows = list(labelled_questions(folder))
    labels = [row[1] | {WORKED} if row[1] & _WORKED_OUT else row[1] for row in rows]
    return Labelled([row[0] for row in rows], labels, [row[2] for row in rows])


def matrix(questions: list[str]) -> csr_matrix:
    """[questions, buckets], each row of length one."""
    rows = [buckets_of(question) for question in questions]
    ends = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / max(len(row), 1) ** 0.5) for row in rows])
    return csr_matrix((values, np.concatenate(rows), ends), shape=(len(rows), BUCKETS))


def calculations(file: Path = CALCULATIONS) -> tuple[list[str], np.ndarray]:
    """The questions written about calculations, and whether each asks for one."""
    own = [each for examples in examples_of(file) for each in examples]
    return [each.question for each in own], np.array([each.operation != "none" for each in own])


def fit(
    questions: csr_matrix,
    labels: np.ndarray,
    known: np.ndarray,
    shapes: Sequence[tuple[str, str]] | None = None,
) -> QuestionHeads:
    """Weights for `labels` [questions, labels]; a label with too few examples never holds.

    Args:
        questions: The annotated questions, as `matrix` makes them.
        labels: The labels that hold for each.
        known: Of which of them it is known whether money is asked for.
        shapes: Questions with their shapes; those written for it where it is None.
    """
    worked, is_worked = calculations()
    more = matrix(worked)
    count = labels.shape[1]
    weights, bias = np.zeros((BUCKETS, count), np.float32), np.full(count, -10.0, np.float32)
    for number, name in enumerate(LABELS):
        if name in SHAPES or labels[:, number].sum() < _FEWEST:
            continue
        rows, wanted = questions, labels[:, number]
        if name == WORKED:
            rows, wanted = vstack([questions, more]), np.concatenate([wanted, is_worked])
        if name == MONEY:
            rows, wanted = questions[known], wanted[known]
        model = LogisticRegression(C=_STRENGTH, solver="liblinear").fit(rows, wanted)
        weights[:, number], bias[number] = model.coef_[0], model.intercept_[0]
    own = written() if shapes is None else list(shapes)
    has_none = ~labels[:, [LABELS.index(name) for name in _MAY_HAVE_A_SHAPE]].any(1)
    first = LABELS.index(SHAPES[0])
    weights[:, first : first + len(SHAPES)], bias[first : first + len(SHAPES)] = _fit_shapes(
        own, questions[has_none]
    )
    return QuestionHeads(list(LABELS), *in_eight_bits(weights), bias)


def _fit_shapes(own: Sequence[tuple[str, str]], others: csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """Weights [buckets, shapes] and bias of the shapes, with the annotated questions as ones for one thing that count little."""
    rows = vstack([matrix([question for question, _ in own]), others])
    counts = np.concatenate([np.ones(len(own)), np.full(others.shape[0], _OTHERS_WEIGH)])
    weights, bias = np.zeros((BUCKETS, len(SHAPES)), np.float32), np.full(len(SHAPES), -10.0, np.float32)
    for number, name in enumerate(SHAPES):
        wanted = np.concatenate([[shape == name for _, shape in own], np.zeros(others.shape[0], bool)])
        if wanted.sum() < _FEWEST:
            continue
        model = LogisticRegression(C=_STRENGTH, solver="liblinear").fit(rows, wanted, sample_weight=counts)
        weights[:, number], bias[number] = model.coef_[0], model.intercept_[0]
    return weights, bias


def _probabilities(fitted: QuestionHeads, questions: list[str]) -> np.ndarray:
    return np.array([[fitted.read(question)[label] for label in LABELS] for question in questions])


def check(data: Labelled) -> None:
    """Leave out one file at a time."""
    held = np.array([[label in labels for label in LABELS] for labels in data.labels])
    asked, files, known = matrix(data.questions), np.array(data.files), data.known
    found = np.zeros(held.shape)
    for file in sorted(set(data.files)):
        out = files == file
        left = [question for question, is_out in zip(data.questions, out, strict=True) if is_out]
        found[out] = _probabilities(fit(asked[~out], held[~out], known[~out]), left)
        kinds, has = held[out][:, : len(KINDS)], held[out][:, : len(KINDS)].any(1)
        best = kinds[np.arange(len(kinds)), found[out][:, : len(KINDS)].argmax(1)][has]
        _log.info("%-20s %5d questions, likeliest kind right %.3f", file, out.sum(), best.mean())
    for number, label in enumerate(LABELS[: -len(SHAPES)]):
        counts = known if label == MONEY else np.ones(len(held), bool)
        says, is_so = counts & (found[:, number] > LIKELY), held[:, number]
        right = (says & is_so).sum()
        _log.info(
            "%-12s %5d  precision %.2f  recall %.2f",
            label,
            is_so.sum(),
            right / max(says.sum(), 1),
            right / max(is_so.sum(), 1),
        )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--training", type=Path, default=TRAINING)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--check", action="store_true", help="leave out one file at a time and print figures")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    data = read(arguments.training)
    if arguments.check:
        check(data)
        return
    held = np.array([[label in labels for label in LABELS] for labels in data.labels])
    fit(matrix(data.questions), held, data.known).save(arguments.out)
    _log.info("%d questions, %.0f KB", len(data.questions), arguments.out.stat().st_size / 1024)


if __name__ == "__main__":
    main()
