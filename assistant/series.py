"""A figure over times, as `ask --json` prints it beside the answer's table: what a chart is drawn from."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class SeriesPoint(BaseModel):
    """One time of a line.

    Attributes:
        time: The time as the table names it: 2024年.
        period: The same in ISO 8601: 2024, 2024-03, 2024-01/2024-03.
        text: The value as the article prints it; empty for a gap.
        value: The value as a number in the unit of the series; null for a gap.
        is_goal: Whether it is a goal, a plan or a forecast and no result.
        citations: Numbers of the answer's citations; those of a gap tell of it without a sure value.
    """

    model_config = ConfigDict(frozen=True)

    time: str
    period: str
    text: str = ""
    value: float | None = None
    is_goal: bool = False
    citations: list[int] = Field(default_factory=list)

    @property
    def is_gap(self) -> bool:
        """Whether it has no value."""
        return self.value is None


class SeriesLine(BaseModel):
    """The points of one measure, place or name, one for each time in order."""

    model_config = ConfigDict(frozen=True)

    name: str
    points: list[SeriesPoint]


class Series(BaseModel):
    """One or several lines over the same times, their values in one unit.

    Attributes:
        unit: The unit of the values with its scale: 亿元; empty for bare numbers.
        lines: The lines; what is counted in another unit stays in the table alone.
    """

    model_config = ConfigDict(frozen=True)

    unit: str
    lines: list[SeriesLine]

    @property
    def times(self) -> list[str]:
        """The times of its lines, in order."""
        return [point.time for point in self.lines[0].points] if self.lines else []


__all__ = ["Series", "SeriesLine", "SeriesPoint"]
