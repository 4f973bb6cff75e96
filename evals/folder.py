"""A run's folder: `run.json` says what made it, the `.jsonl` files hold a line an item, `metrics.json` the figures."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.model import Answer
from assistant.trace import Trace
from corpus.problem import Problem
from evals.formats.write import line_of
from evals.identity import Identity
from evals.items import EvalItem
from evals.score import ItemScore
from evals.summary import Summary

Model = TypeVar("Model", bound=BaseModel)


class Prediction(Answer):
    """An answer with its item's id, as a line of `predictions.jsonl`."""

    id: str


class ItemTrace(Trace):
    """A trace with its item's id, as a line of `traces.jsonl`."""

    id: str


class PassageText(BaseModel):
    """A passage that some stage of the run saw, as a line of `passages.jsonl`."""

    id: str
    article_id: str
    title: str
    date: str = ""
    heading: str = ""
    text: str


class RunRecord(BaseModel):
    """What `run.json` holds. `finished` is empty while items are left."""

    name: str
    started: str
    finished: str = ""
    identity: Identity


class RunFolder:
    """Reads and writes a run's folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder

    @property
    def exists(self) -> bool:
        """Whether a run was begun here."""
        return (self.path / "run.json").is_file()

    # -- writing

    def begin(self, record: RunRecord, items: Sequence[EvalItem]) -> None:
        """Make the folder ready for a new run."""
        self.path.mkdir(parents=True, exist_ok=True)
        for name in ("predictions", "traces", "scores", "passages"):
            (self.path / f"{name}.jsonl").unlink(missing_ok=True)
        for name in ("metrics.json", "report.html"):
            (self.path / name).unlink(missing_ok=True)
        self.replace("items.jsonl", "".join(line_of(item) for item in items))
        self.write_record(record)

    def write_record(self, record: RunRecord) -> None:
        """Write `run.json`."""
        self.replace("run.json", record.model_dump_json(indent=1))

    def append(self, name: str, lines: Iterable[BaseModel]) -> None:
        """Add lines to a `.jsonl` file, flushed to the file before it returns."""
        with (self.path / f"{name}.jsonl").open("a", encoding="utf-8") as stream:
            for line in lines:
                stream.write(line.model_dump_json() + "\n")

    def rewrite(self, name: str, lines: Iterable[BaseModel]) -> None:
        """Put these lines in place of a `.jsonl` file's."""
        self.replace(f"{name}.jsonl", "".join(line.model_dump_json() + "\n" for line in lines))

    def write_summary(self, summary: Summary) -> None:
        """Write `metrics.json`."""
        self.replace("metrics.json", summary.model_dump_json(indent=1))

    def replace(self, name: str, text: str) -> None:
        """Write a file all or nothing."""
        part = self.path / f"{name}.part"
        part.write_text(text, encoding="utf-8")
        os.replace(part, self.path / name)

    # -- reading

    def record(self) -> RunRecord:
        """What made the run.

        Raises:
            Problem: `not_a_run` where the folder holds none, or a broken one.
        """
        return self._read_json("run.json", RunRecord)

    def summary(self) -> Summary:
        """The figures.

        Raises:
            Problem: `not_a_run` where the run has none yet.
        """
        return self._read_json("metrics.json", Summary)

    def items(self) -> list[EvalItem]:
        """The items, in the set's order."""
        return list(self._lines("items", EvalItem))

    def predictions(self) -> dict[str, Prediction]:
        """What was answered, by item."""
        return {line.id: line for line in self._lines("predictions", Prediction)}

    def traces(self) -> dict[str, ItemTrace]:
        """What the stages saw, by item."""
        return {line.id: line for line in self._lines("traces", ItemTrace)}

    def scores(self) -> dict[str, ItemScore]:
        """How the items went, by item."""
        return {line.id: line for line in self._lines("scores", ItemScore)}

    def passages(self) -> dict[str, PassageText]:
        """The passages that traces name."""
        return {line.id: line for line in self._lines("passages", PassageText)}

    def _lines(self, name: str, model: type[Model]) -> Iterator[Model]:
        """The whole lines of a file; one that a killed run left half written is passed over."""
        file = self.path / f"{name}.jsonl"
        if not file.is_file():
            return
        with file.open(encoding="utf-8") as stream:
            for line in stream:
                try:
                    yield model.model_validate_json(line)
                except ValidationError:
                    continue

    def _read_json(self, name: str, model: type[Model]) -> Model:
        try:
            return model.model_validate_json((self.path / name).read_text(encoding="utf-8"))
        except (OSError, ValidationError, UnicodeDecodeError) as error:
            raise Problem("not_a_run", folder=self.path) from error


def now() -> str:
    """The time, in UTC, to the second."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def runs_in(folder: Path) -> list[RunFolder]:
    """The runs under a folder, newest first."""
    if not folder.is_dir():
        return []
    found = [RunFolder(each) for each in folder.iterdir() if (each / "run.json").is_file()]
    return sorted(found, key=lambda run: (run.path / "run.json").stat().st_mtime, reverse=True)


__all__ = ["ItemTrace", "PassageText", "Prediction", "RunFolder", "RunRecord", "now", "runs_in"]
