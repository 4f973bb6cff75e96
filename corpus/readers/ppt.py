"""PowerPoint 97–2003 slides (.ppt, and WPS's .dps): the texts of every slide, the title as its heading."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from corpus.block import Draft
from corpus.problem import Problem
from corpus.readers.flow import Paragraph, Part, draft_of_flow
from corpus.readers.ole import ole_names, ole_streams
from corpus.reasons import broken_file

_HEAD = struct.Struct("<HHI")
_DOCUMENT, _SLIDE, _MAIN_MASTER, _NOTES, _HANDOUT = 1000, 1006, 1016, 1008, 4041
_LIST_WITH_TEXT, _PLACE, _TEXT_KIND, _CHARACTERS, _BYTES = 4080, 1011, 3999, 4000, 4008
_USER_EDIT, _PERSIST = 4085, 6002
_TITLES = frozenset({0, 6})
_MOST_EDITS = 1000
_DEEPEST = 40
_NO_TEXT = frozenset({"*"})


def read_ppt(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a presentation."""
    streams = ole_streams(file, "PowerPoint Document", "Current User")
    data = streams.get("PowerPoint Document", b"")
    if not data:
        raise broken_file(file, "reason_part_missing", part="PowerPoint Document")
    if "EncryptedSummary" in ole_names(file):
        raise Problem("file_encrypted", file=file)
    try:
        parts = _parts(data, streams.get("Current User", b""))
    except (struct.error, IndexError, ValueError) as error:
        raise broken_file(file, error) from error
    yield draft_of_flow(parts, file)


def _parts(data: bytes, user: bytes) -> list[Part]:
    """The texts of the slides in their order."""
    places = _places(data, user)
    root = places.get(_root(data, user), -1)
    outline = _outline(data, root) if root >= 0 else []
    if not outline:
        # Without a table of places: every slide as it lies in the file.
        slides = [_texts(data, at, end) for kind, at, end in _records(data, 0, len(data)) if kind == _SLIDE]
    else:
        slides = [_of_slide(data, places.get(number, -1), given) for number, given in outline]
    parts: list[Part] = []
    for texts in slides:
        for number, (kind, text) in enumerate(texts):
            lines = [line.strip() for line in text.replace("\x0b", "\n").replace("\r", "\n").split("\n")]
            lines = [line for line in lines if line and line not in _NO_TEXT]
            if kind in _TITLES and lines and not any(k in _TITLES for k, _ in texts[:number]):
                parts.append(Paragraph("".join(lines), level=1 if parts else 0, is_title=not parts))
            else:
                parts += [Paragraph(line) for line in lines]
    return parts


def _of_slide(data: bytes, at: int, given: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The texts of a slide: those of its outline, then those that only its shapes hold."""
    if at < 0 or at + _HEAD.size > len(data):
        return given
    _, kind, length = _HEAD.unpack_from(data, at)
    own = _texts(data, at + _HEAD.size, at + _HEAD.size + length) if kind == _SLIDE else []
    known = {text for _, text in given}
    return given + [(kind, text) for kind, text in own if text not in known]


def _records(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The records of a stretch: kind, and where the content begins and ends."""
    end = min(end, len(data))
    while at + _HEAD.size <= end:
        _, kind, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        yield kind, at, min(at + length, end)
        at += length


def _texts(data: bytes, at: int, end: int, depth: int = 0) -> list[tuple[int, str]]:
    """The texts inside a record with their kinds, 4 (other) where none is told."""
    found: list[tuple[int, str]] = []
    if depth > _DEEPEST:
        return found
    kind_of_text = 4
    place = at
    while place + _HEAD.size <= min(end, len(data)):
        flags, kind, length = _HEAD.unpack_from(data, place)
        first, last = place + _HEAD.size, min(place + _HEAD.size + length, end)
        place += _HEAD.size + length
        if kind == _TEXT_KIND and length >= 4:
            (kind_of_text,) = struct.unpack_from("<I", data, first)
        elif kind == _CHARACTERS:
            found.append((kind_of_text, data[first:last].decode("utf-16-le", "replace")))
        elif kind == _BYTES:
            found.append((kind_of_text, data[first:last].decode("latin-1")))
        elif flags & 0xF == 0xF:
            found += _texts(data, first, last, depth + 1)
    return found


def _outline(data: bytes, root: int) -> list[tuple[int, list[tuple[int, str]]]]:
    """The slides that the document lists, by number in the table of places, with the texts given there."""
    _, kind, length = _HEAD.unpack_from(data, root)
    slides: list[tuple[int, list[tuple[int, str]]]] = []
    if kind != _DOCUMENT:
        return slides
    at, end = root + _HEAD.size, min(root + _HEAD.size + length, len(data))
    while at + _HEAD.size <= end:
        flags, kind, length = _HEAD.unpack_from(data, at)
        if kind == _LIST_WITH_TEXT and flags >> 4 == 0:
            kind_of_text = 4
            for kind, first, last in _records(data, at + _HEAD.size, at + _HEAD.size + length):
                if kind == _PLACE and last - first >= 4:
                    slides.append((struct.unpack_from("<I", data, first)[0], []))
                elif kind == _TEXT_KIND and last - first >= 4:
                    (kind_of_text,) = struct.unpack_from("<I", data, first)
                elif kind in {_CHARACTERS, _BYTES} and slides:
                    code = "utf-16-le" if kind == _CHARACTERS else "latin-1"
                    slides[-1][1].append((kind_of_text, data[first:last].decode(code, "replace")))
        at += _HEAD.size + length
    return slides


def _edits(data: bytes, user: bytes) -> Iterator[tuple[int, int]]:
    """The saves of a file, the last first: where its table of places lies, and the document's number in it."""
    at = struct.unpack_from("<I", user, 16)[0] if len(user) >= 20 else 0
    seen: set[int] = set()
    while at and at not in seen and at + 36 <= len(data) and len(seen) < _MOST_EDITS:
        seen.add(at)
        _, kind, _ = _HEAD.unpack_from(data, at)
        if kind != _USER_EDIT:
            return
        before, table, number = struct.unpack_from("<III", data, at + _HEAD.size + 8)
        yield table, number
        at = before


def _root(data: bytes, user: bytes) -> int:
    return next((number for _, number in _edits(data, user)), -1)


def _places(data: bytes, user: bytes) -> dict[int, int]:
    """Where in the file each numbered object lies, as the last save has it."""
    places: dict[int, int] = {}
    for table, _ in _edits(data, user):
        if table + _HEAD.size > len(data):
            continue
        _, kind, length = _HEAD.unpack_from(data, table)
        at, end = table + _HEAD.size, min(table + _HEAD.size + length, len(data))
        while kind == _PERSIST and at + 4 <= end:
            (entry,) = struct.unpack_from("<I", data, at)
            first, count = entry & 0xFFFFF, entry >> 20
            at += 4
            for number in range(min(count, (end - at) // 4)):
                places.setdefault(first + number, struct.unpack_from("<I", data, at + 4 * number)[0])
            at += 4 * count
    return places
