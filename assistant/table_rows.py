"""The row of a table that a question names, and the cell of it that it asks for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from math import log
from typing import NamedTuple

from assistant.candidate import Candidate
from corpus.clean import fold
from corpus.table import BETWEEN_CELLS, cells_with_heads, is_row

_FIGURE = re.compile(r"^[-+−△]?[¥￥$]?\d")
_UNIT = re.compile(r"[（(][^（()）]*[）)]")
_MARKS = re.compile(r"[\W_]+")
_SHORTEST_NAME = 2
_FEW_FIGURES = 2
_LONG_ROW = 200
_LEAD_OF_A_NAMED_ROW = 1.0


class Cell(NamedTuple):
    """A cell of a row with the head of its column, and its span "head：value" in the row's line."""

    head: str
    value: str
    start: int = 0
    end: int = 0


def cells_of(candidate: Candidate) -> list[Cell]:
    """The cells of a candidate that is a row of a table, none of another."""
    text = candidate.text
    if not is_row(text):
        return []
    if candidate.head and "：" not in text:
        pairs = (each.partition("：") for each in cells_with_heads(text, candidate.head).split("；"))
        return [Cell(head, value) if mark else Cell("", head) for head, mark, value in pairs]
    return cells_of_line(text)


def cells_of_line(line: str) -> list[Cell]:
    """The cells of a row as the readers write it ("地区：上海 | 营收：4800亿元")."""
    cells, at = [], 0
    for part in line.split(BETWEEN_CELLS):
        head, mark, value = part.strip(" |").partition("：")
        place = (at, at + len(part))
        cells.append(Cell(head, value, *place) if mark else Cell("", head, *place))
        at += len(part) + len(BETWEEN_CELLS)
    return cells


def narrowed(question: str, candidate: Candidate, article_text: str) -> Candidate:
    """A candidate that is a long row cut down to the cell asked for, under the row's name; as it is where none is clear.

    Args:
        question: What is asked.
        candidate: A row, or a part of one that was cut: the whole row is looked through.
        article_text: The text that the candidate's span points into.
    """
    begin = article_text.rfind("\n", 0, candidate.start) + 1
    end = article_text.find("\n", candidate.start)
    line = article_text[begin : end if end >= 0 else len(article_text)]
    if not is_row(line) or len(line) <= _LONG_ROW:
        return candidate
    cells = cells_of_line(line)
    named = _named_best(question, cells, cells[0].value)
    if len(named) != 1:
        return candidate
    found = named[0]
    name = cells[0]
    return replace(
        candidate,
        start=begin + found.start,
        end=begin + found.end,
        text=line[found.start : found.end],
        head="",
        row_name="" if name == found else f"{name.head}：{name.value}" if name.head else name.value,
        reader_span=None,
    )


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


def asked_cell(question: str, candidate: Candidate) -> str | None:
    """The figure in the column that a question names best.

    Returns:
        The figure; empty where no figure is sure, because several columns fit alike or the question names none of many;
        None where the candidate is no row, or one of so few figures that the reader may choose.
    """
    if candidate.row_name:
        return candidate.text.partition("：")[2] or candidate.text
    cells = cells_of(candidate)
    if not cells:
        return None
    named = _named_best(question, cells, cells[0].value)
    if len(named) == 1:
        return named[0].value
    return "" if named or len(_figures(cells)) > _FEW_FIGURES else None


def _figures(cells: list[Cell]) -> list[Cell]:
    return [cell for cell in cells if _FIGURE.match(cell.value)]


def _named_best(question: str, row: list[Cell], row_name: str) -> list[Cell]:
    """The figures of a row whose heads the question names best; none where it names none.

    A pair of characters tells the more, the fewer of the heads hold it; what names the row names no column.
    """
    cells = _figures(row)
    asked = _pairs(question) - _pairs(row_name)
    heads = [_pairs(_UNIT.sub("", fold(cell.head))) for cell in cells]
    held_by = Counter(pair for head in heads for pair in head)
    fits = [
        round(sum(log(1 + len(cells) / held_by[pair]) for pair in head & asked), 6) if head else 0.0
        for head in heads
    ]
    best = max(fits, default=0.0)
    chosen = [cell for cell, fit in zip(cells, fits, strict=True) if best and fit == best]
    # What all heads share names none of them.
    return chosen if len(chosen) < len(cells) or len(cells) == 1 else []


def _pairs(text: str) -> set[str]:
    """Pairs of neighbouring letters and digits, marks aside; a single one is its own pair."""
    bare = _MARKS.sub("", fold(text))
    return {bare[at : at + 2] for at in range(len(bare) - 1)} or ({bare} if bare else set())
