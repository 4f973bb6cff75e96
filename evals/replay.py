"""What the product makes of a strong model's answers: recorded ones, written out again by a stand-in endpoint.

    python -m evals.replay CORPORA FOLDER --record    # FOLDER/prompts.jsonl: what the product sends and nothing is recorded for
    python -m evals.replay CORPORA FOLDER             # facts of the recorded answers beside facts of the product's

FOLDER/answers.jsonl holds a line an answer: the `key` of its prompt and the `answer`. The questions are chosen by their place
(`chosen`). A run that was stopped is gone on with.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel, Field

from assistant.checking.marks import MARK, in_one_form
from assistant.generating.thoughts import without_fences, without_thoughts
from assistant.generating.tidy import tidied
from assistant.model import Answer, Flag
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.trace import Trace
from evals.corpora import corpora_in
from evals.formats import read_set
from evals.items import EvalItem
from evals.metrics.facts import holds_all
from evals.metrics.intervals import difference, estimate
from evals.odd_endpoint import Asked, OddEndpoint, Reply, refuses, says
from index.sync import ingest

_log = logging.getLogger("replay")
_TODAY = "2026-01-01"
_PIECE, _PAUSE_S = 6, 0.005
_MOST_MARKS = 99
_MOST_WAIT_S = 0.3
_QUESTION = re.compile(r"^(?:问题：|Question: )(.*)\Z", re.MULTILINE | re.DOTALL)
_NO_MORE = re.compile(r"\n(?:不会再检索了|There will be no further search)[^\n]*\Z")
_BLANK = re.compile(r"\s")


Line = TypeVar("Line", bound=BaseModel)


def key_of(messages: Sequence[dict[str, Any]]) -> str:
    """What an answer is kept under: a hash of the passages, the question, and what was written about it before.

    The rules that stand in front of every question, today's date and whether a search is left are no part of it.
    """
    asked = str(messages[1]["content"])
    passages = asked[: asked.rfind("</资料>")]
    question = _QUESTION.search(asked)
    kept = [passages, _NO_MORE.sub("", question.group(1)) if question else asked]
    kept += [str(each["content"]) for each in messages[2:]]
    return hashlib.sha256("\n\n".join(kept).encode()).hexdigest()[:16]


class RecordedAnswer(BaseModel):
    """A line of `answers.jsonl`."""

    key: str
    answer: str


class RecordedPrompt(BaseModel):
    """A line of `prompts.jsonl`: a prompt for which no answer is recorded."""

    key: str
    corpus: str
    id: str
    messages: list[dict[str, Any]]


@dataclass
class Asking:
    """What was seen of one question: what the stand-in wrote, when it began to, and when its first words could be shown."""

    written: list[str] = field(default_factory=list)
    calls: int = 0
    unknown: list[RecordedPrompt] = field(default_factory=list)
    begun: float = 0.0
    shown: float = 0.0

    @property
    def wait_s(self) -> float:
        """From the model's first piece to the first words that are shown."""
        return max(self.shown - self.begun, 0.0)


class Replay:
    """Plays a model that has written all its answers already; `now` is the question that is being asked."""

    def __init__(self, answers: dict[str, str]) -> None:
        self._answers = answers
        self.now = Asking()

    def __call__(self, asked: Asked) -> Reply:
        """The answer that is recorded for a request; an error where there is none."""
        messages = asked.body["messages"]
        self.now.calls += 1
        key = key_of(messages)
        if key not in self._answers:
            self.now.unknown.append(RecordedPrompt(key=key, corpus="", id="", messages=messages))
            return refuses(400, "nothing is recorded for this prompt")
        text = self._answers[key]
        if len(messages) == 2:
            self.now.written.append(text)
        self.now.begun = self.now.begun or time.perf_counter() + _PAUSE_S
        pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
        return says(*pieces, pause=_PAUSE_S, usage=(100, 20))


