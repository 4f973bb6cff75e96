"""Files of a folder that are not read: those that are no documents at all, and those that are named."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from corpus.problem import Problem
from corpus.readers.records import MAPPING_FILE
from corpus.web import ADDRESSES_FILE

_OURS = frozenset({MAPPING_FILE.lower(), ADDRESSES_FILE.lower()})
_OF_SYSTEMS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "autorun.inf", "__macosx"})
_LOCK = re.compile(r"^(?:~\$|\.~lock\.|~wr[ald]\d*\.tmp$)", re.IGNORECASE)
_LINKS = frozenset({".lnk", ".url", ".webloc", ".desktop"})
_ARCHIVES = frozenset(
    {".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".cab", ".iso", ".arj", ".lzh"}
)
_UNFINISHED = frozenset(
    {".part", ".partial", ".crdownload", ".download", ".!ut", ".td", ".xltd", ".baiduyun"}
)


def is_beside(path: str) -> bool:
    """Whether a file (its path inside a folder or an archive) is no document but left by a program or a system.

    Hidden files, lock files of an editor ("~$方案.docx"), Thumbs.db, shortcuts, and the files by which a folder tells
    its fields and addresses.
    """
    parts = [part for part in PurePosixPath(path.replace("\\", "/")).parts if part not in {".", ".."}]
    name = parts[-1] if parts else ""
    return (
        any(part.startswith(".") or part.lower() in _OF_SYSTEMS for part in parts)
        or name.lower() in _OURS
        or bool(_LOCK.match(name))
        or PurePosixPath(name).suffix.lower() in _LINKS
    )


def not_read(file: Path) -> Problem:
    """What is said of a file that no reader knows."""
    ending = file.suffix.lower()
    if ending in _ARCHIVES:
        return Problem("archive_not_read", file=file, ending=ending)
    if ending in _UNFINISHED:
        return Problem("download_not_finished", file=file)
    return Problem("file_kind_not_read", file=file, ending=ending or file.name)
