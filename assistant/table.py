"""The table of an answer, as `ask --json` prints it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

MISSING = "—"
"""What a cell holds whose value was not found; with a citation where a sentence speaks of it and tells no sure value."""

GOAL = "目标或预计"
"""What stands beside a value that is no result."""


class TableCell(BaseModel):
    """A cell: its text, and the numbers of the citations that it stands on.

    Attributes:
        text: The value with its unit, or the name of a row.
        citations: Numbers of the answer's citations.
        printed: The value as the article prints it, where `text` is in another unit; else empty.
        period: The time that the value is told of, as it is written in Chinese; empty where it is not one.
        is_goal: Whether the value is a goal, a plan or a forecast, in the table of a series.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    citations: list[int] = Field(default_factory=list)
    printed: str = ""
    period: str = ""
    is_goal: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether it holds no value."""
        return self.text == MISSING

    def period_beside(self, heads: str) -> str:
        """The time of its value where `heads`, the names of its row and column, do not tell it, and that it is a goal; else empty."""
        if self.is_missing:
            return ""
        return ("" if self.period in heads else self.period) + (GOAL if self.is_goal else "")


class Table(BaseModel):
    """Rows of cells under their heads; the first cell of a row names it.

    Attributes:
        columns: The heads.
        rows: A cell for each head.
    """

    model_config = ConfigDict(frozen=True)

    columns: list[str]
    rows: list[list[TableCell]]

    def heads_of(self, row: int, column: int) -> str:
        """The names of a cell's row and column."""
        return f"{self.rows[row][0].text} {self.columns[column]}"


__all__ = ["GOAL", "MISSING", "Table", "TableCell"]
