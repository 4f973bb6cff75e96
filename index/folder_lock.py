"""Who may write to an index folder: one process at a time, which says who it is."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.problem import Problem
from corpus.reasons import reason_and_detail

LOCK_NAME = "ingest.lock"
HOLDER_NAME = "ingest.holder"
VECTORS_LOCK_NAME = "vectors.lock"
_LET_END = 10.0
"""How many seconds the children of a killed process are given to end."""
_LET_STORE = 60.0
_LOOKS_EVERY = 0.01
"""How many seconds another process is given to store a batch of vectors, and how often is looked whether it has."""
_LET_STORE_WORDS = 15.0
_LOOKS_FOR_A_NOTE_EVERY = 0.2
"""How many seconds a holder without a note is given, and how often is looked whether it has one by now."""


def take_folder(folder: Path, wait: float = 0.0) -> FileLock:
    """The lock of an index folder, held; `wait` is how many seconds another holder is given to end.

    Raises:
        Problem: `index_busy`, naming process and time; `index_not_writable` when the folder cannot be written.
    """
    lock = FileLock(folder / LOCK_NAME)
    try:
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            if _is_gone(folder / HOLDER_NAME):
                # Who held it was killed; what it had started to read files is about to end.
                lock.acquire(timeout=max(wait, _LET_END))
            else:
                _acquire_from_nameless(lock, folder / HOLDER_NAME)
    except Timeout:
        raise Problem("index_busy", folder=folder, holder=_read_holder(folder / HOLDER_NAME)) from None
    except OSError as error:
        raise Problem("index_not_writable", folder=folder, **reason_and_detail(error)) from error
    return lock


def _acquire_from_nameless(lock: FileLock, holder: Path) -> None:
    """Take a lock from who holds it without a note, as a server does that stores words (`folder_if_free`): that takes seconds.

    Raises:
        Timeout: when the holder has a note, or holds it longer.
    """
    end = time.monotonic() + _LET_STORE_WORDS
    while True:
        if holder.exists() or time.monotonic() > end:
            raise Timeout(lock.lock_file)
        with suppress(Timeout):
            lock.acquire(timeout=_LOOKS_FOR_A_NOTE_EVERY)
            return


def note_holder(folder: Path) -> str:
    """Write down who holds the folder, for those who are turned away; what was written."""
    note = f"{os.getpid()} {datetime.now():%H:%M:%S}"
    with suppress(OSError):
        (folder / HOLDER_NAME).write_text(note, "utf-8")
    return note


def holder_of(folder: Path) -> tuple[str, bool]:
    """Who holds an index folder for writing, by the note in it: no lock is touched.

    Returns:
        Process and time, empty where nobody holds it, and whether that process still runs: else it was killed.
    """
    holder = folder / HOLDER_NAME
    return (_read_holder(holder), not _is_gone(holder)) if holder.exists() else ("", False)


@contextmanager
def vector_files(folder: Path) -> Iterator[None]:
    """Keep other processes from the vector files of an index folder while they are read into memory or written to.

    Chroma takes it for granted that its folder is one process's alone: who opens it reads its files, and writes to them
    what is still to be done, without looking whether another does the same. Read while they are written, they end the
    process. It may be taken again inside.

    Raises:
        Problem: `index_busy`, naming process and time, where another keeps them for a minute.
    """
    if not folder.is_dir():
        # The lock would make it again.
        yield
        return
    lock = FileLock(folder / VECTORS_LOCK_NAME, is_singleton=True)
    try:
        lock.acquire(timeout=_LET_STORE, poll_interval=_LOOKS_EVERY)
    except Timeout:
        raise Problem("index_busy", folder=folder, holder=_read_holder(folder / HOLDER_NAME)) from None
    except OSError:
        # Nobody can write here.
        yield
        return
    try:
        yield
    finally:
        lock.release()


def _is_gone(holder: Path) -> bool:
    """Whether the process that noted itself as the holder no longer runs."""
    number = _read_holder(holder).partition(" ")[0]
    # On Windows the signal would reach the process.
    if not number.isdigit() or os.name == "nt":
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


@contextmanager
def at_rest(folder: Path, wait: float = 0.0) -> Iterator[bool]:
    """Keep everybody from writing to an index folder while it is copied or replaced as a whole.

    Gives whether the ingest before was killed; its note stays, so that the next one still mends what it left.

    Raises:
        Problem: as `take_folder`.
    """
    lock = take_folder(folder, wait)
    holder = folder / HOLDER_NAME
    note = "" if holder.exists() else note_holder(folder)
    try:
        yield not note
    finally:
        # Another folder may have taken the place of this one, with a note of its own.
        if note and _read_holder(holder) == note:
            with suppress(OSError):
                holder.unlink(missing_ok=True)
        lock.release()


@contextmanager
def folder_if_free(folder: Path) -> Iterator[bool]:
    """Hold an index folder where nobody does, without waiting and without a note; gives whether it is held.

    The note of an ingest that was killed stays, so that the next one still mends what it left.
    """
    lock = FileLock(folder / LOCK_NAME)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _read_holder(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError:
        return "?"
