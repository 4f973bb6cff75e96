"""Spreadsheets (CSV, XLSX): a row an item, the columns named as the fields, in English or Chinese.

In a cell, "|" or a line break parts alternatives and quotes, ";" or "；" parts groups of `facts`. A cell that
begins with "[" or "{" is read as JSON.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from corpus.encoding import decode
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from evals.formats.cells import original_cell
from evals.formats.row import Row

COLUMNS = (
    "id", "question", "answers", "facts", "evidence", "answerable", "type", "conversation", "standalone",
    "years", "regions", "sources", "asked_on", "table",
)  # fmt: skip
_CHINESE = {
    "编号": "id", "问题": "question", "答案": "answers", "要点": "facts", "证据": "evidence", "可答": "answerable",
    "类型": "type", "对话": "conversation", "完整问题": "standalone", "年份": "years", "地区": "regions",
    "来源": "sources", "提问日期": "asked_on", "表格": "table", "answer": "answers",
}  # fmt: skip
_YES, _NO = {"1", "true", "yes", "y", "是", "可答", "能"}, {"0", "false", "no", "n", "否", "不可答", "不能"}


def csv_rows(file: Path) -> Iterator[Row | Problem]:
    """Rows of a CSV file (comma, semicolon or tab; UTF-8, UTF-16 or GB18030)."""
    text = decode(file.read_bytes(), file)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        yield from _rows(((reader.line_num, cells) for cells in reader), file)
    except csv.Error as error:
        yield Problem(
            "eval_sheet_broken",
            file=file,
            line=reader.line_num,
            **reason_and_detail(error, "reason_contents"),
        )


def xlsx_rows(file: Path) -> Iterator[Row | Problem]:
    """Rows of an XLSX file's first sheet."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        yield Problem("eval_sheet_broken", file=file, line=1, **reason_and_detail(error, "reason_contents"))
        return
    try:
        sheet = book.worksheets[0]
        yield from _rows(enumerate(sheet.iter_rows(values_only=True), 1), file)
    finally:
        book.close()


def _rows(lines: Iterable[tuple[int, Iterable[object]]], file: Path) -> Iterator[Row | Problem]:
    names: list[str] | None = None
    for line, cells in lines:
        values = [_text(cell) for cell in cells]
        if not any(values):
            continue
        if names is None:
            names = [_CHINESE.get(value.strip(), value.strip().lower()) for value in values]
            if "question" not in names:
                yield Problem("eval_sheet_no_question", file=file, line=line)
                return
            continue
        yield Row(line, _fields(dict(zip(names, values, strict=False))))


def _fields(cells: dict[str, str]) -> dict[str, object]:
    fields: dict[str, object] = {}
    filters: dict[str, object] = {}
    for name, cell in cells.items():
        if not name or not cell.strip():
            continue
        value: object = cell.strip()
        if cell.lstrip()[:1] in "[{":
            try:
                value = json.loads(cell)
            except json.JSONDecodeError:
                value = cell.strip()
        if isinstance(value, str):
            value = _value(name, value)
        if name in {"years", "regions", "sources"}:
            filters[name] = value
        else:
            fields[name] = value
    if filters:
        fields["filters"] = filters
    return fields


def _value(name: str, cell: str) -> object:
    if name in {"answers", "evidence", "years", "regions", "sources"}:
        return _parts(cell, r"[|｜\n]")
    if name == "facts":
        return [_parts(group, r"[|｜]") for group in _parts(cell, r"[;；\n]")]
    if name == "answerable":
        return True if cell.lower() in _YES else False if cell.lower() in _NO else cell
    return cell


def _parts(cell: str, marks: str) -> list[str]:
    return [part.strip() for part in re.split(marks, cell) if part.strip()]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return original_cell(str(cell))
