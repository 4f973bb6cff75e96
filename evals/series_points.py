"""How many points of the series that are asked for a run's tables tell, and how many they tell wrongly: `python -m evals.series_points RUN`.

RUN is the folder of a run (`assistant evals corpora FOLDER --out OUT` leaves OUT/NAME/run); questions of type `series` count, each
group of their facts is a point.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.model import Answer
from assistant.table import TableCell
from evals.items import EvalItem
from evals.metrics.facts import holds

_log = logging.getLogger("points")
TYPE = "series"


class Points(NamedTuple):
    """Points of series: told rightly, told wrongly, not told; and questions, with a table and without."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    questions: int = 0
    tables: int = 0


def points_of(item: EvalItem, answer: Answer) -> Points:
    """The points of one answer; a goal that is marked as one is no wrong result."""
    groups = item.groups
    cells = [cell for row in answer.table.rows for cell in row[1:]] if answer.table is not None else []
    told = [(cell, _points_told(cell, groups)) for cell in cells if not cell.is_missing]
    right = set().union(*(points for _, points in told))
    wrong = sum(not points and not cell.is_goal for cell, points in told)
    return Points(len(right), wrong, len(groups) - len(right), 1, int(answer.table is not None))


def _points_told(cell: TableCell, groups: Sequence[Sequence[str]]) -> set[int]:
    return {
        number
        for number, group in enumerate(groups)
        if any(holds(cell.printed or cell.text, fact) for fact in group)
    }


def points_in(items: Iterable[EvalItem], answers: dict[str, Answer]) -> Points:
    """The points of all series of a run."""
    each = [points_of(item, answers[item.id]) for item in items if item.type == TYPE and item.id in answers]
    return Points(*map(sum, zip(*each, strict=True))) if each else Points()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("run", type=Path, help="folder of a run: items.jsonl, predictions.jsonl")
    run = parser.parse_args().run
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    items = [EvalItem.model_validate_json(line) for line in _lines(run / "items.jsonl")]
    rows = [json.loads(line) for line in _lines(run / "predictions.jsonl")]
    answers = {row["id"]: Answer.model_validate({k: v for k, v in row.items() if k != "id"}) for row in rows}
    for name, count in points_in(items, answers)._asdict().items():
        _log.info("%-10s %4d", name, count)


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
