"""A row as a form's reader found it, before it is known to be a sound item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from corpus.problem import Problem
from evals.items import EvalItem


@dataclass
class Row:
    """The fields of the item on a line (counted from 1; in a spreadsheet the row)."""

    line: int
    fields: dict[str, object]


def item_of(row: Row, file: Path) -> EvalItem | Problem:
    """The item that a row holds, or what is wrong with it, every wrong field in one go."""
    fields = {name: value for name, value in row.fields.items() if value is not None}
    if isinstance(fields.get("id"), int | float):
        fields["id"] = f"{fields['id']:g}"
    try:
        item = EvalItem.model_validate(fields)
    except ValidationError as error:
        wrong = list(_wrong_fields(error))
        names = ", ".join(dict.fromkeys(name for name, _ in wrong))
        return Problem(
            "eval_item_field",
            file=file,
            line=row.line,
            field=names,
            reason="; ".join(f"{name}: {reason}" for name, reason in wrong),
            known=wrong[0][0] if wrong else "",
        )
    item.id = item.id.strip() or str(row.line)
    return item


def _wrong_fields(error: ValidationError) -> Iterator[tuple[str, str]]:
    seen = set()
    for each in error.errors():
        name = str(each["loc"][0]) if each["loc"] else "?"
        if name not in seen:
            seen.add(name)
            yield name, each["msg"]
