"""The items of a question-answer set."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from index.query import Filters


class ExpectedCell(BaseModel):
    """A cell that the table of a right answer holds: the names of its row and column, and its value."""

    row: str = Field(min_length=1)
    column: str = ""
    value: str = Field(min_length=1)


class EvalItem(BaseModel):
    """A question with what a right answer holds. Unknown fields are kept.

    `facts` are groups of alternatives: an answer must hold one alternative of every group. `answers` are
    accepted short answers, taken as one group when there are no facts. `evidence` are quotes that may be
    cited. Items with the same `conversation` are asked in order in one chat, and `standalone` is what such a
    question means by itself. "去年" counts from `asked_on`. `table` are cells that the answer's table must hold.
    """

    model_config = ConfigDict(extra="allow")

    id: str = ""
    question: str = Field(min_length=1)
    answers: list[str] = Field(default_factory=list)
    facts: list[list[str]] = Field(default_factory=list)
    evidence: list[str] = Field(default_factory=list)
    table: list[ExpectedCell] = Field(default_factory=list)
    answerable: bool = True
    type: str = "fact"
    conversation: str | None = None
    standalone: str = ""
    filters: Filters = Field(default_factory=Filters)
    asked_on: date | None = None

    @field_validator("question")
    @classmethod
    def _question_says_something(cls, value: str) -> str:
        if not value.strip():
            raise PydanticCustomError("reason_blank", "the question is blank")
        return value

    @field_validator("answers", "evidence")
    @classmethod
    def _no_blank_texts(cls, value: list[str]) -> list[str]:
        if any(not text.strip() for text in value):
            raise PydanticCustomError("reason_blank_in_list", "a text in the list is blank")
        return value

    @field_validator("facts")
    @classmethod
    def _no_blank_alternatives(cls, value: list[list[str]]) -> list[list[str]]:
        if any(not group or any(not text.strip() for text in group) for group in value):
            raise PydanticCustomError("reason_blank_in_list", "a group is empty or holds a blank text")
        return value

    @property
    def groups(self) -> list[list[str]]:
        """The groups of alternatives that an answer must meet."""
        return self.facts or ([self.answers] if self.answers else [])

    @property
    def short_answers(self) -> list[str]:
        """Accepted short answers: `answers`, else the alternatives of an only fact."""
        return self.answers or (self.facts[0] if len(self.facts) == 1 else [])
