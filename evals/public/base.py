"""What every public benchmark has: documents, tasks over some of them, and its way of counting."""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import numpy as np
from pydantic import BaseModel, Field

from assistant.model import Answer
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.trace import Trace
from corpus.encoding import decode
from corpus.problem import Problem
from evals.arm import Arm
from evals.metrics.intervals import Estimate, estimate
from evals.plain import PlainAnswerer
from evals.run import one_thread_each
from index.embeddings.processor import cores
from index.query import Filters
from index.sync import ingest


@dataclass(frozen=True)
class Document:
    """A text of the benchmark; `key` names it in `Task.documents`."""

    key: str
    text: str
    title: str = ""


@dataclass(frozen=True)
class Task:
    """A question over some documents (none named: over all), counted under `part`."""

    part: str
    question: str
    documents: tuple[str, ...] = ()
    expected: dict = field(default_factory=dict)


class Asked(BaseModel):
    """A task as it was answered, a line of `answers.jsonl`."""

    part: str
    question: str
    answer: str
    refused: bool
    confidence: float
    measures: dict[str, float]


class Result(BaseModel):
    """A benchmark's figures by part and measure."""

    name: str
    tasks: int
    parts: dict[str, dict[str, Estimate]] = Field(default_factory=dict)


class Benchmark(ABC):
    """Reads a benchmark's folder. `most` limits the questions of each part; 0 takes all."""

    name: ClassVar[str]
    source: ClassVar[str]

    def __init__(self, folder: Path, most: int = 0) -> None:
        self.folder = folder
        self.most = most

    @abstractmethod
    def documents(self) -> Iterator[Document]:
        """Every text that a task may name, each key once."""

    @abstractmethod
    def tasks(self) -> Iterator[Task]:
        """The questions."""

    @abstractmethod
    def count(
        self, task: Task, answer: Answer, trace: Trace, texts: Callable[[str], str]
    ) -> dict[str, float]:
        """The measures of one answer; `texts` gives the text of a passage id."""

    def over_all(self, asked: list[Asked]) -> dict[str, dict[str, list[float]]]:
        """Measures that need all answers, by part and name, a value a task; none unless a benchmark has some."""
        return {}

    def rows(self, file_name: str) -> list[dict]:
        """The objects of a file of JSON lines in the folder."""
        return [json.loads(line) for line in self.text(file_name).split("\n") if line.strip()]

    def text(self, file_name: str) -> str:
        """The text of a file in the folder.

        Raises:
            Problem: `public_file_missing`.
        """
        file = self.folder / file_name
        if not file.is_file():
            raise Problem("public_file_missing", folder=self.folder, file=file_name, name=self.name)
        return decode(file.read_bytes(), file)


def run_benchmark(
    benchmark: Benchmark,
    settings: Settings,
    work: Path,
    *,
    plain: Arm | None = None,
    indexing: Callable[[int, int, str], None] | None = None,
    asking: Callable[[int, int, str], None] | None = None,
) -> Result:
    """Index the benchmark's documents under `work` (once) and ask its questions, of the assistant or of one plain arm."""
    work.mkdir(parents=True, exist_ok=True)
    corpus = work / f"{benchmark.name}.jsonl"
    corpus.write_text(
        "".join(
            json.dumps({"title": d.title or "资料", "content": d.text, "source": d.key}, ensure_ascii=False)
            + "\n"
            for d in benchmark.documents()
            if d.text.strip()
        ),
        encoding="utf-8",
    )
    index = open_index(settings.model_copy(update={"index": work / "index"}))
    ingest(index, [corpus], indexing)
    assistant = PlainAnswerer(index, plain) if plain else Assistant(index, settings)
    tasks = list(benchmark.tasks())
    done: list[int] = []

    def texts(passage_id: str) -> str:
        found = index.catalogue.passages([passage_id])
        return found[passage_id][0].text if passage_id in found else ""

    def answer(task: Task) -> Asked:
        try:
            given, trace = assistant.ask_traced(task.question, filters=Filters(sources=list(task.documents)))
        except Problem as problem:
            given = Answer(question=task.question, standalone_question=task.question, refused=True)
            given.answer, trace = problem.code, Trace()
        done.append(1)
        if asking is not None:
            asking(len(done), len(tasks), "")
        return Asked(
            part=task.part,
            question=task.question,
            answer=given.answer,
            refused=given.refused,
            confidence=given.confidence,
            measures=benchmark.count(task, given, trace, texts),
        )

    with one_thread_each(), ThreadPoolExecutor(cores()) as pool:
        asked = list(pool.map(answer, tasks))
    suffix = f"-{plain.value}" if plain else ""
    (work / f"answers{suffix}.jsonl").write_text(
        "".join(each.model_dump_json() + "\n" for each in asked), encoding="utf-8"
    )
    values: dict[str, dict[str, list[float]]] = {}
    for each in asked:
        for name, value in each.measures.items():
            values.setdefault(each.part, {}).setdefault(name, []).append(value)
    for part, measures in benchmark.over_all(asked).items():
        values.setdefault(part, {}).update(measures)
    result = Result(
        name=benchmark.name,
        tasks=len(tasks),
        parts={
            part: {name: estimate(np.array(found)) for name, found in measures.items()}
            for part, measures in values.items()
        },
    )
    part_file = work / f"result{suffix}.json.part"
    part_file.write_text(result.model_dump_json(indent=1), encoding="utf-8")
    os.replace(part_file, work / f"result{suffix}.json")
    return result
