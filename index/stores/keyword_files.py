"""Whether tantivy's files are whole: each ends with a checksum of what stands before it."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any

KEYWORDS = "keywords"
"""The folder of the words in an index folder."""
KEYWORD_LOCKS = (".tantivy-writer.lock", ".tantivy-meta.lock")
"""Empty files that tantivy takes locks on."""
_LIST = "meta.json"
_PARTS = ("idx", "pos", "term", "store", "fieldnorm", "fast")
_MAGIC = 1337
_END = struct.Struct("<II")
_PIECE = 1 << 20
_LONGEST_FOOTER = 10_000


def damage_of_folder(folder: Path) -> str:
    """The code of the reason why a folder of words cannot be trusted; empty where it is whole, or not there."""
    if folder.exists() and not folder.is_dir():
        return "reason_database_damaged"
    if not folder.exists() or not any(folder.iterdir()):
        return ""
    try:
        wanted = _files_of(json.loads((folder / _LIST).read_text("utf-8"))["segments"])
    except FileNotFoundError:
        return "reason_not_there"
    except (OSError, ValueError, KeyError, TypeError):
        return "reason_database_damaged"
    files = [folder / name for name in wanted]
    if not all(file.exists() for file in files):
        return "reason_not_there"
    return "" if all(map(_is_whole, files)) else "reason_database_damaged"


def _files_of(segments: list[dict[str, Any]]) -> list[str]:
    """Names of the files that tantivy's list tells of: some for each segment, and one more for what was removed from it."""
    names = []
    for each in segments:
        own = str(each["segment_id"]).replace("-", "")
        names += [f"{own}.{part}" for part in _PARTS]
        if each["deletes"]:
            names.append(f"{own}.{each['deletes']['opstamp']}.del")
    return names


def _is_whole(file: Path) -> bool:
    """Whether the checksum at the end of a file, a JSON text with its length and a mark after it, is that of the rest."""
    size = file.stat().st_size
    try:
        with file.open("rb") as stream:
            stream.seek(max(0, size - _END.size))
            length, magic = _END.unpack(stream.read(_END.size))
            body = size - _END.size - length
            if magic != _MAGIC or length > _LONGEST_FOOTER or body < 0:
                return False
            stream.seek(body)
            expected = json.loads(stream.read(length))["crc"]
            stream.seek(0)
            made, left = 0, body
            while left and (piece := stream.read(min(left, _PIECE))):
                made, left = zlib.crc32(piece, made), left - len(piece)
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return False
    return left == 0 and made == expected
