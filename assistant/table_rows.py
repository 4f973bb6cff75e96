"""The row of a table that a question names, and the cell of it that it asks for."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.candidate import Candidate
from corpus.clean import fold
from corpus.table import BETWEEN_CELLS, cells_with_heads, is_row

_FIGURE = re.compile(r"^[-+−△]?[¥￥$]?\d")
_UNIT = re.compile(r"[（(][^（()）]*[）)]")
_SHORTEST_NAME = 2
_LEAD_OF_A_NAMED_ROW = 1.0


class Cell(NamedTuple):
    """A cell of a row with the head of its column; of several head rows they are joined by "·"."""

    head: str
    value: str


def cells_of(candidate: Candidate) -> list[Cell]:
    """The cells of a candidate that is a row of a table, none of another."""
    text = candidate.text
    if not is_row(text):
        return []
    if candidate.head and "：" not in text:
        parts = cells_with_heads(text, candidate.head).split("；")
    else:
        parts = text.split(BETWEEN_CELLS)
    return [
        Cell(head, value) if mark else Cell("", head)
        for head, mark, value in (p.partition("：") for p in parts)
    ]


def named_rows_first(question: str, ordered: list[Candidate]) -> list[Candidate]:
    """Candidates with the row before the first whose name the question gives, where the first is a row of another name.

    Rows of one table are alike in all but their names: what is asked for stands in each of them.
    """
    if not ordered or not is_row(ordered[0].text):
        return ordered
    folded = fold(question)
    named = [(_named(folded, each), -place) for place, each in enumerate(ordered)]
    best, place = max(named)
    if best <= named[0][0]:
        return ordered
    row = ordered[-place]
    row.score = ordered[0].score + _LEAD_OF_A_NAMED_ROW
    return [row, *(each for each in ordered if each is not row)]


def _named(question: str, candidate: Candidate) -> int:
    """How many characters of a question are names that stand in a row's cells."""
    values = {fold(cell.value) for cell in cells_of(candidate) if not _FIGURE.match(cell.value)}
    return sum(len(value) for value in values if len(value) >= _SHORTEST_NAME and value in question)


def asked_cell(question: str, candidate: Candidate) -> str:
    """The figure in the column that a question names best; empty where the candidate is no row or several columns fit alike."""
    folded = fold(question)
    worth = [
        (_fit(folded, cell.head), cell.value) for cell in cells_of(candidate) if _FIGURE.match(cell.value)
    ]
    best = max((fit for fit, _ in worth), default=0)
    values = [value for fit, value in worth if fit == best]
    return values[0] if best and len(values) == 1 else ""


def _fit(question: str, head: str) -> int:
    parts = [_UNIT.sub("", fold(part)).strip() for part in head.split("·")]
    return sum(len(part) for part in parts if part and part in question)
