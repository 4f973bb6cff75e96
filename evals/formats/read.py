"""Reading a set, whatever its form: the sound items, and everything that is wrong with the others in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.problem import Problem
from evals.formats import jsonl, sheet
from evals.formats.row import Row, item_of
from evals.items import EvalItem

READERS: dict[str, Callable[[Path], Iterator[Row | Problem]]] = {
    ".jsonl": jsonl.rows,
    ".csv": sheet.csv_rows,
    ".xlsx": sheet.xlsx_rows,
}


def read_set(file: Path) -> tuple[list[EvalItem], list[Problem]]:
    """The items of a set and the problems of its broken lines; with no item at all, a problem says so.

    Raises:
        Problem: `no_such_set` or `eval_set_form` when there is nothing to read.
    """
    return read_rows(file, READERS.get(file.suffix.lower()))


def read_rows(
    file: Path, reader: Callable[[Path], Iterator[Row | Problem]] | None
) -> tuple[list[EvalItem], list[Problem]]:
    """The items that `reader` finds in a file."""
    if not file.is_file():
        raise Problem("no_such_set", file=file)
    if reader is None:
        raise Problem("eval_set_form", file=file, known=" ".join(READERS))
    items: list[EvalItem] = []
    problems: list[Problem] = []
    first_line: dict[str, int] = {}
    for row in reader(file):
        if isinstance(row, Problem):
            problems.append(row)
            continue
        item = item_of(row, file)
        if isinstance(item, list):
            problems += item
        elif item.id in first_line:
            problems.append(
                Problem("eval_id_twice", file=file, line=row.line, id=item.id, first=first_line[item.id])
            )
        else:
            first_line[item.id] = row.line
            items.append(item)
    if not items:
        # What is wrong with each line is said too, so the caller gets the problems in either case.
        problems.append(Problem("eval_set_empty", file=file))
    return items, problems
