"""An eval run behind the page: one at a time, in a thread, with how far it is."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread

from assistant.settings import Settings
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from evals.folder import runs_in
from evals.formats import read_set
from evals.items import EvalItem
from evals.report import write_report
from evals.run import EvalRun, Stopped, run_set
from evals.sets import OURS, known_sets
from ui.people.person import Person, sees_all
from ui.web.workplace import Workplace

_log = logging.getLogger(__name__)


def sets_seen_by(person: Person | None, settings: Settings) -> dict[str, Path]:
    """The sets that a person may run, by name: a library's own only where they may see every article it quotes."""
    known = known_sets(settings)
    return {name: file for name, file in known.items() if sees_all(person) or file.parent == OURS}


@dataclass
class JobStatus:
    """`phase` is "idle", "running", "finished", "stopped" or "failed"; `left` the seconds likely left."""

    phase: str = "idle"
    name: str = ""
    done: int = 0
    total: int = 0
    left: float = 0.0
    problem: Problem | None = None
    skipped: tuple[Problem, ...] = ()
    person: Person | None = None

    def seen_by(self, person: Person | None) -> JobStatus:
        """What a person is told: all, where they may see every article or started the run, else whether one is under way.

        Sets and runs quote any article, and their names tell of them.
        """
        if sees_all(person) or (person is not None and person == self.person):
            return self
        return JobStatus("running" if self.phase == "running" else "idle")


class EvalJob:
    """Starts and stops runs of sets in the workplace's runs folder."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._stop = Event()
        self._lock = Lock()
        self.status = JobStatus()

    def start(self, set_file: Path, language: str, person: Person | None = None) -> None:
        """Run a set in the background for a person; a stopped run of the same set and state is gone on with.

        Raises:
            Problem: `evals_busy` or `evals_not_ready`.
        """
        with self._lock:
            if self.status.phase == "running":
                raise Problem("evals_busy")
            if self._workplace.assistant is None:
                raise Problem("evals_not_ready")
            self._stop = Event()
            self.status = JobStatus("running", set_file.stem, person=person)
            Thread(target=self._run, args=(set_file, language), daemon=True).start()

    def stop(self) -> None:
        """Stop after the questions under way."""
        self._stop.set()

    def _run(self, set_file: Path, language: str) -> None:
        status = partial(JobStatus, person=self.status.person)
        begun = time.monotonic()
        at_start: list[int] = []

        def progress(done: int, total: int) -> None:
            if not at_start:
                at_start.append(done)
            fresh = done - at_start[0]
            left = (time.monotonic() - begun) / fresh * (total - done) if fresh else 0.0
            self.status = status("running", self.status.name, done, total, left, skipped=self.status.skipped)

        try:
            items, problems = read_set(set_file)
            self.status = status("running", set_file.stem, total=len(items), skipped=tuple(problems))
            if not items:
                self.status = status("failed", set_file.stem, problem=problems[-1], skipped=tuple(problems))
                return
            phase = "finished"
            try:
                run = self._run_in(self._folder_for(set_file), set_file, items, progress)
            except Stopped as stopped:
                run, phase = stopped.run, "stopped"
            folder = run.folder.path if run.folder else set_file
            if run.scores and run.folder is not None:
                write_report(run.folder, language)
            self.status = status(phase, folder.name, len(run.scores), len(items), skipped=tuple(problems))
        except Problem as problem:
            self.status = status("failed", set_file.stem, problem=problem)
        except Exception as error:
            _log.exception("the run failed")
            self.status = status(
                "failed",
                set_file.stem,
                problem=Problem("failed", **reason_and_detail(error, "reason_program")),
            )

    def _run_in(
        self, folder: Path, set_file: Path, items: list[EvalItem], progress: Callable[[int, int], None]
    ) -> EvalRun:
        assistant = self._workplace.assistant
        if assistant is None:
            raise Problem("evals_not_ready")
        options = {"set_file": set_file, "progress": progress, "stop": self._stop}
        try:
            return run_set(assistant, items, out=folder, **options)
        except Problem as problem:
            if problem.code != "run_of_something_else":
                raise
            return run_set(assistant, items, out=self._new_folder(set_file), **options)

    def _folder_for(self, set_file: Path) -> Path:
        """The newest unfinished run of this set, else a new folder."""
        for run in runs_in(self._workplace.settings.runs_folder):
            if not run.path.name.startswith(f"{set_file.stem}-"):
                continue
            try:
                record = run.record()
            except Problem:
                continue
            return run.path if not record.finished else self._new_folder(set_file)
        return self._new_folder(set_file)

    def _new_folder(self, set_file: Path) -> Path:
        stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
        return self._workplace.settings.runs_folder / f"{set_file.stem}-{stamp}"
