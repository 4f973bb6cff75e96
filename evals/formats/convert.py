"""From one form of a set to another, and from the forms of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.problem import Problem
from evals.formats import pairs, squad
from evals.formats.read import READERS, read_rows
from evals.formats.row import Row
from evals.formats.write import write_set

FORMS: dict[str, Callable[[Path], Iterator[Row | Problem]]] = {"squad": squad.rows, "pairs": pairs.rows}
_BY_SUFFIX = {".json": "squad", ".txt": "pairs", ".md": "pairs", ".tsv": "pairs"}


def convert(source: Path, target: Path, form: str = "") -> tuple[int, list[Problem]]:
    """Write the items of `source` to `target`; how many, and the problems of the lines left out.

    Raises:
        Problem: `no_such_set`, or `eval_set_form` when the form is unknown.
    """
    form = form or _BY_SUFFIX.get(source.suffix.lower(), "")
    reader = FORMS.get(form) if form else READERS.get(source.suffix.lower())
    if form and reader is None:
        raise Problem("eval_set_form", file=source, known=" ".join(FORMS))
    items, problems = read_rows(source, reader)
    if items:
        write_set(items, target)
    return len(items), problems
