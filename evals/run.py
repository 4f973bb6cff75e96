"""Running a set: every item asked once, whatever stops the run in between."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.model import Answer, Turn
from assistant.service import Assistant
from assistant.trace import Trace
from corpus.problem import Problem
from evals.evidence import EvidenceFinder
from evals.folder import ItemTrace, PassageText, Prediction, RunFolder, RunRecord, now
from evals.identity import identity_of
from evals.items import EvalItem
from evals.score import ItemScore, Prices, ScoreKeeper
from evals.summary import Summary, summarise
from index.embeddings.processor import cores

_REMEMBERED_TURNS = 6
_PASSAGES_SHOWN = 10
Progress = Callable[[int, int], None]


@dataclass
class EvalRun:
    """A run as far as it went: predictions and scores in the order of the items, and the figures."""

    predictions: list[Prediction]
    scores: list[ItemScore]
    summary: Summary
    folder: RunFolder | None = None


class Stopped(Exception):
    """The run was stopped; `run` is what was done."""

    def __init__(self, run: EvalRun) -> None:
        super().__init__("stopped")
        self.run = run


class Runner:
    """Runs items through an assistant and keeps what comes in a folder.

    Args:
        out: the run's folder; None keeps nothing. A folder with an unfinished run of the same set, index,
            settings and code is gone on with.
        fresh: begin anew, even where the folder holds a run.
        workers: questions answered at once; 0 means one a core, each on one thread of torch.
        stop: set from another thread to stop after the questions under way.
    """

    def __init__(
        self,
        assistant: Assistant,
        items: Sequence[EvalItem],
        *,
        out: Path | None = None,
        set_file: Path | str = "",
        fresh: bool = False,
        workers: int = 0,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._assistant = assistant
        self._items = list(items)
        self._folder = RunFolder(out) if out is not None else None
        self._set_file = set_file
        self._fresh = fresh
        self._workers = workers or max(cores(), 4 if assistant.uses_llm else 1)
        self._progress = progress or (lambda done, total: None)
        self._stop = stop or threading.Event()
        self._lock = threading.Lock()
        self._predictions: dict[str, Prediction] = {}
        self._traces: dict[str, ItemTrace] = {}
        self._scores: dict[str, ItemScore] = {}
        self._passages: set[str] = set()
        prices = Prices(assistant.settings.llm_price_read, assistant.settings.llm_price_written)
        self._keeper = ScoreKeeper(EvidenceFinder(assistant.index), assistant.reader, prices)

    def run(self) -> EvalRun:
        """Ask what is left to ask.

        Raises:
            Problem: `run_of_something_else` where the folder holds another run.
            Stopped: after Ctrl-C or `stop`; everything done is in the folder.
        """
        record = self._prepare()
        stopped = False
        self._progress(len(self._predictions), len(self._items))
        with one_thread_each(), ThreadPoolExecutor(self._workers) as pool:
            # Ctrl-C may come while questions are still being handed out.
            try:
                left: set[Future[None]] = {pool.submit(self._ask_chat, chat) for chat in self._chats()}
                while left:
                    done, left = wait(left, timeout=0.5, return_when=FIRST_COMPLETED)
                    for each in done:
                        each.result()
            except BaseException as error:
                self._stop.set()
                pool.shutdown(wait=True, cancel_futures=True)
                if not isinstance(error, KeyboardInterrupt):
                    raise
                stopped = True
        stopped = stopped or len(self._predictions) < len(self._items)
        run = self._finish(record, complete=not stopped)
        if stopped:
            raise Stopped(run)
        return run

    def _prepare(self) -> RunRecord | None:
        folder = self._folder
        if folder is None:
            return None
        identity = identity_of(self._assistant, self._set_file, self._items)
        if folder.exists and not self._fresh:
            record = folder.record()
            if differing := record.identity.differs_from(identity):
                raise Problem("run_of_something_else", folder=folder.path, differing=", ".join(differing))
            self._take_up(folder)
            return record
        record = RunRecord(name=folder.path.name, started=now(), identity=identity)
        folder.begin(record, self._items)
        return record

    def _take_up(self, folder: RunFolder) -> None:
        """What an earlier call did, as far as all three files hold it."""
        predictions, traces, scores = folder.predictions(), folder.traces(), folder.scores()
        ids = [
            item.id
            for item in self._items
            if item.id in predictions and item.id in traces and item.id in scores
        ]
        for id_ in ids:
            self._predictions[id_], self._traces[id_], self._scores[id_] = (
                predictions[id_],
                traces[id_],
                scores[id_],
            )
        self._passages = set(folder.passages())
        # Lines that were cut short, or stand in one file only, are dropped before new ones follow them.
        for name, lines in (
            ("predictions", self._predictions),
            ("traces", self._traces),
            ("scores", self._scores),
        ):
            folder.rewrite(name, lines.values())
        folder.rewrite("passages", folder.passages().values())

    def _chats(self) -> list[list[EvalItem]]:
        chats: dict[str, list[EvalItem]] = {}
        for item in self._items:
            key = f"chat {item.conversation}" if item.conversation is not None else f"item {item.id}"
            chats.setdefault(key, []).append(item)
        return list(chats.values())

    def _ask_chat(self, items: list[EvalItem]) -> None:
        history: list[Turn] = []
        for item in items:
            if self._stop.is_set():
                return
            prediction = self._predictions.get(item.id)
            if prediction is None:
                answer, trace = self._ask(item, history[-_REMEMBERED_TURNS:])
                prediction = Prediction(id=item.id, **answer.model_dump())
                self._keep(item, prediction, ItemTrace(id=item.id, **trace.model_dump()))
            history.append(Turn.after(item.question, prediction))

    def _ask(self, item: EvalItem, history: list[Turn]) -> tuple[Answer, Trace]:
        try:
            return self._assistant.ask_traced(
                item.question, history, filters=item.filters, today=item.asked_on
            )
        except Problem as problem:
            # A question that is refused at the door is refused.
            question = item.question
            return Answer(
                question=question, standalone_question=question, refused=True, answer=problem.code
            ), Trace()

    def _keep(self, item: EvalItem, prediction: Prediction, trace: ItemTrace) -> None:
        with self._lock:
            score = self._keeper.score(item, prediction, trace)
            self._predictions[item.id], self._traces[item.id], self._scores[item.id] = (
                prediction,
                trace,
                score,
            )
            if self._folder is not None:
                self._folder.append("passages", self._new_passages(trace))
                self._folder.append("predictions", [prediction])
                self._folder.append("traces", [trace])
                self._folder.append("scores", [score])
            self._progress(len(self._predictions), len(self._items))

    def _new_passages(self, trace: ItemTrace) -> list[PassageText]:
        seen = {
            id_
            for part in trace.parts
            for ranked in (part.dense, part.keyword, part.fused, part.reranked)
            for id_ in ranked[:_PASSAGES_SHOWN]
        }
        new = sorted(seen - self._passages)
        self._passages |= seen
        return [
            PassageText(
                id=passage.id,
                article_id=article.id,
                title=article.title,
                date=article.date,
                heading=" > ".join(passage.heading_path),
                text=passage.text,
            )
            for passage, article in self._assistant.index.catalogue.passages(new).values()
        ]

    def _finish(self, record: RunRecord | None, *, complete: bool) -> EvalRun:
        ids = [item.id for item in self._items if item.id in self._predictions]
        predictions = [self._predictions[id_] for id_ in ids]
        scores = [self._scores[id_] for id_ in ids]
        run = EvalRun(predictions, scores, summarise(scores, complete=complete), self._folder)
        if self._folder is not None and record is not None:
            self._folder.rewrite("predictions", predictions)
            self._folder.rewrite("traces", [self._traces[id_] for id_ in ids])
            self._folder.rewrite("scores", scores)
            if complete and not record.finished:
                record.finished = now()
                self._folder.write_record(record)
            self._folder.write_summary(run.summary)
        return run


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Inside, torch uses one thread a question: several questions at once are faster than one on all threads."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def run_set(assistant: Assistant, items: Sequence[EvalItem], **options: object) -> EvalRun:
    """Run `items`; the options are those of `Runner`."""
    return Runner(assistant, items, **options).run()  # type: ignore[arg-type]
