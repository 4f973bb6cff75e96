"""What a backup holds: its table of contents, and which files of a data folder belong in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, Field

from assistant.settings import Settings
from index.folder_lock import LOCK_NAME, VECTORS_LOCK_NAME
from index.kept_copy import KEPT_MARK
from index.salvage import DAMAGED_MARK
from index.stores.keyword_files import KEYWORD_LOCKS
from index.vector_damage import OPENING_NAMES
from ui.in_use import FOLDER_NAME as IN_USE

MANIFEST_NAME = "manifest.json"
FORM = 1
"""Number of the form of backups; raised when an older assistant could not read a newer one."""
MADE_AGAIN = frozenset({"models", "incoming", "cache", ".cache", "tmp", "__pycache__", IN_USE})
"""Folders at the top of the data folder that are made again by themselves."""
_BESIDE_A_DATABASE = ("-wal", "-shm", "-journal")
_SQLITE = b"SQLite format 3\x00"


class Entry(BaseModel):
    """A file of a backup: its path below `data/` or `index/`, bytes, and digest."""

    name: str
    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    @property
    def is_safe(self) -> bool:
        """Whether the name stays inside the folder that it is for."""
        path = PurePosixPath(self.name)
        parts = path.parts
        return (
            len(parts) > 1
            and parts[0] in {"data", "index"}
            and ".." not in parts
            and "\x00" not in self.name
            # On Windows these lead to other folders; elsewhere they are letters of a name.
            and (os.name != "nt" or not any(mark in self.name for mark in "\\:"))
            and str(path) == self.name
        )


class Manifest(BaseModel):
    """The first member of a backup. `made` is a time in UTC, `assistant` the version that made it."""

    form: int
    made: str
    assistant: str
    files: list[Entry]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.files)


def places_of(settings: Settings) -> dict[str, Path]:
    """The folders that a backup is made of, by the name they have in it; the index may lie in the data folder."""
    return {"data": settings.data.resolve(), "index": settings.index_folder.resolve()}


def files_of(places: dict[str, Path]) -> Iterator[tuple[str, Path]]:
    """Name in the backup and path of everything that belongs in it; links are given too, folders never."""
    data, index = places["data"], places["index"]
    for root, top in (("data", data), ("index", index)):
        for path in _below(top):
            if root == "data" and (index in path.parents or path == index):
                continue
            relative = path.relative_to(top)
            if root == "data" and relative.parts[0] in MADE_AGAIN:
                continue
            if not _is_of_the_moment(relative) and not _belongs_to_a_database(path):
                yield f"{root}/{relative.as_posix()}", path


def is_database(path: Path) -> bool:
    """Whether a file is an SQLite database, by its first bytes."""
    with path.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE


def _below(top: Path) -> Iterator[Path]:
    for path in sorted(top.iterdir()) if top.is_dir() else []:
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        elif path.is_file() or path.is_symlink():
            yield path


def _is_of_the_moment(relative: Path) -> bool:
    """Whether a file is a lock or mark of a running process, or a copy that a migration or repair left aside."""
    aside = any(mark in part for part in relative.parts for mark in (KEPT_MARK, DAMAGED_MARK))
    return aside or relative.name in {LOCK_NAME, VECTORS_LOCK_NAME, *OPENING_NAMES, *KEYWORD_LOCKS}


def _belongs_to_a_database(path: Path) -> bool:
    """Whether SQLite keeps the file beside a database; a copy of the database holds what is in it."""
    for ending in _BESIDE_A_DATABASE:
        if path.name.endswith(ending):
            return path.with_name(path.name.removesuffix(ending)).is_file()
    return False
