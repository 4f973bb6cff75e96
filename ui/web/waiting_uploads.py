"""Uploads that were not taken in yet: who sent each, and into which collection, so that a restart forgets neither.

Without this an upload that was waiting when the server stopped would be read like any file: into no collection, for
everybody to see, and whatever collection it names itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Article
from corpus.private_files import private_file, private_folder
from corpus.problem import Problem
from index.store import Index
from index.sync import Check
from ui.people.person import Person, Role, may_fill


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
        private_file(self._of(upload.path)).write_text(json.dumps(values, ensure_ascii=False), "utf-8")

    def forget(self, path: Path) -> None:
        """An upload is dealt with."""
        self._of(path).unlink(missing_ok=True)

    def all(self) -> Iterator[WaitingUpload]:
        """What still waits; a note that cannot be read lets its person do nothing."""
        for note in sorted(self._folder.glob("*.json")) if self._folder.is_dir() else []:
            try:
                values = json.loads(note.read_text("utf-8"))
                seen = None if values["seen"] is None else frozenset(values["seen"])
                person = Person(values["person"], Role(values["role"]), seen)
                yield WaitingUpload(Path(values["path"]), person, values["collection"])
            except (OSError, ValueError, KeyError, TypeError):
                note.unlink(missing_ok=True)

    def _of(self, path: Path) -> Path:
        return self._folder / f"{path.name}.json"


def rights_check(index: Index, person: Person) -> Check:
    """Refuses articles whose own file puts them into a collection that the person may not fill."""
    known = index.catalogue.collections()

    def check(article: Article) -> Problem | None:
        if may_fill(person, article.collection, known):
            return None
        return Problem("upload_collection", file=article.file, collection=article.collection)

    return check
