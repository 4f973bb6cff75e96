"""Damaged vector files: how they show, and opening them so that a crash of Chroma is noticed the next time.

Chroma's Rust core reports some damage as an error, panics on some, and on some ends the whole process. The last kind can
only be seen from outside: who opens the files leaves a mark until they answered, and where a mark was left a process of
its own looks first.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.problem import Problem
from corpus.reasons import reason_and_detail

OPENING_NAMES = (_MARK, _LOCK) = ("vectors.opening", "vectors.opening.lock")
"""Files in an index folder that stand for its being opened."""
_LONGEST_LOOK_S = 600
_DAMAGE = ("malformed", "not a database", "hnsw", "pickle", "error deserializing")
_NO_DAMAGE = ("no space", "disk is full", "(code: 13)")
_LOOK = """
import sys
import chromadb
from chromadb.config import Settings
client = chromadb.PersistentClient(path=sys.argv[1], settings=Settings(anonymized_telemetry=False))
for collection in client.list_collections():
    found = collection.get(limit=1, include=["embeddings"])["embeddings"]
    collection.get(include=[])
    if found is not None and len(found):
        collection.query(query_embeddings=found, n_results=10)
"""


def is_panic(error: BaseException) -> bool:
    """Whether Chroma's Rust core gave up; its exception cannot be imported and is no `Exception`."""
    return type(error).__name__ == "PanicException"


def is_damage(error: BaseException) -> bool:
    """Whether an error of Chroma tells of damaged files rather than of a full disk, say."""
    text = str(error).lower()
    return is_panic(error) or (
        any(word in text for word in _DAMAGE) and not any(word in text for word in _NO_DAMAGE)
    )


def damaged(folder: Path, error: BaseException) -> Problem:
    """The problem that the vectors in `folder`, Chroma's, are damaged."""
    return Problem(
        "vectors_broken", folder=folder.parent, **reason_and_detail(error, "reason_database_damaged")
    )


def can_be_opened(folder: Path) -> bool:
    """Whether Chroma opens `folder` and answers, tried in a process of its own."""
    try:
        look = subprocess.run(
            [sys.executable, "-c", _LOOK, str(folder)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_LONGEST_LOOK_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return look.returncode == 0


@contextmanager
def watched_opening(folder: Path) -> Iterator[None]:
    """Mark that `folder`, Chroma's, is being opened; what is done inside should ask for everything once.

    Raises:
        Problem: `vectors_broken` where the process that opened it last did not live to see it answer, and another try
            in a process of its own ends no better.
    """
    mark, lock = folder.parent / _MARK, FileLock(folder.parent / _LOCK)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        # Another process is opening it and watches, or nothing can be written here.
        yield
        return
    try:
        if mark.exists() and not can_be_opened(folder):
            raise Problem("vectors_broken", folder=folder.parent, reason="reason_ended_on_it")
        with suppress(OSError):
            mark.touch()
        try:
            yield
        finally:
            with suppress(OSError):
                mark.unlink(missing_ok=True)
    finally:
        lock.release()
