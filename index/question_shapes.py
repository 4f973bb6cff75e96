"""What a whole question asks for, learnt: one thing, a series, an overview, a table; the data that `index.question_heads` is fitted on.

`reader/training/shapes.jsonl.xz` holds an array a line: question and shape, empty for one thing.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path

from index.question_heads import heads

SHAPES = ("series", "total", "grid", "library", "places", "topic", "article")
"""One figure time by time, one figure of a stretch of time, several figures side by side; and overviews: of all that was read, of what
each place does, of what the articles say of a topic, of one article."""
WRITTEN = Path(__file__).parent / "reader" / "training" / "shapes.jsonl.xz"
_HELD_FROM = 0.3
_TOPIC_FROM = 0.6
"""The likelihood from which a question has a shape; more for a topic, as what is done in a firm or rule is asked in like words."""


def shape_of(question: str) -> str:
    """The likeliest of `SHAPES` where it is likely enough; empty for a question for one thing."""
    likely = heads().read(question)
    shape = max(SHAPES, key=lambda name: likely[name])
    return shape if likely[shape] >= (_TOPIC_FROM if shape == "topic" else _HELD_FROM) else ""


def written(file: Path = WRITTEN) -> list[tuple[str, str]]:
    """The questions with their shapes in `file`, which may be compressed."""
    with (
        lzma.open(file, "rt", encoding="utf-8")
        if file.suffix == ".xz"
        else file.open(encoding="utf-8") as lines
    ):
        return [(str(question), str(shape)) for question, shape in map(json.loads, lines)]


__all__ = ["SHAPES", "WRITTEN", "shape_of", "written"]
