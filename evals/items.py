"""The items of a question-answer set, and reading a set from JSON lines."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.encoding import decode
from corpus.problem import Problem
from index.hit import Filters


class EvalItem(BaseModel):
    """A question with what a right answer holds. Unknown fields are kept.

    `facts` are groups of alternatives: an answer must hold one alternative of every group. `answers` are
    accepted short answers, taken as one group when there are no facts. `evidence` are quotes that may be
    cited. Items with the same `conversation` are asked in order in one chat. "去年" counts from `asked_on`.
    """

    model_config = ConfigDict(extra="allow")

    id: str = ""
    question: str = Field(min_length=1)
    answers: list[str] = Field(default_factory=list)
    facts: list[list[str]] = Field(default_factory=list)
    evidence: list[str] = Field(default_factory=list)
    answerable: bool = True
    type: str = "fact"
    conversation: str | None = None
    filters: Filters = Field(default_factory=Filters)
    asked_on: date | None = None

    @property
    def groups(self) -> list[list[str]]:
        """The groups of alternatives that an answer must meet."""
        return self.facts or ([self.answers] if self.answers else [])


def read_set(file: Path) -> tuple[list[EvalItem], list[Problem]]:
    """The items of a set and the problems of its broken lines.

    Raises:
        Problem: `no_such_set` or `eval_set_empty` when nothing can be run.
    """
    if not file.is_file():
        raise Problem("no_such_set", file=file)
    items: list[EvalItem] = []
    problems: list[Problem] = []
    for number, line in enumerate(decode(file.read_bytes(), file).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            row = None
        if not isinstance(row, dict):
            problems.append(Problem("eval_item_broken", file=file, line=number))
            continue
        try:
            item = EvalItem.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "?"
            problems.append(
                Problem("eval_item_field", file=file, line=number, field=field, reason=first["msg"])
            )
            continue
        if not item.question.strip():
            problems.append(
                Problem("eval_item_field", file=file, line=number, field="question", reason="empty")
            )
            continue
        item.id = item.id or str(number)
        items.append(item)
    if not items:
        # What is wrong with each line is said too, so the caller gets the problems in either case.
        problems.append(Problem("eval_set_empty", file=file))
    return items, problems
