"""Who has a data folder open for long: servers and watchers, so that nothing is put in their folder's place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from corpus.problem import Problem
from corpus.reasons import reason_and_detail

FOLDER_NAME = "in-use"


@contextmanager
def in_use(data: Path) -> Iterator[None]:
    """Mark `data` as open while this lasts; the mark of a process that was killed counts no more."""
    mark = data / FOLDER_NAME / f"{token_hex(6)}.lock"
    lock = FileLock(mark)
    # A folder that cannot be written can be served all the same.
    with suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    try:
        yield
    finally:
        lock.release()
        with suppress(OSError):
            mark.unlink(missing_ok=True)


def is_in_use(data: Path) -> bool:
    """Whether another server or watcher has `data` open."""
    try:
        refuse_while_in_use(data)
    except Problem as problem:
        return problem.code == "data_in_use"
    return False


def refuse_while_in_use(data: Path) -> None:
    """Check that no server or watcher has `data` open.

    Raises:
        Problem: `data_in_use`.
    """
    for mark in sorted((data / FOLDER_NAME).glob("*.lock")):
        try:
            with FileLock(mark, timeout=0):
                mark.unlink(missing_ok=True)
        except Timeout:
            raise Problem("data_in_use", folder=data) from None
        except OSError as error:
            raise Problem("data_not_writable", folder=data, **reason_and_detail(error)) from error
