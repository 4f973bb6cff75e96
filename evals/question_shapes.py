"""How many questions written apart from the program are read as asking for what a person says: `python -m evals.question_shapes`.

A line a shape with its precision and recall, and the share of all questions read rightly, with 95 % intervals.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.metrics.intervals import estimate
from index.question_shapes import SHAPES, shape_of, written

_log = logging.getLogger("shapes")
LABELLED = Path(__file__).parent / "sets" / "question_shapes.jsonl"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, nargs="?", default=LABELLED, help="questions with their shapes")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    labelled = written(arguments.file)
    for name, values in measures_of(labelled).items():
        if values:
            share = estimate(np.array(values, float))
            _log.info(
                "%-18s %4d  %.3f  (%.3f to %.3f)", name, len(values), share.value, share.low, share.high
            )


def measures_of(labelled: Sequence[tuple[str, str]]) -> dict[str, list[bool]]:
    """Whether each question is read as labelled; by shape over those that have it (recall) and that are read so (precision)."""
    read = [(shape_of(question), shape) for question, shape in labelled]
    found = {"all": [one == other for one, other in read]}
    for shape in ("", *SHAPES):
        name = shape or "one thing"
        found[f"{name} recall"] = [one == shape for one, other in read if other == shape]
        found[f"{name} precision"] = [other == shape for one, other in read if one == shape]
    return found


if __name__ == "__main__":
    main()
