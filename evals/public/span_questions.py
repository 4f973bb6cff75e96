"""CMRC 2018 (Cui et al., EMNLP 2019) and DRCD (Shao et al., 2018): a paragraph, a question, a span that answers.

Counted by CMRC 2018's script: exact match and F1, the best over the given answers, a question without a prediction 0.
The assistant's short answer is the prediction; where it gives none, its whole answer is. Four fifths of the paragraphs
trained the reader (`index.reader.data.is_held_out`), so only the part "held out" tells what it can do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import ClassVar

from assistant.model import Answer
from assistant.trace import Trace
from corpus.problem import Problem
from evals.metrics.facts import holds
from evals.metrics.spans import exact_match, f1
from evals.public.base import Benchmark, Document, Task
from index.reader.data import is_held_out

_MARK = re.compile(r"\[\d+\]")


class SpanQuestions(Benchmark):
    """A file `dev.json` in SQuAD form."""

    def documents(self) -> Iterator[Document]:
        """See `Benchmark`."""
        for key, title, paragraph in self._paragraphs():
            yield Document(key, paragraph["context"], title)

    def tasks(self) -> Iterator[Task]:
        """See `Benchmark`."""
        given = 0
        for key, _, paragraph in self._paragraphs():
            for question in paragraph["qas"]:
                if self.most and given >= self.most:
                    return
                given += 1
                answers = [answer["text"] for answer in question["answers"]]
                part = "held out" if is_held_out(paragraph["context"]) else "trained on"
                yield Task(part, question["question"], (key,), {"answers": answers})

    def count(
        self, task: Task, answer: Answer, trace: Trace, texts: Callable[[str], str]
    ) -> dict[str, float]:
        """See `Benchmark`."""
        answers = task.expected["answers"]
        prediction = "" if answer.refused else answer.short_answer or _MARK.sub("", answer.answer)
        said = _MARK.sub("", answer.answer) + "\n" + answer.short_answer
        return {
            "exact match": exact_match(answers, prediction) if prediction else 0.0,
            "F1": f1(answers, prediction) if prediction else 0.0,
            "answer in the quote": float(not answer.refused and any(holds(said, each) for each in answers)),
            "refused": float(answer.refused),
        }

    def _paragraphs(self) -> Iterator[tuple[str, str, dict]]:
        try:
            articles = json.loads(self.text("dev.json"))["data"]
        except (ValueError, KeyError) as error:
            raise Problem("eval_squad_broken", file=self.folder / "dev.json") from error
        number = 0
        asked = 0
        for article in articles:
            for paragraph in article["paragraphs"]:
                if self.most and asked >= self.most:
                    return
                asked += len(paragraph["qas"])
                number += 1
                yield f"{self.name}-{number}", str(article.get("title", "")), paragraph


class Cmrc2018(SpanQuestions):
    """CMRC 2018's development set."""

    name: ClassVar[str] = "cmrc2018"
    source: ClassVar[str] = "Cui et al., EMNLP 2019"


class Drcd(SpanQuestions):
    """DRCD's development set, in traditional script."""

    name: ClassVar[str] = "drcd"
    source: ClassVar[str] = "Shao et al., 2018"