class WatchedAssistant(Assistant):
    """An assistant that notes of each question what its model wrote, and when the first words could be shown."""

    replay: Replay
    seen: dict[str, Asking]

    def ask_traced(self, question: str, *given: Any, **named: Any) -> tuple[Answer, Trace]:
        """The answer as `Assistant.ask_traced` gives it."""
        asking = self.replay.now = self.seen[question] = Asking()

        def on_text(text: str) -> None:
            if text and not asking.shown:
                asking.shown = time.perf_counter()

        answer, trace = super().ask_traced(question, *given, **{**named, "on_text": on_text})
        asking.shown = asking.shown or time.perf_counter()
        return answer, trace


class Result(BaseModel):
    """A line of `result.jsonl`: a question's recorded answer (`raw`) beside what the product made of it (`shown`).

    `facts` are whether each holds all facts that were asked, absent where none count; `whole` is whether the answer came through
    word for word and without a flag, a refusal as a refusal.
    """

    corpus: str
    id: str
    question: str
    answerable: bool
    facts: tuple[bool, bool] | None = None
    whole: bool = False
    calls: int = 0
    wait_s: float = 0.0
    raw: str
    raw_refused: bool = False
    shown: str
    refused: bool
    flags: list[Flag] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)


def result_of(corpus: str, item: EvalItem, answer: Answer, asking: Asking) -> Result:
    """What became of the recorded answer to a question."""
    raw = asking.written[-1] if asking.written else ""
    made = Result(
        corpus=corpus,
        id=item.id,
        question=item.question,
        answerable=item.answerable,
        calls=asking.calls,
        wait_s=asking.wait_s,
        raw=raw,
        raw_refused=tidied(raw, "stop").refuses,
        shown=answer.answer,
        refused=answer.refused,
        flags=answer.flags,
        notes=answer.notes,
    )
    told, shown = words_of(raw), words_of(answer.answer)
    if item.answerable and item.groups:
        held = holds_all(told, item.groups), holds_all(shown, item.groups)
        made.facts = held[0] and not made.raw_refused, held[1] and not answer.refused
    same = _BLANK.sub("", told) == _BLANK.sub("", shown) and not answer.flags
    made.whole = answer.refused if made.raw_refused else same and not answer.refused
    return made


def words_of(text: str) -> str:
    """A written answer without thoughts and marks."""
    return MARK.sub("", in_one_form(without_fences(without_thoughts(text)), _MOST_MARKS)[0])


def chosen(items: Sequence[EvalItem]) -> list[EvalItem]:
    """Of the questions that stand alone every eleventh from the sixth, and every forty-fourth from the eleventh."""
    alone = [item for item in items if not item.conversation]
    return [item for at, item in enumerate(alone) if at % 11 == 5 or at % 44 == 10]


@contextmanager
def opened(folder: Path, answers: dict[str, str], work: Path) -> Iterator[WatchedAssistant]:
    """An assistant over the documents of a corpus whose model writes the recorded answers."""
    settings = Settings()
    with closing(OddEndpoint(replay := Replay(answers))) as server:
        of_corpus = {
            "index": work / folder.name,
            "corpus": folder / "documents",
            "llm_base_url": server.url,
            "llm_model": "recorded",
            "today": settings.today or _TODAY,
        }
        own = settings.model_copy(update=of_corpus)
        with closing(open_index(own)) as index:
            ingest(index, [folder / "documents"])
            assistant = WatchedAssistant(index, own)
            assistant.replay, assistant.seen = replay, {}
            yield assistant


