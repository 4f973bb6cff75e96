"""A row as a form's reader found it, before it is known to be a sound item."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from corpus.problem import Problem
from corpus.wrong_values import wrong_value
from evals.items import EvalItem


@dataclass
class Row:
    """The fields of the item on a line (counted from 1; in a spreadsheet the row)."""

    line: int
    fields: dict[str, object]


def item_of(row: Row, file: Path) -> EvalItem | list[Problem]:
    """The item that a row holds, or what is wrong with it, a problem for each wrong field."""
    fields = {name: value for name, value in row.fields.items() if value is not None}
    if isinstance(fields.get("id"), int | float):
        fields["id"] = f"{fields['id']:g}"
    try:
        item = EvalItem.model_validate(fields)
    except ValidationError as error:
        return _problems_of(error, file, row.line)
    item.id = item.id.strip() or str(row.line)
    return item


def _problems_of(error: ValidationError, file: Path, line: int) -> list[Problem]:
    problems: dict[str, Problem] = {}
    for each in error.errors():
        name = str(each["loc"][0]) if each["loc"] else "?"
        if name not in problems:
            problems[name] = Problem("eval_item_field", file=file, line=line, field=name, **wrong_value(each))
    return list(problems.values())
