"""Reading a file that somebody may be writing at the same time."""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpus.load import read_articles
from corpus.model import Article
from corpus.problem import Problem

_TRIES = 3
FileState = tuple[int, int, int] | None


def state_of(file: Path) -> FileState:
    """What changes when a file is written; None where it is gone."""
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns, state.st_ino


def read_at_rest(file: Path, key: str) -> tuple[list[Article | Problem], str]:
    """What a file holds that changed while it was read, and its digest.

    One that goes on changing is taken as it is for now; its digest is empty, so that the next ingest reads it again.
    """
    found: list[Article | Problem] = []
    for _ in range(_TRIES):
        before = state_of(file)
        try:
            digest = digest_of(file)
        except OSError:
            digest = ""
        found = list(read_articles(file, key=key))
        if state_of(file) == before:
            return found, digest
    return found, ""


def digest_of(file: Path) -> str:
    """SHA-256 of a file's bytes."""
    with file.open("rb") as stream:
        return (
            hashlib.file_digest(stream, "sha256").hexdigest()
            if hasattr(hashlib, "file_digest")
            else (hashlib.sha256(stream.read()).hexdigest())
        )
