"""The assistant behind the page: made in the background while the page already shows how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from assistant.service import Assistant, open_index
from assistant.settings import Settings
from corpus.load import find_files
from corpus.problem import Problem
from index.store import Index
from index.sync import ingest
from ui.web.library_job import LibraryJob
from ui.web.library_watch import LibraryWatch

_log = logging.getLogger(__name__)
Progress = Callable[[int, int, str], None]


@dataclass
class Status:
    """How far the preparation is: `phase` is "loading", "indexing", "ready" or "failed"."""

    phase: str = "loading"
    done: int = 0
    total: int = 0
    problem: Problem | None = None
    problems: tuple[Problem, ...] = ()


class Workplace:
    """Opens the index, keeps it in step with its corpus, and then answers."""

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self.settings = settings
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
            self.assistant = Assistant(self._index, settings)
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
            except Problem as problem:
                self.status = Status("failed", problem=problem)
            except Exception as error:
                _log.exception("preparation failed")
                self.status = Status("failed", problem=Problem("failed", reason=error))

    def _prepare(self) -> None:
        index = self._index or open_index(self.settings)
        self._index = index
        problems: tuple[Problem, ...] = ()
        if self._is_ours(index):
            uploads = self.settings.uploads_folder
            self.library.resume(index)
            paths = [self.settings.corpus, *([uploads] if uploads.is_dir() else [])]
            report = ingest(index, paths, self._on_progress)
            problems = tuple(report.problems)
        if index.catalogue.counts()[1] == 0:
            raise Problem("index_empty", folder=index.folder)
        self.status = Status("loading")
        assistant = Assistant(index, self.settings)
        assistant.warm_up()
        self.assistant = assistant
        self.status = Status("ready", problems=problems)

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
    def index(self) -> Index | None:
        """The index once it is open."""
        return self._index