def ask(
    assistant: WatchedAssistant, items: Sequence[EvalItem], corpus: str, folder: Path
) -> tuple[list[Result], int]:
    """Ask questions as `assistant eval` does, one at a time; every result is kept at once.

    Returns:
        The results of questions that have a recorded answer, and how many prompts have none; these are kept too, each once.
    """
    results, count = [], 0
    kept = {each.key for each in read_lines(folder / "prompts.jsonl", RecordedPrompt)}
    for item in items:
        answer, _ = assistant.ask_traced(item.question, filters=item.filters, today=item.asked_on)
        asking = assistant.seen[item.question]
        for prompt in asking.unknown:
            prompt.corpus, prompt.id = corpus, item.id
            if prompt.key not in kept:
                kept.add(prompt.key)
                _append(folder / "prompts.jsonl", prompt)
        count += len(asking.unknown)
        if asking.written:
            results.append(result_of(corpus, item, answer, asking))
            _append(folder / "result.jsonl", results[-1])
    return results, count


def tell(results: Sequence[Result]) -> None:
    """Print the figures of questions that have a recorded answer."""
    facts = [result.facts for result in results if result.facts is not None]
    if not facts:
        return
    raw, shown = (np.array([float(each[side]) for each in facts]) for side in (0, 1))
    moved = difference(raw, shown)
    _log.info("facts of the recorded answers    %s", _interval(raw))
    _log.info("facts of the product's answers   %s", _interval(shown))
    _log.info("difference                       %+.3f (%+.3f – %+.3f)", moved.value, moved.low, moved.high)
    absent = [result for result in results if not result.answerable]
    if absent:
        told = [sum(result.raw_refused for result in absent), sum(result.refused for result in absent)]
        _log.info("rightly refused, of %d            %d recorded, %d shown", len(absent), *told)
    _log.info("whole and without a flag         %s", _interval([float(each.whole) for each in results]))
    _log.info("calls a question                 %s", _interval([float(each.calls) for each in results]))
    waits = [result.wait_s for result in results]
    _log.info(
        "first words after the model's    median %.3f s, of 95 in 100 %.3f s, at most %.3f s, over .3 s %d",
        *(np.percentile(waits, share) for share in (50, 95, 100)),
        sum(wait > _MOST_WAIT_S for wait in waits),
    )


def _interval(values: Sequence[float] | np.ndarray) -> str:
    found = estimate(np.array(values, dtype=float))
    return f"{found.value:.3f} ({found.low:.3f} – {found.high:.3f}), {found.n}"


def _append(file: Path, line: BaseModel) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(line.model_dump_json() + "\n")


def read_lines(file: Path, model: type[Line]) -> list[Line]:
    """The lines of a file; none where there is no file."""
    if not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    return [model.model_validate_json(line) for line in lines if line.strip()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Record prompts, or print figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path, help="a folder of corpora")
    parser.add_argument("folder", type=Path, help="where answers.jsonl lies, and prompts.jsonl is written")
    parser.add_argument("--only", nargs="*", default=[], help="names of corpora")
    parser.add_argument("--record", action="store_true", help="write prompts and print no figures")
    parser.add_argument("--fresh", action="store_true", help="ask anew what was asked before")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    _log.setLevel(logging.INFO)
    folder: Path = given.folder
    answers = {each.key: each.answer for each in read_lines(folder / "answers.jsonl", RecordedAnswer)}
    results = [] if given.fresh else read_lines(folder / "result.jsonl", Result)
    if given.fresh:
        (folder / "result.jsonl").unlink(missing_ok=True)
    known = {(each.corpus, each.id) for each in results}
    if given.record:
        known = {(each.corpus, each.id) for each in read_lines(folder / "prompts.jsonl", RecordedPrompt)}
    for corpus in corpora_in(given.corpora, given.only):
        items = chosen(read_set(corpus / "questions.jsonl")[0])
        left = [item for item in items if (corpus.name, item.id) not in known]
        if not left:
            continue
        with opened(corpus, answers, folder / "index") as assistant:
            new, count = ask(assistant, left, corpus.name, folder)
        results += new
        _log.info("%s: %d questions, %d prompts without an answer", corpus.name, len(left), count)
    if not given.record:
        tell(results)


if __name__ == "__main__":
    main()
