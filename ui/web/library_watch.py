"""A folder of the server that the library follows; which one is remembered in the index."""

from __future__ import annotations

import atexit
import json
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.store import Index
from index.sync import IngestReport, ingest
from ui.web.library_job import when_free

if TYPE_CHECKING:
    from ui.web.workplace import Workplace

_log = logging.getLogger(__name__)
_META = "watched_folder"
_LOOK_AGAIN_MS = 1000
_STOP_WITHIN = 10.0
_WAIT_FOR_OTHERS = 600.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 300.0


@dataclass(frozen=True)
class WatchState:
    """`phase` is "off", "starting", "following" or "failed"; `report` is of the last change, at `at` (HH:MM)."""

    folder: str = ""
    phase: str = "off"
    report: IngestReport | None = None
    at: str = ""
    problem: Problem | None = None


class LibraryWatch:
    """Follows one folder in a thread until it is stopped or the server ends."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._lock = Lock()
        self._stop = Event()
        self._thread: Thread | None = None
        self._pause = _FIRST_PAUSE
        self.state = WatchState()

    def start(self, folder: str) -> None:
        """Follow a folder from now on, also after a restart, in place of the one before.

        Raises:
            Problem: `library_not_ready`, `watch_no_folder`, `watch_holds_data`.
        """
        index = self._index()
        path = self._checked(folder)
        self._end()
        index.catalogue.set_meta(_META, json.dumps({"folder": str(path), "on": True}))
        self._begin(index, path)

    def stop(self) -> None:
        """Follow nothing any more; what was read stays in the library."""
        index = self._index()
        self._end()
        index.catalogue.set_meta(_META, json.dumps({"folder": self.state.folder, "on": False}))

    def resume(self) -> None:
        """Go on after a restart as it was remembered."""
        index = self._workplace.index
        remembered = json.loads((index.catalogue.meta(_META) if index else None) or "{}")
        if index is None or not remembered or self._thread is not None:
            return
        self.state = WatchState(remembered["folder"])
        if remembered["on"]:
            self._begin(index, Path(remembered["folder"]))

    def _index(self) -> Index:
        index = self._workplace.index
        if index is None:
            raise Problem("library_not_ready")
        return index

    def _checked(self, folder: str) -> Path:
        path = Path(folder.strip()).expanduser()
        if not folder.strip() or "\0" in folder or not path.is_absolute() or not path.is_dir():
            raise Problem("watch_no_folder")
        path = path.resolve()
        data = [self._workplace.settings.data.resolve(), self._workplace.settings.index_folder.resolve()]
        # What an ingest writes would be a change that calls for an ingest.
        if any(each == path or each in path.parents or path in each.parents for each in data):
            raise Problem("watch_holds_data")
        return path

    def _begin(self, index: Index, folder: Path) -> None:
        with self._lock:
            self._stop = Event()
            self.state = WatchState(str(folder), "starting")
            self._thread = Thread(
                target=self._follow, args=(index, folder, self._stop), name="library-watch", daemon=True
            )
            self._thread.start()
        atexit.register(self._end)

    def _end(self) -> None:
        atexit.unregister(self._end)
        with self._lock:
            self._stop.set()
            if self._thread is not None:
                self._thread.join(_STOP_WITHIN)
            self._thread = None
            self.state = replace(self.state, phase="off", problem=None)

    def _follow(self, index: Index, folder: Path, stop: Event) -> None:
        while not stop.is_set():
            if folder.is_dir():
                self._follow_while_there(index, folder, stop)
            else:
                self._tell(stop, phase="failed", problem=Problem("watch_no_folder"))
            stop.wait(self._pause)

    def _follow_while_there(self, index: Index, folder: Path, stop: Event) -> None:
        from watchfiles import watch

        # The first round comes without a change, for what changed before the watching began.
        caught_up = False
        rounds = watch(
            folder, stop_event=stop, raise_interrupt=False, yield_on_timeout=True, rust_timeout=_LOOK_AGAIN_MS
        )
        try:
            for changes in rounds:
                if stop.is_set() or not folder.is_dir():
                    return
                if caught_up and not changes:
                    continue
                caught_up = self._read(index, folder, stop)
                if caught_up:
                    self._pause = _FIRST_PAUSE
                else:
                    stop.wait(self._pause)
                    self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        except Exception as error:
            _log.warning("the folder cannot be watched", exc_info=error)
            problem = Problem("watch_failed", **reason_and_detail(error, "reason_program"))
            self._tell(stop, phase="failed", problem=problem)
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)

    def _read(self, index: Index, folder: Path, stop: Event) -> bool:
        """Bring the index in step with the folder; tells whether it is."""
        try:
            report = when_free(lambda: ingest(index, [folder]), _WAIT_FOR_OTHERS, stop.is_set)
        except Problem as problem:
            self._tell(stop, phase="failed", problem=problem)
            return False
        except Exception as error:
            _log.exception("the watched folder could not be read")
            self._tell(
                stop,
                phase="failed",
                problem=Problem("watch_failed", **reason_and_detail(error, "reason_program")),
            )
            return False
        changed = bool(report.added or report.replaced or report.removed or report.moved)
        if changed or self.state.report is None:
            self._tell(stop, report=report, at=f"{datetime.now():%H:%M}")
        self._tell(stop, phase="following", problem=None)
        if changed:
            self._workplace.library.changed()
        return True

    def _tell(self, stop: Event, **fields: object) -> None:
        """Change the state, unless this thread was told to stop."""
        if not stop.is_set():
            self.state = replace(self.state, **fields)  # type: ignore[arg-type]
