"""`python -m evals.reading.titles [--fit] LABELS FOLDER [LABELS FOLDER …]`: the choice of titles, and its weights.

LABELS and FOLDER are as in `evals.reading.metadata`. With `--fit` weights are fitted with each corpus left out once (its
titles are the ones that count), then with all, and written to corpus/data.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from corpus.block import Draft
from corpus.language.normalize import clean_line
from corpus.problem import Problem
from corpus.readers import reader_for
from corpus.surroundings import look_around
from corpus.titles import Surroundings, candidates, features_of, plain

_WEIGHTS = Path(__file__).parents[2] / "corpus" / "data" / "title_weights.tsv"
_PENALTY = 0.02
_NAMES_OF_NOTHING = ("附件1", "t", "新建文本文档", "20240305", "正文", "index", "下载文件(2)", "公文扫描")


@dataclass
class Choice:
    """The candidates of one document: their features, and which are right."""

    corpus: str
    file: str
    texts: list[str]
    features: list[dict[str, float]]
    right: list[bool]


def read_choices(labels: Path, folder: Path) -> list[Choice]:
    """The choices of all labelled documents that give a draft without a title of its own."""
    found = []
    for line in labels.read_text("utf-8").splitlines():
        label = json.loads(line)
        root = folder / label["corpus"]
        file = (root / "documents" if (root / "documents").is_dir() else root) / label["file"]
        around = _surroundings(file)
        if around is None:
            continue
        corpus, wanted = f"{folder.name}/{label['corpus']}", {plain(title) for title in label["title"]}
        found.append(_choice(around, corpus, label["file"], wanted))
        # Files are often named by nobody: then the name confirms nothing.
        nameless = replace(around, stem=_NAMES_OF_NOTHING[len(found) % len(_NAMES_OF_NOTHING)])
        found.append(_choice(nameless, corpus, f"{label['file']} as {nameless.stem}", wanted))
    return found


def _choice(around: Surroundings, corpus: str, file: str, wanted: set[str]) -> Choice:
    each = candidates(around)
    right = [candidate.plain in wanted for candidate in each]
    return Choice(corpus, file, [candidate.text for candidate in each], features_of(each, around), right)


def _surroundings(file: Path) -> Surroundings | None:
    try:
        draft = next((each for each in reader_for(file)(file) if isinstance(each, Draft)), None)
    except Problem:
        return None
    if draft is None or draft.fields.get("title"):
        return None
    return look_around(draft, clean_line(file.stem))[0]


def fit(choices: list[Choice], names: list[str]) -> np.ndarray:
    """Weights under which the right candidates are the likeliest of their document (a conditional logit)."""
    from scipy.optimize import minimize

    data = [
        (
            np.array([[each.get(name, 0.0) for name in names] for each in choice.features]),
            np.array(choice.right),
        )
        for choice in choices
        if any(choice.right)
    ]
    sizes: dict[str, int] = defaultdict(int)
    for choice in choices:
        sizes[choice.corpus] += 1
    shares = [1 / sizes[choice.corpus] ** 0.5 for choice in choices if any(choice.right)]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = _PENALTY * weights @ weights, 2 * _PENALTY * weights
        for (rows, right), share in zip(data, shares, strict=True):
            scores = rows @ weights
            odds = np.exp(scores - scores.max())
            all_odds, right_odds = odds.sum(), (odds * right).sum() + 1e-12
            total -= share * np.log(right_odds / all_odds)
            slope += share * (rows.T @ (odds / all_odds - odds * right / right_odds))
        return total, slope

    return minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x


def chosen_right(choice: Choice, names: list[str], weights: np.ndarray) -> tuple[bool, str]:
    """Whether the likeliest candidate is right, and its text."""
    rows = np.array([[each.get(name, 0.0) for name in names] for each in choice.features])
    best = int(np.argmax(rows @ weights))
    return choice.right[best], choice.texts[best]


def main() -> None:
    """Print how often the title is right, and what was taken where it is not."""
    parser = argparse.ArgumentParser(prog="python -m evals.reading.titles", description=__doc__)
    parser.add_argument("labels_and_folders", nargs="+", type=Path)
    parser.add_argument("--fit", action="store_true")
    chosen = parser.parse_args()
    pairs = zip(chosen.labels_and_folders[::2], chosen.labels_and_folders[1::2], strict=True)
    choices = [choice for labels, folder in pairs for choice in read_choices(labels, folder)]
    names = sorted({name for choice in choices for each in choice.features for name in each})
    if chosen.fit:
        for corpus in sorted({choice.corpus for choice in choices}):
            weights = fit([choice for choice in choices if choice.corpus != corpus], names)
            _print(corpus, [choice for choice in choices if choice.corpus == corpus], names, weights)
        weights = fit(choices, names)
        rows = (f"{name}\t{weight:.3f}\n" for name, weight in zip(names, weights, strict=True))
        _WEIGHTS.write_text("".join(rows), "utf-8")
    else:
        known = dict(row.split("\t") for row in _WEIGHTS.read_text("utf-8").splitlines())
        weights = np.array([float(known.get(name, 0.0)) for name in names])
    _print("all, seen", choices, names, weights)


def _print(name: str, choices: list[Choice], names: list[str], weights: np.ndarray) -> None:
    results = [(choice, *chosen_right(choice, names, weights)) for choice in choices]
    right = sum(each[1] for each in results)
    sys.stdout.write(f"{name}: {right} of {len(results)}\n")
    for choice, is_right, text in results:
        if not is_right:
            known = "" if any(choice.right) else " (no candidate is right)"
            sys.stdout.write(f"    {choice.file}: {text!r}{known}\n")


if __name__ == "__main__":
    main()
