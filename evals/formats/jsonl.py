"""JSON lines: an object a line, as DESIGN.md has them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from corpus.encoding import decode
from corpus.problem import Problem
from evals.formats.row import Row


def rows(file: Path) -> Iterator[Row | Problem]:
    """The object of each line, or that the line holds none."""
    for number, line in enumerate(decode(file.read_bytes(), file).split("\n"), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            fields = None
        yield (
            Row(number, fields)
            if isinstance(fields, dict)
            else Problem("eval_item_broken", file=file, line=number)
        )
