"""RGB, Chinese (Chen et al., AAAI 2024): noise robustness, negative rejection, information integration,
counterfactual robustness. Documents are drawn and answers counted by the rules of its `evalue.py`, written anew.

Five documents a question. An answer is right when it contains one spelling of every expected piece, lower-cased; a
refusal counts as "insufficient information". Counterfactual documents all say the false thing: the script counts how
often the error is pointed out, which the default answerer never does, and how often the true answer is still given.

Beside the paper's parts: one good document among k bad ones, whatever the share; how often five bad ones are refused where
the threshold refuses 5 % of the questions with one good document among four bad; and true and false documents side by
side, where both versions should be shown.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator
from typing import ClassVar

import numpy as np

from assistant.model import Answer
from assistant.trace import Trace
from evals.public.base import Asked, Benchmark, Document, Task

PASSAGES = 5
_SEED = 2333
_MARK = re.compile(r"\[\d+\]")
_NOISE = (0.0, 0.2, 0.4, 0.6, 0.8)
_NOISE_TWO_DOCUMENTS = (0.0, 0.2, 0.4)


class Rgb(Benchmark):
    """Files `zh_refine.jsonl`, `zh_int.jsonl` and `zh_fact.jsonl`; a list that ends early is made up from the other."""

    name: ClassVar[str] = "rgb"
    source: ClassVar[str] = "Chen et al., AAAI 2024"

    def documents(self) -> Iterator[Document]:
        """See `Benchmark`."""
        seen = set()
        for task in self.tasks():
            for key in task.documents:
                if key not in seen:
                    seen.add(key)
                    yield Document(key, self._texts[key])

    def tasks(self) -> Iterator[Task]:
        """See `Benchmark`."""
        self._texts: dict[str, str] = {}
        yield from self._with_noise()
        yield from self._integrating()
        yield from self._with_false_documents()

    def _with_noise(self) -> Iterator[Task]:
        for rate in _NOISE:
            for row in self._rows("zh_refine"):
                yield self._task(f"noise {rate}", "refine", row, _refined(row, rate))
        for bad in range(PASSAGES):
            for row in self._rows("zh_refine"):
                texts = row["positive"][:1] + row["negative"][:bad]
                yield self._task(f"1 good, {bad} bad", "refine", row, texts)
        for row in self._rows("zh_refine"):
            yield self._task("rejection", "refine", row, _refined(row, 1.0), rejected=True)

    def _integrating(self) -> Iterator[Task]:
        draw = random.Random(_SEED)
        for rate in _NOISE_TWO_DOCUMENTS:
            for row in self._rows("zh_int"):
                yield self._task(f"integration {rate}", "int", row, _integrated(row, rate, draw))

    def _with_false_documents(self) -> Iterator[Task]:
        for row in self._rows("zh_fact"):
            yield self._task("counterfactual", "fact", row, _falsified(row))
        for row in self._rows("zh_fact"):
            if row.get("positive") and row.get("fakeanswer"):
                texts = row["positive"][:2] + row["positive_wrong"][:2]
                yield self._task("side by side", "fact", row, texts, false=row["fakeanswer"])

    def _rows(self, name: str) -> list[dict]:
        rows = self.rows(f"{name}.jsonl")
        return rows[: self.most] if self.most else rows

    def _task(
        self, part: str, file: str, row: dict, texts: list[str], *, rejected: bool = False, false: str = ""
    ) -> Task:
        keys = []
        for text in texts:
            key = f"{file}-{row['id']}-{abs(hash_of_text(text))}"
            self._texts[key] = text
            keys.append(key)
        expected = {"answer": row["answer"], "rejected": rejected, "false": false}
        return Task(part, row["query"], tuple(keys), expected)

    def count(
        self, task: Task, answer: Answer, trace: Trace, texts: Callable[[str], str]
    ) -> dict[str, float]:
        """See `Benchmark`."""
        said = _MARK.sub("", answer.answer) + "\n" + answer.short_answer
        if task.expected["rejected"]:
            return {"rejected": float(answer.refused)}
        right = not answer.refused and is_right(said, task.expected["answer"])
        values = {"right": float(right), "refused": float(answer.refused)}
        if task.expected["false"]:
            values["both shown"] = float(right and is_right(said, task.expected["false"]))
        return values

    def over_all(self, asked: list[Asked]) -> dict[str, dict[str, list[float]]]:
        """See `Benchmark`."""
        answerable = [each.confidence for each in asked if each.part == f"1 good, {PASSAGES - 1} bad"]
        if not answerable:
            return {}
        found: dict[str, list[float]] = {}
        for share in (0.05, 0.1):
            threshold = float(np.quantile(answerable, share))
            found[f"refused at {share:.0%} wrongly"] = [
                float(each.confidence < threshold) for each in asked if each.part == "rejection"
            ]
        return {"rejection": found}


def is_right(prediction: str, expected: object) -> bool:
    """Whether every expected piece, in one of its spellings, is contained in the prediction."""
    said = prediction.lower()
    pieces = expected if isinstance(expected, list) else [expected]
    return bool(pieces) and all(
        any(str(spelling).lower() in said for spelling in (piece if isinstance(piece, list) else [piece]))
        for piece in pieces
    )


def hash_of_text(text: str) -> int:
    """A number that is the same in every run."""
    import zlib

    return zlib.crc32(text.encode())


def _refined(row: dict, rate: float) -> list[str]:
    bad = math.ceil(PASSAGES * rate)
    good = PASSAGES - bad
    if rate < 1:
        if bad > len(row["negative"]):
            bad = len(row["negative"])
            good = PASSAGES - bad
        elif good > len(row["positive"]):
            good = len(row["positive"])
            bad = PASSAGES - good
    return row["positive"][:good] + row["negative"][:bad]


def _integrated(row: dict, rate: float, draw: random.Random) -> list[str]:
    good = PASSAGES - math.ceil(PASSAGES * rate)
    groups = [draw.sample(group, len(group)) for group in row["positive"]]
    chosen = [group[0] for group in groups]
    rank = 1
    while len(chosen) < good and any(len(group) > rank for group in groups):
        for group in groups:
            if len(group) > rank and len(chosen) < good:
                chosen.append(group[rank])
        rank += 1
    return chosen + row["negative"][: max(0, PASSAGES - len(chosen))]


def _falsified(row: dict) -> list[str]:
    wrong = row["positive_wrong"][:PASSAGES]
    return wrong + row["negative"][: PASSAGES - len(wrong)]
