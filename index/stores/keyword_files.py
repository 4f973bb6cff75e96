"""Whether tantivy's files are whole: each ends with a checksum of what stands before it."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

KEYWORDS = "keywords"
"""The folder of the words in an index folder."""
_LIST = "meta.json"
_MAGIC = 1337
_END = struct.Struct("<II")
_PIECE = 1 << 20
_LONGEST_FOOTER = 10_000


def damage_of_folder(folder: Path) -> str:
    """The code of the reason why a folder of words cannot be trusted; empty where it is whole, or not there."""
    if not folder.exists() or not any(folder.iterdir()):
        return ""
    try:
        segments = json.loads((folder / _LIST).read_text("utf-8"))["segments"]
        wanted = {str(each["segment_id"]).replace("-", "") for each in segments}
    except FileNotFoundError:
        return "reason_not_there"
    except (OSError, ValueError, KeyError, TypeError):
        return "reason_database_damaged"
    files: dict[str, list[Path]] = {each: [] for each in wanted}
    for file in folder.iterdir():
        if (segment := file.name.partition(".")[0]) in wanted:
            files[segment].append(file)
    if not all(files.values()):
        return "reason_not_there"
    whole = all(_is_whole(file) for own in files.values() for file in own)
    return "" if whole else "reason_database_damaged"


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
            told = json.loads(stream.read(length))["crc"]
            stream.seek(0)
            made, left = 0, body
            while left and (piece := stream.read(min(left, _PIECE))):
                made, left = zlib.crc32(piece, made), left - len(piece)
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return False
    return left == 0 and made == told
