"""What reading one file may take, by format: seconds, memory, temporary files, and how large the file may be.

The only place where these bounds are named. A format that needs more than most (a conversion by another program,
recognition of scanned pages) has a line of its own here, whatever reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Budget:
    """Bounds of the process that reads a file, and of the programs that it starts.

    `largest` is the megabytes that the file may have. `seconds` and `megabytes` (of address space) are what any file may
    take; for each megabyte of the file `seconds_each` and `megabytes_each` are added. `written` is the megabytes that one
    temporary file may have; 0 keeps the reader from writing any.
    """

    largest: int = 512
    seconds: float = 30.0
    seconds_each: float = 0.0
    megabytes: int = 1500
    megabytes_each: int = 0
    written: int = 0

    def of_file(self, size: int) -> Limits:
        """What a file of `size` bytes may take."""
        megabytes = size / _MEGABYTE
        return Limits(
            seconds=self.seconds + self.seconds_each * megabytes,
            memory=int((self.megabytes + self.megabytes_each * megabytes) * _MEGABYTE),
            written=self.written * _MEGABYTE,
        )


@dataclass(frozen=True)
class Limits:
    """What one piece of work in the sandbox may take: seconds, bytes of address space, bytes in one written file."""

    seconds: float
    memory: int
    written: int = 0


_OTHER = Budget()
# Text is held several times over: as bytes, characters, records, blocks and lines.
_TEXT = Budget(largest=32, seconds_each=2, megabytes_each=32)
# Old and rare versions of them are converted by another program, which writes files.
_OFFICE = Budget(seconds=60, megabytes=2500, written=512)
# Recognition of a scanned page takes some eight seconds of a processor, and its engine 2 GB of addresses.
_PAGES = Budget(seconds=900, megabytes=3500)
BUDGETS: dict[str, Budget] = {
    ".md": _TEXT,
    ".markdown": _TEXT,
    ".txt": _TEXT,
    ".jsonl": Budget(largest=256, seconds_each=2, megabytes_each=32),
    ".json": Budget(largest=128, seconds_each=2, megabytes_each=32),
    ".csv": Budget(largest=64, seconds_each=2, megabytes_each=32),
    ".tsv": Budget(largest=64, seconds_each=2, megabytes_each=32),
    ".zip": Budget(seconds=120, written=1024),
    **dict.fromkeys(
        (".doc", ".dot", ".wps", ".xls", ".et", ".ppt", ".pps", ".dps", ".xlsx", ".xlsm"), _OFFICE
    ),
    **dict.fromkeys((".eml", ".mht", ".mhtml"), _OFFICE),
    ".pdf": _PAGES,
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"), _PAGES),
}
"""By the ending of the file's name; `budget_for` gives those of other endings."""
_SPLITTING = Budget(seconds_each=2, megabytes_each=32)


def budget_for(file: Path) -> Budget:
    """The bounds for a file of this name."""
    return BUDGETS.get(file.suffix.lower(), _OTHER)


def limits_for_splitting(characters: int) -> Limits:
    """What cutting an article of so many characters into passages may take."""
    return _SPLITTING.of_file(4 * characters)
