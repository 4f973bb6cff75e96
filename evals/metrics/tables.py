"""Whether the table of an answer holds the cells it should, each with a quote that tells its value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from assistant.model import Answer
from assistant.table import Table, TableCell
from corpus.language.normalize import fold
from evals.metrics.facts import holds

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Expected(Protocol):
    """A cell that should be there; `column` may be empty where the table has one column of values."""

    row: str
    column: str
    value: str


def cells_right(answer: Answer, expected: Sequence[Expected]) -> float:
    """The share of the expected cells that the answer's table holds; 0 where it has no table."""
    return sum(_found(answer.table, each) is not None for each in expected) / len(expected)


def cells_cited(answer: Answer, expected: Sequence[Expected]) -> float | None:
    """Of the cells held the share that cite a quote which tells the value; None where none is held."""
    held = [(cell, each.value) for each in expected if (cell := _found(answer.table, each)) is not None]
    if not held:
        return None
    return sum(_is_cited(answer, cell, value) for cell, value in held) / len(held)


def _found(table: Table | None, expected: Expected) -> TableCell | None:
    """The cell under the expected heads that holds the expected value, as it is shown or as it was printed."""
    if table is None:
        return None
    for row in table.rows:
        if not _names(row[0].text, expected.row):
            continue
        for head, cell in zip(table.columns[1:], row[1:], strict=True):
            if _names(head, expected.column) and _tells(cell, expected.value):
                return cell
    return None


def _names(name: str, wanted: str) -> bool:
    """Whether one of two names holds the other: "2024年" and "2024"."""
    one, other = fold(name), fold(wanted)
    return other in one or (bool(one) and one in other)


def _tells(cell: TableCell, value: str) -> bool:
    return holds(cell.text, value) or holds(cell.printed, value)


def _is_cited(answer: Answer, cell: TableCell, value: str) -> bool:
    """Whether a cited quote tells the value; in a row of a table the figure stands without its unit."""
    quotes = [each.quote for each in answer.citations if each.n in cell.citations]
    figures = _FIGURE.findall(fold(cell.printed or cell.text)) or [value]
    return any(all(holds(quote, figure) for figure in figures) for quote in quotes)


__all__ = ["cells_cited", "cells_right"]
