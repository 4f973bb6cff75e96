"""A copy of files as of one moment, for looking at what must not be changed: SQLite and Chroma write to what they open."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.problem import Problem
from index.file_at_rest import FileState, state_of
from index.stores.keyword_files import KEYWORDS

INDEX_FILES = ("catalogue.sqlite", "catalogue.txt", "sentences*.sqlite", "chroma/**/*", f"{KEYWORDS}/**/*")
"""What an index folder is made of, as `snapshot` takes it."""
NO_FAULT = frozenset({"snapshot_no_room", "snapshot_changing"})
"""Codes of the problems of making a copy; they tell nothing of the files."""
_BESIDE_A_DATABASE = ("", "-wal", "-journal")
_TRIES = 3
_MB = 1 << 20


@contextmanager
def snapshot(folder: Path, patterns: Sequence[str]) -> Iterator[Path]:
    """A private temporary folder with the files of `folder` that meet a pattern, removed when it is left.

    Args:
        folder: It is only read, and may be read-only.
        patterns: As `Path.glob` takes them; what SQLite keeps beside a database comes along.

    Raises:
        Problem: one of `NO_FAULT`: there is no room for the copy, or somebody writes to the files all the time.
        OSError: A file cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="assistant-", ignore_cleanup_errors=True) as made:
        for number in range(_TRIES):
            copy = Path(made, str(number))
            copy.mkdir()
            before = _states(folder, patterns)
            _check_room(before, copy)
            if _copy(before, folder, copy) and _states(folder, patterns) == before:
                yield copy
                return
            shutil.rmtree(copy)
        raise Problem("snapshot_changing", folder=folder)


def _states(folder: Path, patterns: Sequence[str]) -> dict[Path, FileState]:
    """The files with what changes when they are written."""
    endings = [pattern + beside for pattern in patterns for beside in _BESIDE_A_DATABASE]
    return {file: state_of(file) for ending in endings for file in folder.glob(ending) if file.is_file()}


def _check_room(files: dict[Path, FileState], copy: Path) -> None:
    needed = sum(state[0] for state in files.values() if state is not None)
    free = shutil.disk_usage(copy).free
    if needed > free:
        raise Problem("snapshot_no_room", needed=needed // _MB + 1, free=free // _MB)


def _copy(files: dict[Path, FileState], folder: Path, copy: Path) -> bool:
    """Copy the files; tells whether all of them were still there."""
    for file in files:
        target = copy / file.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(file, target)
        except FileNotFoundError:
            return False
    return True
