"""DragonBall, Chinese finance (Zhu et al., "RAGEval", ACL 2025): questions of seven types over reports.

By RAGEval's measures that need no judge: recall of the reference sentences among what was read, effective information
rate (the share of what was read that is reference), ROUGE-L of the answer, and refusals of the unanswerable type. Its
completeness, hallucination and irrelevance come from a judging model and are not counted here. In place of completeness:
the share of its key points of which the answer holds every figure and three fifths of the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import ClassVar

from assistant.model import Answer
from assistant.trace import Trace
from corpus.language.normalize import fold
from evals.metrics.retrieval import interleaved
from evals.public.base import Benchmark, Document, Task
from index.words import content_words

_READ = 5
_MARK = re.compile(r"\[\d+\]")
_WORDS_OF_A_POINT = 0.6
_ITS_NUMBER = re.compile(r"^\s*\d+[.、．]\s*")
_UNANSWERABLE = "无关无解问"


class DragonBall(Benchmark):
    """Files `docs.jsonl` and `queries.jsonl`; every question is asked of all reports."""

    name: ClassVar[str] = "dragonball"
    source: ClassVar[str] = "Zhu et al., ACL 2025"

    def documents(self) -> Iterator[Document]:
        """See `Benchmark`."""
        for row in self.rows("docs.jsonl"):
            yield Document(f"report-{row['doc_id']}", row["content"], row.get("company_name", ""))

    def tasks(self) -> Iterator[Task]:
        """See `Benchmark`."""
        given: dict[str, int] = {}
        for row in self.rows("queries.jsonl"):
            kind = row["query"]["query_type"]
            given[kind] = given.get(kind, 0) + 1
            if self.most and given[kind] > self.most:
                continue
            truth = row["ground_truth"]
            expected = {
                "content": truth["content"],
                "references": truth["references"],
                "keypoints": truth.get("keypoints", []),
                "type": kind,
            }
            yield Task(kind, row["query"]["content"], (), expected)

    def count(
        self, task: Task, answer: Answer, trace: Trace, texts: Callable[[str], str]
    ) -> dict[str, float]:
        """See `Benchmark`."""
        if task.expected["type"] == _UNANSWERABLE:
            return {"rejected": float(answer.refused)}
        read = [texts(id_) for id_ in interleaved([part.reranked for part in trace.parts])[:_READ]]
        said = "" if answer.refused else _MARK.sub("", answer.answer)
        values = {"refused": float(answer.refused), "ROUGE-L": rouge_l(task.expected["content"], said)}
        if points := [point for point in task.expected["keypoints"] if point.strip()]:
            values["key points"] = sum(covers(said, point) for point in points) / len(points)
        references = [reference for reference in task.expected["references"] if reference.strip()]
        if references:
            plain_read = _plain("".join(read))
            found = [reference for reference in references if _plain(reference) in plain_read]
            values["recall"] = len(found) / len(references)
            values["effective information"] = sum(len(_plain(each)) for each in found) / max(
                len(plain_read), 1
            )
        return values


def covers(said: str, point: str) -> bool:
    """Whether an answer holds every figure of a key point and most of its words."""
    folded, point = fold(said), _ITS_NUMBER.sub("", point)
    figures = re.findall(r"\d+(?:\.\d+)?", fold(point))
    words = [word for word in content_words(point) if not word[0].isdigit()]
    held = sum(word in folded for word in words)
    return all(figure in folded for figure in figures) and held >= _WORDS_OF_A_POINT * max(len(words), 1)


def rouge_l(expected: str, said: str) -> float:
    """F1 of the longest common subsequence of characters (Lin, 2004)."""
    one, other = _plain(expected), _plain(said)
    if not one or not other:
        return 0.0
    row = [0] * (len(other) + 1)
    for character in one:
        before = row
        row = [0]
        for at, each in enumerate(other):
            row.append(before[at] + 1 if character == each else max(before[at + 1], row[at]))
    shared = row[-1]
    return 2 * shared / (len(one) + len(other))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
