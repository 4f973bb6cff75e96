"""Which files are new, changed, moved or gone since the index was last brought in step with them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.file_contents import READING
from corpus.language.normalize import readable
from corpus.load import is_text
from corpus.problem import Problem
from corpus.reasons import unreadable_file
from index.catalogue import Catalogue, FileRecord
from index.file_at_rest import FileState, digest_of, state_of
from index.file_store import IngestReport
from index.given_collections import follow_move, given_to, is_applied


@dataclass(frozen=True)
class ChangedFile:
    """A file to be read, as it was when it was looked at; `record` is what the index knows of it, None of a new one."""

    file: Path
    digest: str
    state: FileState
    size: int
    record: FileRecord | None

    @property
    def key(self) -> str:
        """What makes the ids of its articles; empty for a new one, whose path does."""
        return self.record.key if self.record is not None else ""


class FileChanges:
    """Compares the `files` found under `paths` with the catalogue; `gone` are the names of those it alone knows."""

    def __init__(self, catalogue: Catalogue, paths: list[Path], files: dict[Path, None]) -> None:
        self._catalogue = catalogue
        self._files = files
        self._known = catalogue.files()
        self._given = catalogue.given_collections()
        self._collected = catalogue.collections_by_file() if self._given else {}
        self.gone = _files_gone(self._known, paths, files)
        self._gone_by_digest = {self._known[name].digest: name for name in self.gone}

    def changed(self, report: IngestReport) -> Iterator[ChangedFile]:
        """The files to be read. Others are counted in the report, with the problems that they had when they were read.

        One that was moved is followed in the catalogue, and is no longer `gone`.
        """
        for file in self._files:
            if not is_text(file):
                report.problems.append(nameless(file))
                continue
            try:
                state, size, digest = state_of(file), file.stat().st_size, digest_of(file)
            except OSError as error:
                report.problems.append(unreadable_file(file, error))
                continue
            record = self._known.get(str(file))
            moved = record is None and digest in self._gone_by_digest
            if moved:
                record = self._follow(file, digest)
                report.moved += 1
            if record is not None and self._is_as_it_was(file, digest, record):
                report.unchanged += not moved
                report.problems += [Problem(**problem) for problem in record.problems]
            else:
                yield ChangedFile(file, digest, state, size, record)

    def _follow(self, file: Path, digest: str) -> FileRecord:
        """Note that a file that is gone lies here now."""
        old = self._gone_by_digest.pop(digest)
        follow_move(self._catalogue, self._given, old, str(file))
        self._catalogue.move_file(old, str(file))
        self.gone.remove(old)
        self._collected[str(file)] = self._collected.pop(old, set())
        self._known[str(file)] = self._known.pop(old)
        return self._known[str(file)]

    def _is_as_it_was(self, file: Path, digest: str, record: FileRecord) -> bool:
        """Whether its bytes, the way of reading and the collection given to it are those of the last ingest."""
        of_its_collection = is_applied(
            self._collected.get(str(file), set()), given_to(str(file), self._given)
        )
        return record.digest == digest and record.reading == READING and of_its_collection


def nameless(path: Path) -> Problem:
    """The problem of a file whose name is no text."""
    return Problem("file_name_is_no_text", file=readable(str(path)))


def _files_gone(known: dict[str, FileRecord], paths: list[Path], files: dict[Path, None]) -> list[str]:
    """Known files under an ingested folder that are no longer there.

    What is there and not found stays: uploads lie in a hidden folder that may be inside the corpus.
    """
    folders = [path.resolve() for path in paths if path.is_dir()]
    return [
        name
        for name in known
        if Path(name) not in files
        and any(folder in Path(name).parents for folder in folders)
        and not os.path.isfile(name)
    ]
