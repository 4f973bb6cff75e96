"""Uploads on their way into the index: one file list at a time, in a thread, with what became of each file."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, TypeVar

from corpus.private_files import private_folder
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.edits import forget_file
from index.removal import is_file_of_removed
from index.store import Index
from index.sync import ingest
from ui.people.person import Person
from ui.web.upload_folders import folder_name_of
from ui.web.uploads import store_upload
from ui.web.waiting_uploads import WaitingUpload, WaitingUploads, rights_check

if TYPE_CHECKING:
    from ui.web.workplace import Workplace

_log = logging.getLogger(__name__)
_TRY_AGAIN_AFTER = 0.3
_UPLOADS_WAIT = 3600.0
_ENDED_A_MOMENT_AGO = 5.0
Given = TypeVar("Given")


@dataclass(frozen=True)
class FileStatus:
    """`phase` is "waiting", "reading", "done", "known" (was there before), "removed" or "failed".

    `collection` is the one that its articles are put into; empty for none. `person` sent it.
    """

    name: str
    phase: str
    path: Path | None = None
    articles: int = 0
    problems: tuple[Problem, ...] = ()
    collection: str = ""
    person: Person | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Whose file it is, and what it is called: people may send files of the same name."""
        return self.person.name if self.person else "", self.name


@dataclass(frozen=True)
class JobStatus:
    """`phase` is "idle", "running" or "finished"; `share` is what of the present files is embedded (0 to 1)."""

    phase: str = "idle"
    share: float = 0.0
    files: tuple[FileStatus, ...] = ()

    def seen_by(self, person: Person | None) -> JobStatus:
        """What a person is told: all, where no collection is hidden from them, else of their own files."""
        if person is not None and person.collections is None:
            return self
        return replace(self, files=tuple(each for each in self.files if person and each.person == person))


