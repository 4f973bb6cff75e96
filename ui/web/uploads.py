"""Files that people upload: a safe name in the uploads folder, whatever the file was called."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.private_files import close_to_others, private_folder
from corpus.problem import Problem
from corpus.readers import READERS
from corpus.readers.records import MAPPING_FILE
from corpus.reasons import reason_and_detail
from corpus.web import ADDRESSES_FILE
from corpus.whole_files import part_in, sweep_parts

_LONGEST_NAME_BYTES = 160
_FORBIDDEN = re.compile(r'[<>:"|?*!]')
# Windows opens a device for these, with any ending.
_DEVICES = re.compile(r"^(?:con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d|com[¹²³]|lpt[¹²³])(?:\.|$)", re.I)


@dataclass(frozen=True)
class Stored:
    """Where an upload lies now; `is_new` is false when the same file was there already."""

    path: Path
    is_new: bool


def safe_name(name: str) -> str:
    """A file name without folders, signs that no file name may hold, hidden characters and reserved names.

    The ending is kept. Always gives a name; the name of an empty one is "file".
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = _FORBIDDEN.sub("_", " ".join(name.split())).rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    ending = _cut(dot + ending, 40).rstrip(". ")
    stem = _cut(stem, _LONGEST_NAME_BYTES - len(ending.encode())).strip(". ") or "file"
    name = stem + ending
    if _DEVICES.match(name) or name.lower() in {MAPPING_FILE.lower(), ADDRESSES_FILE.lower()}:
        name = "_" + name
    return name


def store_upload(
    upload: Path,
    name: str,
    folder: Path,
    most_megabytes: int,
    before: Callable[[Path], None] = lambda path: None,
) -> Stored:
    """Copy `upload` into `folder` under a safe form of `name`; a taken name gets a number.

    The whole file appears at once, and `before` is called with its path just before: whoever reads the folder meanwhile,
    or after a stop, finds no part of a file and no file that `before` was not told of.

    Raises:
        Problem: `unknown_format`, `file_too_large`, `empty_file`, `upload_not_stored`.
    """
    name = safe_name(name)
    if Path(name).suffix.lower() not in READERS:
        raise Problem("unknown_format", file=name, known=" ".join(sorted(READERS)))
    try:
        size = upload.stat().st_size
        if size > most_megabytes * 1024 * 1024:
            raise Problem("file_too_large", file=name, most=most_megabytes)
        if size == 0:
            raise Problem("empty_file", file=name)
        private_folder(folder)
        return _copied(upload, name, folder, before)
    except OSError as error:
        raise Problem("upload_not_stored", file=name, **reason_and_detail(error)) from error


def _copied(upload: Path, name: str, folder: Path, before: Callable[[Path], None]) -> Stored:
    sweep_parts(folder)
    # Hidden, so that it is no document to whoever reads the folder.
    part = part_in(folder)
    try:
        with part.open("xb") as stream, upload.open("rb") as source:
            close_to_others(part)
            shutil.copyfileobj(source, stream)
        number = 1
        while True:
            numbered = name if number == 1 else f"{Path(name).stem} ({number}){Path(name).suffix}"
            target = folder / numbered
            if not os.path.lexists(target):
                before(target.resolve())
                part.rename(target)
                return Stored(target.resolve(), is_new=True)
            if target.is_file() and filecmp.cmp(part, target, shallow=False):
                return Stored(target.resolve(), is_new=False)
            number += 1
    finally:
        part.unlink(missing_ok=True)


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore")
