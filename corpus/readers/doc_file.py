"""The structures of a Word 97 file (.doc, .wps): its text in pieces, and what is set for paragraphs and characters."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

_MAGIC = 0xA5EC
_FIRST_97 = 0x00C1
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_FIRST_PAIR = 154
_PAGE = 512
_COMPRESSED = 0x40000000
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_DEFINE_TABLE, _CHANGE_TABS, _HUGE = 0xD608, 0xC615, frozenset({0x6645, 0x6646})
_MOST_PIECES = 500_000

Properties = list[tuple[int, bytes]]
"""Settings in order: what is set, and the value's bytes."""


class NotWord97(Exception):
    """The file is older than Word 97, or none of Word's."""


@dataclass
class WordFile:
    """The streams of a file and the tables of its head; `pair` gives the bytes of one of its structures."""

    main: bytes
    table: bytes = b""
    data: bytes = b""
    encrypted: bool = False
    lengths: list[int] = field(default_factory=list)

    def pair(self, number: int, *, and_after: bool = False) -> bytes:
        """The bytes that the number-th offset and length of the head name; with all that follows on request."""
        place = _FIRST_PAIR + 8 * number
        if place + 8 > len(self.main) or number >= struct.unpack_from("<H", self.main, 152)[0]:
            return b""
        start, length = struct.unpack_from("<II", self.main, place)
        return self.table[start:] if and_after and length else self.table[start : start + length]


def open_word_file(main: bytes, tables: tuple[bytes, bytes], data: bytes) -> WordFile:
    """A file's head and streams.

    Args:
        main: The stream "WordDocument".
        tables: The streams "0Table" and "1Table".
        data: The stream "Data".

    Raises:
        NotWord97: For files of older versions.
    """
    if len(main) < _FIRST_PAIR + 8:
        raise NotWord97("too short")
    magic, version = struct.unpack_from("<HH", main, 0)
    (flags,) = struct.unpack_from("<H", main, 10)
    if magic != _MAGIC or version < _FIRST_97:
        raise NotWord97(f"version {version}")
    lengths = list(struct.unpack_from("<8i", main, 76))
    return WordFile(main, tables[bool(flags & _TABLE_1)], data, bool(flags & _ENCRYPTED), lengths)


@dataclass
class Pieces:
    """The text of all parts of a file in one, and where each of its characters lies in the file."""

    text: str
    starts: list[int]
    places: list[tuple[int, int]]

    def place(self, position: int) -> int:
        """Where in the file the character at a position lies."""
        number = max(0, bisect_right(self.starts, position) - 1)
        offset, width = self.places[number]
        return offset + (position - self.starts[number]) * width


def pieces_of(file: WordFile) -> Pieces:
    """The text as the piece table puts it together.

    Raises:
        ValueError: Where there is no piece table.
    """
    clx = file.pair(33)
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<h", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        raise ValueError("no piece table")
    plc = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
    count = min((len(plc) - 4) // 12, _MOST_PIECES)
    ends = struct.unpack_from(f"<{count + 1}I", plc, 0)
    texts: list[str] = []
    starts: list[int] = []
    places: list[tuple[int, int]] = []
    total = 0
    for number in range(count):
        (offset,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)
        length = max(0, ends[number + 1] - ends[number])
        width = 1 if offset & _COMPRESSED else 2
        offset = (offset & (_COMPRESSED - 1)) // (2 if width == 1 else 1)
        raw = file.main[offset : offset + length * width]
        text = raw.decode("cp1252", "replace") if width == 1 else _utf16(raw)
        starts.append(total)
        places.append((offset, width))
        texts.append(text)
        total += len(text)
    return Pieces("".join(texts), starts, places)


def _utf16(raw: bytes) -> str:
    """UTF-16 with one character a unit, so that positions count as Word counts them; see `whole_characters`."""
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) // 2 * 2])))


def whole_characters(text: str) -> str:
    """Text whose characters beyond the basic plane are whole again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass
class Runs:
    """Stretches of a file with the same settings, looked up by place."""

    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    values: list[tuple[int, bytes]] = field(default_factory=list)

    def at(self, place: int) -> tuple[int, bytes]:
        """The style and the settings' bytes at a place of the file."""
        number = bisect_right(self.firsts, place) - 1
        return self.values[number] if number >= 0 and place < self.lasts[number] else (0, b"")

    def end(self, place: int) -> int:
        """Where the stretch at a place ends."""
        number = bisect_right(self.firsts, place) - 1
        if number >= 0 and place < self.lasts[number]:
            return self.lasts[number]
        return self.firsts[number + 1] if number + 1 < len(self.firsts) else 1 << 62


def paragraph_runs(file: WordFile) -> Runs:
    """The settings of paragraphs."""
    return _runs(file, 13, 13, _paragraph_value)


def character_runs(file: WordFile) -> Runs:
    """The settings of characters."""
    return _runs(file, 12, 1, _character_value)


def _runs(file: WordFile, number: int, entry: int, value: object) -> Runs:
    plc = file.pair(number)
    count = max(0, (len(plc) - 4) // 8)
    found: list[tuple[int, int, tuple[int, bytes]]] = []
    for page_number in struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count else ():
        page = file.main[(page_number & 0x3FFFFF) * _PAGE :][:_PAGE]
        if len(page) < _PAGE:
            continue
        runs = page[_PAGE - 1]
        if 4 * (runs + 1) + entry * runs > _PAGE:
            continue
        bounds = struct.unpack_from(f"<{runs + 1}I", page, 0)
        for each in range(runs):
            offset = 2 * page[4 * (runs + 1) + entry * each]
            found.append((bounds[each], bounds[each + 1], value(page, offset) if offset else (0, b"")))  # type: ignore[operator]
    found.sort(key=lambda run: run[:2])
    return Runs([run[0] for run in found], [run[1] for run in found], [run[2] for run in found])


def _paragraph_value(page: bytes, offset: int) -> tuple[int, bytes]:
    length = 2 * page[offset] - 1 if page[offset] else 2 * page[min(offset + 1, _PAGE - 1)]
    start = offset + (1 if page[offset] else 2)
    own = page[start : start + max(0, length)]
    return (struct.unpack_from("<H", own, 0)[0], own[2:]) if len(own) >= 2 else (0, b"")


def _character_value(page: bytes, offset: int) -> tuple[int, bytes]:
    return 0, page[offset + 1 : offset + 1 + page[offset]]


def settings_in(raw: bytes, data: bytes = b"", depth: int = 0) -> Iterator[tuple[int, bytes]]:
    """The settings (sprm) of a list of them; one that lies in the data stream is followed there."""
    at = 0
    while at + 2 <= len(raw):
        (code,) = struct.unpack_from("<H", raw, at)
        at += 2
        kind = code >> 13
        if kind != 6:
            size = _OPERANDS[kind]
        elif code == _DEFINE_TABLE:
            if at + 2 > len(raw):
                return
            size = struct.unpack_from("<H", raw, at)[0] + 1
        else:
            if at >= len(raw):
                return
            size = raw[at] + 1
            if code == _CHANGE_TABS and raw[at] == 255:
                return
        value = raw[at : at + size]
        at += size
        if code in _HUGE and depth == 0 and len(value) == 4:
            (place,) = struct.unpack("<I", value)
            if place + 2 <= len(data):
                (length,) = struct.unpack_from("<H", data, place)
                yield from settings_in(data[place + 2 : place + 2 + length], data, 1)
        else:
            yield code, value