def when_free(action: Callable[[], Given], seconds: float, stop: Callable[[], bool] = lambda: False) -> Given:
    """Do what writes to the index, once nobody else writes to it.

    Raises:
        Problem: `index_busy` when others still write after `seconds` or `stop` tells so, and what `action` raises.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            return action()
        except Problem as problem:
            if problem.code != "index_busy" or time.monotonic() > until or stop():
                raise
        time.sleep(_TRY_AGAIN_AFTER)


def _folder_of(person: Person, uploads: Path) -> Path:
    """Where a person's uploads are kept: apart from those of others, whose names and contents none of them learns.

    Without accounts that is the uploads folder itself.
    """
    if not person.name:
        return uploads
    private_folder(uploads)
    return uploads / folder_name_of(person)


def _under_way(files: Iterable[FileStatus]) -> set[Path | None]:
    """Where the files lie that are still to be read."""
    return {each.path for each in files if each.phase in {"waiting", "reading"}}


class LibraryJob:
    """Takes uploads into the workplace's index; `changes` grows with every change of the library."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._waiting = WaitingUploads(workplace.settings.data / "uploads-waiting")
        self._lock = Lock()
        self._storing = Lock()
        self._idle = Event()
        self._idle.set()
        self.status = JobStatus()
        self.changes = 0
        self._ended: float | None = None

    def has_news(self) -> bool:
        """Whether uploads are being read, or were a moment ago: pages that ask late hear of the end as well."""
        with self._lock:
            running, ended = self.status.phase == "running", self._ended
        return running or (ended is not None and time.monotonic() - ended < _ENDED_A_MOMENT_AGO)

    def add(self, uploads: list[tuple[Path, str]], person: Person, collection: str = "") -> None:
        """Copy a person's uploads, each with its name, into the uploads folder and read them in the background.

        What is new goes into the `collection` where one is named; a file that was there before stays where it is. A file
        that puts articles into a collection that the person may not fill is not taken.

        Raises:
            Problem: `library_not_ready` before the index is open.
        """
        if self._workplace.index is None:
            raise Problem("library_not_ready")
        with self._storing:
            fresh = [self._stored(upload, name, person, collection) for upload, name in uploads]
            starts = self._added(fresh)
        if starts:
            Thread(target=self._run, name="library-uploads", daemon=True).start()

    def _stored(self, upload: Path, name: str, person: Person, collection: str) -> FileStatus:
        """Copy an upload into the uploads folder; that it waits, and for whom, is noted before it lies there."""
        settings = self._workplace.settings
        noted: list[Path] = []

        def note(path: Path) -> None:
            noted.append(path)
            self._waiting.note(WaitingUpload(path, person, collection))

        try:
            folder = _folder_of(person, settings.uploads_folder)
            stored = store_upload(upload, name, folder, settings.upload_megabytes, before=note)
        except Problem as problem:
            for path in noted:
                self._waiting.forget(path)
            return FileStatus(name, "failed", problems=(problem,), person=person)
        phase, into = ("waiting", collection) if stored.is_new else ("known", "")
        return FileStatus(stored.path.name, phase, stored.path, collection=into, person=person)

    def _added(self, fresh: list[FileStatus]) -> bool:
        """Put uploads to those that are dealt with; tells whether nothing is under way yet.

        A file that still waits, or is being read, is read as whoever sent it first meant it: the same file again, of
        anybody, changes neither its collection nor with whose rights it is read.
        """
        with self._lock:
            before = self.status.files if self.status.phase == "running" else ()
            under_way = _under_way(before)
            fresh = [each for each in fresh if each.phase != "known" or each.path not in under_way]
            files = {each.key: each for each in (*before, *fresh)}
            starts = self.status.phase != "running"
            self.status = JobStatus("running", files=tuple(files.values()))
            self._idle.clear()
            return starts

    def resume(self, index: Index) -> None:
        """Read, as they were meant, the uploads that were waiting when the server stopped; before all else is read.

        What cannot be taken in now, because the disk is full say, waits on.
        """
        with self._storing:
            # Between the note of an upload and its file nothing is looked at; what is under way here is read already.
            under_way = _under_way(self.status.files if self.status.phase == "running" else ())
            left = [each for each in self._waiting.all() if each.path not in under_way]
        for upload in left:
            if upload.path.is_file():
                file = FileStatus(upload.path.name, "waiting", upload.path, person=upload.person)
                self._read(index, [replace(file, collection=upload.collection)])
            elif not self._waiting.is_fresh(upload.path):
                self._waiting.forget(upload.path)

    def is_waiting(self, path: Path) -> bool:
        """Whether a file is an upload that is to be read with its person's rights, and never like any other file."""
        return self._waiting.has(path)

    def wait(self, seconds: float) -> bool:
        """Wait until all uploads are dealt with; tells whether they are."""
        return self._idle.wait(seconds)

    def changed(self) -> None:
        """Tell that the library holds something else now."""
        with self._lock:
            self.changes += 1
        self._workplace.prepare_if_it_was_empty()

    def _run(self) -> None:
        index = self._workplace.index
        while index is not None:
            with self._lock:
                waiting = [each for each in self.status.files if each.phase in {"waiting", "known"}]
                waiting = [each for each in waiting if not (each.phase == "known" and each.articles)]
                if not waiting:
                    self.status = replace(self.status, phase="finished", share=1.0)
                    self._ended = time.monotonic()
                    self._idle.set()
                    return
            # Those of one person and collection are read together, whichever came first.
            first = waiting[0]
            alike = [each for each in waiting if each.collection == first.collection]
            self._read(index, [each for each in alike if each.person == first.person])
            self.changed()

    def _read(self, index: Index, files: list[FileStatus]) -> None:
        names = [each.name for each in files]

        def progress(done: int, total: int, name: str) -> None:
            now = names.index(name) if name in names else len(names) if done >= total else 0
            with self._lock:
                self.status = replace(self.status, share=done / max(total, 1))
            for each in files[:now]:
                self._set(self._outcome(index, each))
            if now < len(files) and files[now].phase == "waiting":
                self._set(replace(files[now], phase="reading"))

        try:
            paths = [each.path for each in files if each.path is not None]
            into = files[0].collection or None
            person = files[0].person
            check = rights_check(index, person) if person is not None else None
            when_free(lambda: ingest(index, paths, progress, into, check), _UPLOADS_WAIT)
            for each in files:
                self._set(self._outcome(index, each))
                self._drop_unreadable(index, each)
                if each.path is not None:
                    self._waiting.forget(each.path)
        except Problem as problem:
            self._all_failed(files, problem)
        except Exception as error:
            _log.exception("uploads could not be taken in")
            self._all_failed(files, Problem("failed", **reason_and_detail(error, "reason_program")))

    def _outcome(self, index: Index, file: FileStatus) -> FileStatus:
        """What the index holds of a file by now."""
        path = str(file.path)
        articles = len(index.catalogue.article_ids_of_file(path))
        record = index.catalogue.file(path)
        problems = tuple(Problem(**each) for each in record.problems) if record is not None else ()
        if articles:
            phase = "known" if file.phase == "known" else "done"
            return replace(file, phase=phase, articles=articles, problems=problems)
        if file.path is not None and is_file_of_removed(index, file.path):
            return replace(file, phase="removed", problems=problems)
        return replace(file, phase="failed", problems=problems or (Problem("page_without_text", file=path),))

    def _drop_unreadable(self, index: Index, file: FileStatus) -> None:
        """A file that nothing could be read from is not kept."""
        path = file.path
        if path is not None and self._outcome(index, file).phase == "failed":
            when_free(lambda: forget_file(index, path), _UPLOADS_WAIT)
            path.unlink(missing_ok=True)

    def _all_failed(self, files: list[FileStatus], problem: Problem) -> None:
        for each in files:
            self._set(replace(each, phase="failed", problems=(problem,)))

    def _set(self, file: FileStatus) -> None:
        with self._lock:
            files = tuple(file if each.key == file.key else each for each in self.status.files)
            self.status = replace(self.status, files=files)
