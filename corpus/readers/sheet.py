"""Spreadsheets and CSV: a row is a line that keeps its column heads; a table of articles is read as such."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from corpus.block import Block, BlockKind, Draft
from corpus.encoding import decode
from corpus.problem import Problem
from corpus.readers.records import draft_of_record, field_names
from corpus.table import looks_like_heads, rows_with_heads

_NAMELESS_SHEETS = ("sheet", "工作表")
_LONGEST_CELL = 1_000_000


def read_csv(file: Path) -> Iterator[Draft | Problem]:
    """The table of a CSV or TSV file."""
    text = decode(file.read_bytes(), file)
    csv.field_size_limit(_LONGEST_CELL)
    delimiter = "\t" if file.suffix.lower() == ".tsv" or text.split("\n", 1)[0].count("\t") else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise Problem("broken_file", file=file, reason=str(error)) from error
    yield from drafts_of_table(rows, "", file)


def read_xlsx(file: Path) -> Iterator[Draft | Problem]:
    """A draft for every worksheet that holds anything."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise Problem("broken_file", file=file, reason=str(error)[:80] or type(error).__name__) from error
    found = False
    for sheet in book.worksheets:
        rows = [[_shown(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        if any(any(row) for row in rows):
            found = True
            name = "" if sheet.title.lower().startswith(_NAMELESS_SHEETS) else sheet.title
            yield from drafts_of_table(rows, name, file)
    if not found:
        raise Problem("empty_file", file=file)


def drafts_of_table(rows: list[list[str]], title: str, file: Path) -> Iterator[Draft | Problem]:
    """One draft of a table of figures, or one for every row of a table of articles."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    above: list[str] = []
    while (
        len(filled) > 1 and not looks_like_heads(filled[0]) and sum(bool(c.strip()) for c in filled[0]) == 1
    ):
        above.append(next(cell.strip() for cell in filled.pop(0) if cell.strip()))
    if not filled:
        raise Problem("empty_file", file=file)
    heads = [head.strip() for head in filled[0]]
    names = field_names(file)
    if any(name in heads for name in names["text"]) and len(filled) > 1:
        for number, row in enumerate(filled[1:], start=2 + len(above)):
            yield draft_of_record(dict(zip(heads, row, strict=False)), file, number)
        return
    blocks = [Block(BlockKind.PARAGRAPH, line) for line in above[1:]]
    blocks += [Block(BlockKind.TABLE_ROW, line) for line in rows_with_heads(filled)]
    yield Draft(above[0] if above else title, {}, blocks)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value).strip()
