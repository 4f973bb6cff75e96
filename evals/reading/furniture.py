"""`python -m evals.reading.furniture MARKS FOLDER [--fit]`: how much of the furniture of saved pages goes, and how much text stays.

MARKS is a JSON object kept outside the project: a file (under FOLDER) and the numbers of its filled lines that are text
or title ("29", "39-84"); all others are furniture. Labels and their values ("发布日期：2024-01-03") are neither.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

from corpus.furniture import THRESHOLD, body_span, chances, features_of
from corpus.labels import read_labels

_FOLDS = 10
_WEIGHTS = Path(__file__).parents[2] / "corpus" / "data" / "furniture_weights.tsv"


@dataclass
class Marked:
    """A file's filled lines, and for each whether it is text; lines that labels take are None."""

    name: str
    lines: list[str]
    is_text: list[bool | None] = field(default_factory=list)


def read_marks(marks: Path, folder: Path) -> list[Marked]:
    """The marked files with their lines."""
    found = []
    for name, ranges in json.loads(marks.read_text("utf-8")).items():
        lines = [line.strip() for line in (folder / name).read_text("utf-8").split("\n") if line.strip()]
        text: set[int] = set()
        for each in ranges:
            first, _, last = each.partition("-")
            text |= set(range(int(first), int(last or first) + 1))
        labelled = read_labels(lines, body_span(lines)).lines - text
        is_text = [None if number in labelled else number in text for number in range(len(lines))]
        found.append(Marked(name, lines, is_text))
    return found


def fit(files: list[Marked]) -> dict[str, float]:
    """Weights of the features for what stands above and below the running texts."""
    from sklearn.linear_model import LogisticRegression

    rows, labels, weights = [], [], []
    for file in files:
        for number, features in features_of(file.lines, body_span(file.lines)).items():
            if file.is_text[number] is not None:
                rows.append(features)
                labels.append(not file.is_text[number])
                weights.append(4.0 if file.is_text[number] else 1.0)
    names = list(rows[0])
    model = LogisticRegression(C=1.0, max_iter=2000, fit_intercept=False)
    model.fit([[row[name] for name in names] for row in rows], labels, sample_weight=weights)
    return dict(zip(names, model.coef_[0], strict=True))


def main() -> None:
    """Print the two shares; with `--fit` first those of weights that have not seen the file, then write new weights."""
    parser = argparse.ArgumentParser(prog="python -m evals.reading.furniture", description=__doc__)
    parser.add_argument("marks", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fit", action="store_true", help="fit the weights and write them to corpus/data")
    parser.add_argument("--wrong", action="store_true", help="list the lines that were read wrong")
    chosen = parser.parse_args()
    files = read_marks(chosen.marks, chosen.folder)
    if chosen.fit:
        results = []
        for fold in range(_FOLDS):
            weights = fit([file for number, file in enumerate(files) if number % _FOLDS != fold])
            results += [
                (file, chances(file.lines, body_span(file.lines), weights=weights))
                for file in files[fold::_FOLDS]
            ]
        _print("left out", results, wrong=False)
        weights = fit(files)
        _WEIGHTS.write_text("".join(f"{name}\t{value:.3f}\n" for name, value in weights.items()), "utf-8")
    else:
        weights = None
    _print(
        "all",
        [(file, chances(file.lines, body_span(file.lines), weights=weights)) for file in files],
        chosen.wrong,
    )


def _print(name: str, results: list[tuple[Marked, list[float]]], wrong: bool) -> None:
    pairs = [
        (file, number, chance > THRESHOLD)
        for file, found in results
        for number, chance in enumerate(found)
        if file.is_text[number] is not None
    ]
    furniture = [dropped for file, number, dropped in pairs if not file.is_text[number]]
    text = [dropped for file, number, dropped in pairs if file.is_text[number]]
    sys.stdout.write(
        f"{name}: furniture dropped {sum(furniture)} of {len(furniture)} ({sum(furniture) / len(furniture):.4f}), "
        f"text kept {len(text) - sum(text)} of {len(text)} ({1 - sum(text) / len(text):.4f})\n"
    )
    for file, number, dropped in pairs if wrong else []:
        if dropped == bool(file.is_text[number]):
            what = "text dropped" if dropped else "furniture kept"
            sys.stdout.write(f"    {what} {file.name} {number}: {file.lines[number][:60]}\n")


if __name__ == "__main__":
    main()
