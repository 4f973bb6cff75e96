"""What is kept of a measurement: figures a question, and no text."""

from __future__ import annotations

import random
from pathlib import Path

from pydantic import BaseModel, Field


class Row(BaseModel):
    """One question: what `judge` gave, the score of the first passage and CPU seconds where they are known."""

    values: dict[str, float]
    score: float | None = None
    seconds: float | None = None


class Measured(BaseModel):
    """One program on one corpus. The rows of a blind corpus are shuffled, the same way for all programs."""

    characters: int
    passages: int
    not_read: list[str] = Field(default_factory=list)
    ingest_seconds: float | None = None
    rows: list[Row]


def save(measured: Measured, file: Path, *, blind: bool) -> None:
    """Write it; of a blind corpus neither the order of its questions nor names of files."""
    if blind:
        rows = list(measured.rows)
        random.Random(len(rows)).shuffle(rows)
        measured = measured.model_copy(update={"rows": rows, "not_read": ["…"] * len(measured.not_read)})
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(measured.model_dump_json(), "utf-8")


def load(file: Path) -> Measured:
    """Read what `save` wrote."""
    return Measured.model_validate_json(file.read_text("utf-8"))
