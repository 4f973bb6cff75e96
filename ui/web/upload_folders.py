"""Where files lie that people have sent to a page and that were not taken in yet: a folder for each person."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from corpus.private_files import private_folder
from ui.people.person import Person

KEPT_S = 3600.0
"""For how long a file waits that was sent and never taken in."""


class UploadFolders:
    """A folder for each person under `root`, and in it one for each time that something was sent.

    Who may read a file is told by where it lies, so that a restart forgets nothing. Files are their owner's alone.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def new_folder(self, person: Person) -> Path:
        """A new folder for what the person sends now; nobody can guess its name.

        Raises:
            OSError: It cannot be made.
        """
        private_folder(self._root)
        private_folder(self._of(person))
        return private_folder(self._of(person) / token_hex(16))

    def owns(self, person: Person, path: str) -> bool:
        """Whether `path` is a file that this person has sent, named plainly: no link, no way round through `..`."""
        folder = str(self._of(person))
        if "\0" in path or os.path.normpath(path) != path or not path.startswith(folder + os.sep):
            return False
        real = os.path.join(os.path.realpath(folder), os.path.relpath(path, folder))
        return os.path.realpath(path) == real and os.path.isfile(path)

    def bytes_of(self, person: Person) -> int:
        """How much lies there of one person."""
        return sum(_size(file) for file in self._of(person).rglob("*"))

    def sweep(self, kept_s: float = KEPT_S) -> None:
        """Delete what has waited longer than `kept_s` seconds."""
        until = time.time() - kept_s
        with suppress(OSError):
            for person in list(self._root.iterdir()):
                for sent in list(person.iterdir()):
                    if sent.lstat().st_mtime < until:
                        shutil.rmtree(sent, ignore_errors=True)
                with suppress(OSError):
                    person.rmdir()

    def _of(self, person: Person) -> Path:
        return self._root / folder_name_of(person)


def folder_name_of(person: Person) -> str:
    """The name of a folder that is one person's, and tells nobody whose."""
    return hashlib.sha256(person.name.casefold().encode()).hexdigest()[:32]


def _size(file: Path) -> int:
    try:
        return file.lstat().st_size
    except OSError:
        return 0
