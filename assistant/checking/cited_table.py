"""The table of an answer with the numbers of its citations: of the cells that were found, or of a table that a model wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from assistant.answering.table_cell import CellFound, TableFound
from assistant.checking.marks import MARK
from assistant.checking.units import UnitKind, units_of
from assistant.model import Answer, Citation
from assistant.reading.candidate import Candidate
from assistant.table import Table, TableCell

_CELL_EDGE = re.compile(r"(?<!\\)\|")
_MARKUP = re.compile(r"\*\*|__|`|\\(?=\|)")


def cited_table(table: TableFound | None, citations: Sequence[Citation]) -> Table | None:
    """The table with the numbers of the citations that its cells stand on; None where a value stands on none of them."""
    if table is None:
        return None
    rows = []
    for name, cells in table.rows:
        drawn = [_cited(cell, citations) for cell in cells]
        if any(not cell.is_missing and not cell.citations for cell in drawn):
            return None
        rows.append([TableCell(text=name), *drawn])
    return Table(columns=list(table.columns), rows=rows)


def _cited(cell: CellFound, citations: Sequence[Citation]) -> TableCell:
    number = _number_of(cell.support, citations) if cell.support is not None else None
    numbers = [] if number is None else [number]
    return TableCell(text=cell.text, citations=numbers, printed=cell.printed, period=cell.period)


def _number_of(support: Candidate, citations: Sequence[Citation]) -> int | None:
    """The citation of a sentence's own span, else the first that shares a part of it."""
    own = [each for each in citations if each.article_id == support.hit.article.id]
    exact = [each.n for each in own if (each.start, each.end) == (support.start, support.end)]
    shared = [each.n for each in own if each.start < support.end and support.start < each.end]
    return next(iter(exact or shared), None)


def holds_table(answer: Answer) -> bool:
    """Whether the text of an answer holds a Markdown table, which then is shown in it."""
    return answer.written and any(unit.is_row for unit in units_of(answer.answer))


def written_table(answer: Answer) -> Table | None:
    """The one Markdown table of an answer that a language model wrote; None where there is none, or several.

    A row that failed a check, or cites nothing, leaves the answer without a table: what a program reads of it is sure.
    """
    flagged = {flag.sentence for flag in answer.flags}
    heads, lines = [], []
    units = units_of(answer.answer)
    for unit, following in zip_longest(units, units[1:]):
        line = answer.answer[unit.start : unit.end]
        if unit.is_row:
            lines.append(line)
            if unit.plain in flagged:
                return None
        elif following is not None and _is_head(
            unit.kind, line, answer.answer[following.start : following.end]
        ):
            heads.append(line)
    if len(heads) != 1:
        return None
    columns = [_plain(cell) for cell in _cells(heads[0])]
    rows = [_row(line, len(columns), {each.n for each in answer.citations}) for line in lines]
    if not any(cell.citations for row in rows for cell in row) or len(columns) < 2:
        return None
    return Table(columns=columns, rows=rows)


def _is_head(kind: UnitKind, line: str, following: str) -> bool:
    is_rule = "-" in following and not following.strip("|:- \t")
    return kind is UnitKind.STRUCTURE and line.strip().startswith("|") and is_rule and "-" not in line[:2]


def _cells(line: str) -> list[str]:
    """The cells of a line; marks behind its last edge belong to its last cell."""
    inner, _, behind = line.strip().removeprefix("|").rpartition("|")
    cells = [cell.strip() for cell in _CELL_EDGE.split(inner)]
    return [*cells[:-1], cells[-1] + behind.strip()]


def _row(line: str, width: int, known: set[int]) -> list[TableCell]:
    """The cells of a row, as many as there are heads; marks in its last cell alone are those of the whole row."""
    cells = (_cells(line) + [""] * width)[:width]
    marks = [
        list(dict.fromkeys(number for mark in MARK.findall(cell) if (number := int(mark)) in known))
        for cell in cells
    ]
    if not any(marks[:-1]):
        marks = [[], *([marks[-1]] * (width - 1))]
    return [
        TableCell(text=_plain(cell), citations=numbers if _plain(cell) else [])
        for cell, numbers in zip(cells, marks, strict=True)
    ]


def _plain(cell: str) -> str:
    return _MARKUP.sub("", MARK.sub("", cell)).strip()


__all__ = ["cited_table", "holds_table", "written_table"]
