"""The assistant behind the page: made in the background while the page already shows how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread

from assistant.local_models.job import FetchJob
from assistant.service import Assistant, open_index
from assistant.settings import Settings
from assistant.usage import UsageBook
from corpus.load import find_files
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.store import Index
from index.sync import ingest
from ui.web.library_job import LibraryJob
from ui.web.library_watch import LibraryWatch

_log = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 600.0
Progress = Callable[[int, int, str], None]


@dataclass
class Status:
    """How far the preparation is: `phase` is "loading", "indexing", "ready" or "failed".

    With "ready" a `problem` is why the index could not be brought in step with its folder: it answers as it was.
    """

    phase: str = "loading"
    done: int = 0
    total: int = 0
    problem: Problem | None = None
    problems: tuple[Problem, ...] = ()


class Workplace:
    """Opens the index, keeps it in step with its corpus, and then answers."""

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self.settings = settings
        self.usage = UsageBook.of(settings)
        self.fetching = FetchJob(lambda: self.settings, self.use)
        self.status = Status()
        self.assistant: Assistant | None = None
        self._index: Index | None = None
        self._progress = progress or (lambda done, total, name: None)
        self._lock = Lock()
        self.library = LibraryJob(self)
        self.watch = LibraryWatch(self)

    def use(self, settings: Settings) -> None:
        """Answer with other settings from now on; questions under way are answered with the old ones."""
        if self._index is not None and self.assistant is not None:
            self.assistant = Assistant(self._index, settings, usage=self.usage)
        self.settings = settings

    def start(self) -> Thread:
        """Prepare in the background."""
        thread = Thread(target=self.prepare, daemon=True)
        thread.start()
        return thread

    def prepare(self) -> None:
        """Open, index what is new, load the models; `status` tells how it goes."""
        self._prepare_once()
        self.watch.resume()

    def prepare_if_it_was_empty(self) -> None:
        """Begin to answer once the library, empty at the start, holds something."""
        problem = self.status.problem
        if self.assistant is None and problem is not None and problem.code == "index_empty":
            self._prepare_once()

    def _prepare_once(self) -> None:
        with self._lock:
            try:
                self._prepare()
            except Exception as error:
                self.status = Status("failed", problem=_problem_of(error))

    def keep_trying(self, stop: Callable[[float], bool] | None = None) -> None:
        """Prepare again as long as that fails, after pauses that grow; what was indexed before is served meanwhile.

        Args:
            stop: waits for so many seconds and tells whether to give up.
        """
        stop = stop or Event().wait
        pause = _FIRST_PAUSE
        while self.is_to_be_tried_again:
            if stop(pause):
                return
            pause = min(2 * pause, _LONGEST_PAUSE)
            if self.is_to_be_tried_again:
                self.prepare()

    @property
    def is_to_be_tried_again(self) -> bool:
        """Whether the last preparation failed; an empty library waits for its first article instead."""
        problem = self.status.problem
        return problem is not None and problem.code != "index_empty"

    def _prepare(self) -> None:
        index = self._index or open_index(self.settings)
        self._index = index
        problems, failure = self._bring_in_step(index)
        if index.catalogue.counts()[1] == 0:
            raise failure or Problem("index_empty", folder=index.folder)
        if self.assistant is None:
            self.status = Status("loading")
            assistant = Assistant(index, self.settings, usage=self.usage)
            assistant.warm_up()
            self.assistant = assistant
        self.status = Status("ready", problem=failure, problems=problems)

    def _bring_in_step(self, index: Index) -> tuple[tuple[Problem, ...], Problem | None]:
        """The problems of single files, and what kept the index from being brought in step, if anything did."""
        try:
            if not self._is_ours(index):
                return (), None
            uploads = self.settings.uploads_folder
            self.library.resume(index)
            paths = [self.settings.corpus, *([uploads] if uploads.is_dir() else [])]
            report = ingest(index, paths, self._on_progress, leave=self.library.is_waiting)
            return tuple(report.problems), None
        except Exception as error:
            return (), _problem_of(error)

    def _is_ours(self, index: Index) -> bool:
        """Whether to keep the index in step with the corpus: it is new, or already holds some of it."""
        uploads = self.settings.uploads_folder.resolve()
        known = {name for name in index.catalogue.files() if uploads not in Path(name).parents}
        return not known or any(str(file) in known for file in find_files([self.settings.corpus]))

    def _on_progress(self, done: int, total: int, name: str) -> None:
        if total:
            self.status = Status("indexing", done, total)
            self._progress(done, total, name)

    @property
    def is_on_its_way(self) -> bool:
        """Whether nothing can be answered yet, but soon can be."""
        return self.assistant is None and self.status.phase in {"loading", "indexing"}

    @property
    def index(self) -> Index | None:
        """The index once it is open."""
        return self._index


def _problem_of(error: Exception) -> Problem:
    """The problem that an error is; one that nobody foresaw is logged."""
    if isinstance(error, Problem):
        return error
    _log.error("preparation failed", exc_info=error)
    return Problem("failed", **reason_and_detail(error, "reason_program"))
