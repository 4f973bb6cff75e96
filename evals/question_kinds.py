"""How many everyday questions of others' sets are read as a person labelled them: `python -m evals.question_kinds ../shared`.

The labels (`sets/question_labels.jsonl`) name each question by the beginning of its SHA-256, as the questions are not ours; they are
looked for in the JSON files of the folders that are given.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from evals.metrics.intervals import estimate
from index.fit_question_heads import KINDS, LIKELY, OPERATIONS
from index.kinds import OF_LABEL, kind_of
from index.question_heads import heads

_log = logging.getLogger("kinds")
LABELS = Path(__file__).parent / "sets" / "question_labels.jsonl"
_SHA = 12
_ASKED_UNDER = frozenset({"question", "query", "content"})


def main() -> None:
    """Print a line a measure, with its 95 % interval."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+", help="folders that hold the sets")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    known = {_sha(text): text for folder in arguments.folders for text in questions_below(folder)}
    found = [
        (known[row["question_sha256"]], set(row["labels"].split()))
        for row in rows
        if row["question_sha256"] in known
    ]
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    _log.info("%s", f"{len(found)} of {len(rows)} labelled questions found")
    for name, values in measures_of(found).items():
        share = estimate(np.array(values, float))
        _log.info("%s", f"{name:10s} {share.value:.3f}  ({share.low:.3f} to {share.high:.3f})")


def measures_of(labelled: list[tuple[str, set[str]]]) -> dict[str, list[float]]:
    """For each question 1 where it is read as labelled, else 0.

    `type`: the likeliest kind of answer is one of the labelled ones. `kind`: the kind that the program uses is. `goal`: it is said
    that a goal is asked for, or not. `operation`: what is to be computed, or nothing.
    """
    found: dict[str, list[float]] = {name: [] for name in ("type", "kind", "goal", "operation")}
    for question, labels in labelled:
        likely = heads().read(question)
        found["type"].append(max(KINDS, key=lambda label: likely[label]) in labels)
        found["kind"].append(kind_of(question) in {OF_LABEL[each] for each in labels if each in OF_LABEL})
        found["goal"].append((likely["goal"] > LIKELY) == ("goal" in labels))
        read = {each for each in OPERATIONS if likely[each] > LIKELY}
        found["operation"].append(read == labels & set(OPERATIONS))
    return found


def questions_below(folder: Path) -> Iterator[str]:
    """All texts that stand as questions in the JSON and JSONL files below a folder."""
    for file in sorted(folder.rglob("*.json*")):
        text = file.read_text("utf-8")
        lines = text.splitlines() if file.suffix == ".jsonl" else [text]
        for line in lines:
            if line.strip():
                yield from _asked(json.loads(line))


def _asked(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            if name in _ASKED_UNDER and isinstance(each, str):
                yield each
            yield from _asked(each)
    elif isinstance(value, list):
        for each in value:
            yield from _asked(each)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_SHA]


if __name__ == "__main__":
    main()
