"""Uploads that were not taken in yet: who sent each, and into which collection, so that a restart forgets neither.

Without this an upload that was waiting when the server stopped would be read like any file: into no collection, for
everybody to see, and whatever collection it names itself.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Article
from corpus.private_files import private_folder
from corpus.problem import Problem
from corpus.whole_files import PART_KEPT_S, write_whole
from index.store import Index
from index.sync import Check
from ui.people.person import Person, Role, may_fill

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WaitingUpload:
    """A file in the uploads folder; `collection` is the one chosen for its articles, empty for none."""

    path: Path
    person: Person
    collection: str = ""


class WaitingUploads:
    """A note for each upload that waits, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, upload: WaitingUpload) -> None:
        """Remember an upload.

        Raises:
            OSError: The note cannot be written.
        """
        private_folder(self._folder)
        person, seen = upload.person, upload.person.collections
        values = {
            "path": str(upload.path),
            "collection": upload.collection,
            "person": person.name,
            "role": person.role.value,
            "seen": None if seen is None else sorted(seen),
        }
        write_whole(self._of(upload.path), json.dumps(values, ensure_ascii=False).encode())

    def forget(self, path: Path) -> None:
        """An upload is dealt with."""
        for note in self._notes_of(path):
            note.unlink(missing_ok=True)

    def has(self, path: Path) -> bool:
        """Whether an upload waits; true from before it lies where it is read."""
        return any(note.exists() for note in self._notes_of(path))

    def is_fresh(self, path: Path) -> bool:
        """Whether an upload was noted so lately that another server may still be putting its file in place."""
        try:
            return time.time() - self._of(path).stat().st_mtime < PART_KEPT_S
        except OSError:
            return False

    def all(self) -> Iterator[WaitingUpload]:
        """What still waits; a note that cannot be read keeps its file out."""
        for note in sorted(self._folder.glob("*.json")) if self._folder.is_dir() else []:
            try:
                values = json.loads(note.read_text("utf-8"))
                seen = None if values["seen"] is None else frozenset(values["seen"])
                person = Person(values["person"], Role(values["role"]), seen)
                yield WaitingUpload(Path(values["path"]), person, values["collection"])
            except (OSError, ValueError, KeyError, TypeError):
                _log.warning("the note of an upload cannot be read: %s", note)

    def _notes_of(self, path: Path) -> tuple[Path, Path]:
        """The note of an upload, and how a version before this one called it."""
        return self._of(path), self._folder / f"{path.name}.json"

    def _of(self, path: Path) -> Path:
        # Not the file's name, which others may have sent too.
        return self._folder / f"{hashlib.sha256(str(path).encode()).hexdigest()[:32]}.json"


def rights_check(index: Index, person: Person) -> Check:
    """Refuses articles whose own file puts them into a collection that the person may not fill."""
    known = index.catalogue.collections()

    def check(article: Article) -> Problem | None:
        if may_fill(person, article.collection, known):
            return None
        return Problem("upload_collection", file=article.file, collection=article.collection)

    return check
