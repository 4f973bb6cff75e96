"""Files that appear whole: written under a hidden name that nobody reads, then renamed. What a stop left is swept."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from corpus.private_files import close_to_others

PART_KEPT_S = 3600.0
"""For how long a part of a file is taken for one that is still being written."""
_PART = re.compile(r"\.[0-9a-f]{16}\.part")


def part_in(folder: Path) -> Path:
    """A new hidden name in a folder, under which a file is written before it appears."""
    return folder / f".{token_hex(8)}.part"


def write_whole(file: Path, data: bytes) -> None:
    """Write a file, readable to its owner only, so that a reader finds all of it or what was there before.

    Raises:
        OSError: It cannot be written; no part of it is left.
    """
    part = part_in(file.parent)
    try:
        with part.open("xb") as stream:
            close_to_others(part)
            stream.write(data)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def sweep_parts(folder: Path, kept_s: float = PART_KEPT_S) -> None:
    """Delete the parts in a folder, and in the folders in it, that were written last more than `kept_s` seconds ago."""
    until = time.time() - kept_s
    with suppress(OSError):
        for part in (*folder.glob(".*.part"), *folder.glob("*/.*.part")):
            with suppress(OSError):
                if _PART.fullmatch(part.name) and part.lstat().st_mtime < until:
                    part.unlink()
