"""Writing a set as JSON lines, CSV or XLSX."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path

from corpus.problem import Problem
from evals.formats.cells import safe_cell
from evals.formats.read import READERS
from evals.formats.sheet import COLUMNS
from evals.items import EvalItem


def write_set(items: Sequence[EvalItem], file: Path) -> None:
    """Write `items` in the form that the file's name asks for, all or nothing.

    Raises:
        Problem: `eval_set_form` for another form.
    """
    form = file.suffix.lower()
    if form not in READERS:
        raise Problem("eval_set_form", file=file, known=" ".join(READERS))
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    if form == ".jsonl":
        part.write_text("".join(line_of(item) for item in items), encoding="utf-8")
    elif form == ".csv":
        text = io.StringIO()
        csv.writer(text).writerows([COLUMNS, *(_cells(item) for item in items)])
        part.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    else:
        _write_xlsx(items, part)
    os.replace(part, file)


def line_of(item: EvalItem) -> str:
    """The item as a line of JSON, without the fields that were not set."""
    fields = item.model_dump(mode="json", exclude_defaults=True)
    fields = {"id": item.id, "question": item.question, "answerable": item.answerable, **fields}
    return json.dumps(fields, ensure_ascii=False) + "\n"


def replace_item(item: EvalItem, file: Path) -> None:
    """Put an item in the place of the line with its id; every other line stays as it is, right or wrong."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    part = file.with_name(file.name + ".part")
    part.write_text(
        "".join(line_of(item) if _id_of(line) == item.id else line for line in lines), encoding="utf-8"
    )
    os.replace(part, file)


def _id_of(line: str) -> str:
    try:
        fields = json.loads(line)
    except ValueError:
        return ""
    return str(fields.get("id", "")) if isinstance(fields, dict) else ""


def append_item(item: EvalItem, file: Path) -> None:
    """Add an item to the end of a set of JSON lines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as stream:
        stream.seek(0, os.SEEK_END)
        if stream.tell():
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                stream.write(b"\n")
        stream.write(line_of(item).encode())


def _cells(item: EvalItem) -> list[str]:
    fields = {
        "id": item.id,
        "question": item.question,
        "answers": "|".join(item.answers),
        "facts": ";".join("|".join(group) for group in item.facts),
        "evidence": "\n".join(item.evidence),
        "answerable": "true" if item.answerable else "false",
        "type": item.type,
        "conversation": item.conversation or "",
        "standalone": item.standalone,
        "years": "|".join(map(str, item.filters.years)),
        "regions": "|".join(item.filters.regions),
        "sources": "|".join(item.filters.sources),
        "asked_on": item.asked_on.isoformat() if item.asked_on else "",
        "table": json.dumps([each.model_dump() for each in item.table], ensure_ascii=False)
        if item.table
        else "",
    }
    if any(set("|;；\n") & set(text) for group in item.facts for text in group):
        fields["facts"] = json.dumps(item.facts, ensure_ascii=False)
    for name in ("answers", "evidence"):
        texts = getattr(item, name)
        if any(set("|｜\n") & set(text) or text[:1] in "[{" for text in texts):
            fields[name] = json.dumps(texts, ensure_ascii=False)
    return [safe_cell(fields[name]) for name in COLUMNS]


def _write_xlsx(items: Sequence[EvalItem], file: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise AssertionError("a new workbook has a sheet")
    sheet.title = "items"
    sheet.append(COLUMNS)
    for item in items:
        sheet.append(_cells(item))
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"  # a text that begins with "=" is a text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = (
            50 if name in {"question", "evidence"} else 16
        )
    sheet.freeze_panes = "C2"
    book.save(file)
