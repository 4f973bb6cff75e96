"""Excel 97–2003 workbooks (.xls, and WPS's .et): every sheet that shows, its cells as they are printed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.block import Draft
from corpus.problem import Problem
from corpus.readers.number_format import printed
from corpus.readers.sheet import drafts_of_sheet
from corpus.reasons import broken_file
from corpus.table_grid import Spans

_NAMELESS_SHEETS = ("sheet", "工作表")
_NUMBER, _DATE, _TRUTH, _ERROR = 2, 3, 4, 5
_MOST_COLUMNS = 2000


def read_xls(file: Path) -> Iterator[Draft | Problem]:
    """A draft for every sheet that holds anything; hidden sheets are named."""
    book = _open(file)
    found = False
    for sheet in book.sheets():
        if sheet.visibility:
            yield Problem("sheet_hidden", file=file, sheet=sheet.name)
            continue
        rows, spans = _cells(book, sheet)
        if any(any(row) for row in rows):
            found = True
            name = "" if sheet.name.lower().startswith(_NAMELESS_SHEETS) else sheet.name
            yield from drafts_of_sheet(rows, name, file, spans)
    if not found:
        raise Problem("empty_file", file=file)


def _open(file: Path) -> Any:
    """The workbook.

    Raises:
        Problem: `file_encrypted`, `broken_file`.
    """
    import xlrd
    from xlrd.compdoc import CompDocError

    errors = (xlrd.XLRDError, CompDocError, ValueError, IndexError, KeyError, AssertionError, TypeError,
              AttributeError, OverflowError, UnicodeDecodeError)  # fmt: skip
    failed: Exception | None = None
    for with_formats in (True, False):
        try:
            return xlrd.open_workbook(str(file), formatting_info=with_formats, logfile=io.StringIO())
        except errors as error:
            failed = error
            if "ncrypted" in str(error) or "assword" in str(error):
                raise Problem("file_encrypted", file=file) from error
    raise broken_file(file, failed or "reason_contents")


def _cells(book: Any, sheet: Any) -> tuple[list[list[str]], Spans]:
    rows = [
        [_shown(book, sheet, row, column) for column in range(min(sheet.row_len(row), _MOST_COLUMNS))]
        for row in range(sheet.nrows)
    ]
    width = max(map(len, rows), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    return rows, filled_spans(rows, spans)


def _shown(book: Any, sheet: Any, row: int, column: int) -> str:
    """What a cell shows."""
    import xlrd

    cell = sheet.cell(row, column)
    if cell.ctype == _TRUTH:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == _ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    if cell.ctype not in {_NUMBER, _DATE}:
        return str(cell.value).strip()
    value: object = cell.value
    if cell.ctype == _DATE:
        try:
            value = xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (ValueError, OverflowError):
            value = cell.value
    return printed(value, _format(book, cell)).strip()


def _format(book: Any, cell: Any) -> str:
    if cell.xf_index is None or not book.xf_list:
        return "yyyy-mm-dd" if cell.ctype == _DATE else "General"
    found = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return found.format_str if found is not None else "General"


def filled_spans(rows: list[list[str]], spans: Spans) -> Spans:
    """Put what a merged cell shows in each of its places; returns the spans as far as there are rows and columns."""
    inside: Spans = {}
    for (top, left), (high, wide) in spans.items():
        if top >= len(rows) or left >= len(rows[top]):
            continue
        high, wide = min(high, len(rows) - top), min(wide, len(rows[top]) - left)
        inside[top, left] = (high, wide)
        for row in range(top, top + high):
            rows[row] = list(rows[row])
            for column in range(left, left + wide):
                rows[row][column] = rows[top][left]
    return inside
