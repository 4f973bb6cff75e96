"""XLSX workbooks: every sheet's cells as they are printed, with the cells that span several places.

What does not show is left out and named: hidden sheets, rows and columns, and formulas whose value was never worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from corpus.problem import Problem
from corpus.readers.number_format import printed
from corpus.reasons import broken_file
from corpus.table_grid import Spans

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_LARGEST_WHOLE = 60_000_000
"""Bytes of XML from which on a workbook is read row by row, without its merged cells."""
_MOST_COLUMNS = 2_000
_MOST_NAMED = 5
_FORMULA = re.compile(rb"<f[ />]")


@dataclass
class Sheet:
    """A sheet: its name, its cells as printed, the cells that span several places, and what of it does not show."""

    name: str
    cells: list[list[str]] = field(default_factory=list)
    spans: Spans = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_workbook(file: Path) -> Iterator[Sheet]:
    """The sheets of a workbook that show, in order.

    Raises:
        Problem: `broken_file`.
    """
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheets_size, has_formulas = _look_inside(file)
        whole = sheets_size <= _LARGEST_WHOLE
        book = _load(file, whole=whole, values=True)
        formulas = _load(file, whole=False, values=False) if has_formulas else None
        for sheet in book.worksheets:
            yield _sheet(sheet, file, whole=whole, formulas=formulas)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError) as error:
        raise broken_file(file, error) from error


def _look_inside(file: Path) -> tuple[int, bool]:
    """How many bytes of XML the sheets have, and whether a formula is in them."""
    size, has_formulas = 0, False
    with ZipFile(file) as book:
        for entry in book.infolist():
            if not entry.filename.startswith("xl/worksheets/"):
                continue
            size += entry.file_size
            if not has_formulas:
                with book.open(entry) as stream:
                    tail = b""
                    while part := stream.read(1 << 20):
                        has_formulas = has_formulas or bool(_FORMULA.search(tail + part))
                        tail = part[-8:]
    return size, has_formulas


def _load(file: Path, *, whole: bool, values: bool) -> Workbook:
    from openpyxl import load_workbook

    return load_workbook(file, read_only=not whole, data_only=values)


def _sheet(sheet: Any, file: Path, *, whole: bool, formulas: Workbook | None) -> Sheet:
    found = Sheet(sheet.title)
    if sheet.sheet_state != "visible":
        found.problems.append(Problem("sheet_hidden", file=file, sheet=sheet.title))
        return found
    shown = _shown_cells(sheet) if whole else _streamed_cells(sheet)
    spans = _merged(sheet, shown) if whole else {}
    if formulas is not None and (unknown := _without_value(formulas[sheet.title], shown)):
        cells = "、".join(unknown[:_MOST_NAMED]) + (" …" if len(unknown) > _MOST_NAMED else "")
        found.problems.append(
            Problem("formulas_without_values", file=file, sheet=sheet.title, cells=cells, count=len(unknown))
        )
    hidden_rows, hidden_columns = _hidden(sheet) if whole else (set(), set())
    rows = {row for row, _ in shown}
    gone = len(rows & hidden_rows), len({column for _, column in shown} & hidden_columns)
    if any(gone):
        found.problems.append(
            Problem("sheet_parts_hidden", file=file, sheet=sheet.title, rows=gone[0], columns=gone[1])
        )
    _place(found, shown, spans, hidden_rows, hidden_columns)
    return found


def _shown_cells(sheet: Any) -> dict[tuple[int, int], str]:
    """Row and column (from 1) of every filled cell, and what it shows."""
    # `iter_rows` would make a cell for every place up to the farthest; formats alone reach to the end of a sheet.
    cells = sorted(sheet._cells.items())
    return {
        place: text
        for place, cell in cells
        if cell.value is not None and (text := _text(cell)) and place[1] <= _MOST_COLUMNS
    }


def _streamed_cells(sheet: Any) -> dict[tuple[int, int], str]:
    return {
        (cell.row, cell.column): text
        for row in sheet.iter_rows(max_col=_MOST_COLUMNS)
        for cell in row
        if cell.value is not None and (text := _text(cell))
    }


def _text(cell: Any) -> str:
    return printed(cell.value, cell.number_format or "General").strip()


def _merged(sheet: Any, shown: dict[tuple[int, int], str]) -> Spans:
    """Spans of merged cells by their first place; what such a cell shows is put in each of its places."""
    spans: Spans = {}
    for area in sheet.merged_cells.ranges:
        first = (area.min_row, area.min_col)
        if first not in shown or area.max_col > _MOST_COLUMNS:
            continue
        last_row = min(area.max_row, max(row for row, _ in shown))
        spans[first] = (last_row - area.min_row + 1, area.max_col - area.min_col + 1)
        for row in range(area.min_row, last_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                shown[row, column] = shown[first]
    return spans


def _hidden(sheet: Any) -> tuple[set[int], set[int]]:
    rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    columns: set[int] = set()
    for column in sheet.column_dimensions.values():
        if column.hidden:
            columns |= set(range(column.min or 0, min(column.max or 0, _MOST_COLUMNS) + 1))
    return rows, columns


def _without_value(sheet: Any, shown: dict[tuple[int, int], str]) -> list[str]:
    """Names of the cells whose formula has no value: the file was never worked out."""
    return [
        cell.coordinate
        for row in sheet.iter_rows(max_col=_MOST_COLUMNS)
        for cell in row
        if cell.value is not None and cell.data_type == "f" and (cell.row, cell.column) not in shown
    ]


def _place(
    found: Sheet,
    shown: dict[tuple[int, int], str],
    spans: Spans,
    hidden_rows: set[int],
    hidden_columns: set[int],
) -> None:
    """Fill in the sheet's cells and spans, without what is hidden; of several empty rows one is kept."""
    width = max((column for _, column in shown), default=0)
    columns = [column for column in range(1, width + 1) if column not in hidden_columns]
    at = {column: place for place, column in enumerate(columns)}
    filled = sorted({row for row, _ in shown} - hidden_rows)
    rows: dict[int, int] = {}
    before = 0
    for row in filled:
        between = any(number not in hidden_rows for number in range(max(before + 1, row - 50), row))
        if before and between:
            found.cells.append([])
        rows[row] = len(found.cells)
        found.cells.append([shown.get((row, column), "") for column in columns])
        before = row
    for (row, column), (high, wide) in spans.items():
        seen_rows = [rows[n] for n in range(row, row + high) if n in rows]
        seen_columns = [at[n] for n in range(column, column + wide) if n in at]
        if seen_rows and seen_columns and (len(seen_rows), len(seen_columns)) != (1, 1):
            size = (seen_rows[-1] - seen_rows[0] + 1, len(seen_columns))
            found.spans[seen_rows[0], seen_columns[0]] = size
