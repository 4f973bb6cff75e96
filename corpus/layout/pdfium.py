"""The lines of a PDF's page as pdfium gives them: its order, its spaces, with the place of every character."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

from corpus.layout.page import Line, Word

_MOST_CHARACTERS = 60_000
_PRINTED = {"\ufffe": "-", "\x00": "\ufffd", "\uf052": "☑", "\uf0a3": "□", "\uf0fe": "☑", "\uf06f": "□"}
"""What pdfium gives for a hyphen at a line's end and for characters it does not know, and boxes of Wingdings."""
_BOLD_WEIGHT = 600
_SMALL = 0.8
_LEAST_TO_JUDGE = 20
_MOST_STRANGE = 0.25
_TURNED = 0.2
"""Characters turned by more than so many radians are a watermark or the text of a drawing."""


class _Reader:
    """One page: its characters with their places as shares of the page as it is shown."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._page = page
        self._text = page.get_textpage()
        self.width, self.height = page.get_size()
        self._frame = page.get_bbox()
        self._turns = page.get_rotation() // 90 % 4

    def characters(self) -> Iterator[tuple[int, str]]:
        count = min(self._pdfium.FPDFText_CountChars(self._text), _MOST_CHARACTERS)
        half = 0
        for number in range(count):
            code = self._pdfium.FPDFText_GetUnicode(self._text, number)
            if 0xD800 <= code < 0xDC00:
                half = code
            elif 0xDC00 <= code < 0xE000:
                if half:
                    yield number, chr(0x10000 + ((half - 0xD800) << 10) + code - 0xDC00)
                half = 0
            else:
                yield number, chr(code)

    def box(self, number: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a character's room in its line (not of its ink)."""
        rectangle = self._pdfium.FS_RECTF()
        self._pdfium.FPDFText_GetLooseCharBox(self._text, number, rectangle)
        return self._on_page(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)

    def _on_page(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """A rectangle of the file as shares of the page as it is shown, turned by its rotation."""
        x0, y0, x1, y1 = self._frame
        wide, high = max(x1 - x0, 1e-6), max(y1 - y0, 1e-6)
        a, b = (left - x0) / wide, (right - x0) / wide
        c, d = (y1 - top) / high, (y1 - bottom) / high
        for _ in range(self._turns):
            a, b, c, d = 1 - d, 1 - c, a, b
        return a, c, b, d

    def size(self, number: int) -> float:
        """Size of the type at a character, as a share of the page's height."""
        matrix = self._pdfium.FS_MATRIX()
        scale = 1.0
        if self._pdfium.FPDFText_GetMatrix(self._text, number, matrix):
            scale = math.hypot(matrix.c, matrix.d)
        return self._pdfium.FPDFText_GetFontSize(self._text, number) * scale / self.height

    def is_bold(self, number: int) -> bool:
        if self._pdfium.FPDFText_GetFontWeight(self._text, number) >= _BOLD_WEIGHT:
            return True
        name = ctypes.create_string_buffer(64)
        flags = ctypes.c_int()
        self._pdfium.FPDFText_GetFontInfo(self._text, number, name, 64, flags)
        return any(word in name.value for word in (b"Bold", b"Heavy", b"Black"))

    def is_turned(self, number: int) -> bool:
        angle = self._pdfium.FPDFText_GetCharAngle(self._text, number) + self._turns * math.pi / 2
        return abs(math.remainder(angle, 2 * math.pi)) > _TURNED


def lines_of(page: Any) -> list[Line]:
    """The lines of a page (a `pypdfium2.PdfPage`) in the order of the file, without turned ones."""
    reader = _Reader(page)
    lines: list[Line] = []
    current: list[tuple[int, str]] = []
    for number, character in reader.characters():
        if character in "\r\n":
            lines += _line(reader, current)
            current = []
        else:
            current.append((number, _PRINTED.get(character, character)))
    lines += _line(reader, current)
    return lines


def _line(reader: _Reader, characters: list[tuple[int, str]]) -> Iterator[Line]:
    words: list[Word] = []
    current: list[tuple[int, str]] = []
    for number, character in [*characters, (-1, " ")]:
        if not character.isspace():
            if current and _is_note_mark(reader, current, number, character):
                words.append(_word(reader, current))
                current = []
            current.append((number, character))
        elif current:
            words.append(_word(reader, current))
            current = []
    words = [word for word in words if word.right > word.left and word.bottom > word.top]
    printed = [number for number, character in characters if not character.isspace()]
    if not words or reader.is_turned(printed[len(printed) // 2]):
        return
    middle = printed[len(printed) // 2]
    yield Line(
        " ".join(word.text for word in words),
        min(word.left for word in words),
        max(word.right for word in words),
        min(word.top for word in words),
        max(word.bottom for word in words),
        reader.size(middle),
        reader.height / reader.width,
        reader.is_bold(middle),
        words=tuple(words),
    )


def _is_note_mark(reader: _Reader, before: list[tuple[int, str]], number: int, character: str) -> bool:
    """Whether a small digit after a figure is the mark of a note, which must not lengthen the figure."""
    last, printed = before[-1]
    if not (character.isdigit() and printed.isdigit()) or "".join(c for _, c in before[-2:]) == "10":
        return False
    return reader.size(number) < _SMALL * reader.size(last)


def _word(reader: _Reader, characters: list[tuple[int, str]]) -> Word:
    boxes = [reader.box(number) for number, _ in characters]
    return Word(
        "".join(character for _, character in characters),
        min(box[0] for box in boxes),
        max(box[2] for box in boxes),
        min(box[1] for box in boxes),
        max(box[3] for box in boxes),
        tuple((box[0] + box[2]) / 2 for box in boxes),
    )


def is_rubble(lines: Sequence[Line]) -> bool:
    """Whether a text layer is no text: codes of glyphs, private characters, bytes in a wrong coding."""
    text = "".join("".join(line.text for line in lines).split())
    if len(text) < _LEAST_TO_JUDGE:
        return False
    strange = sum(map(_is_strange, text)) + 6 * text.count("(cid:")
    return strange > _MOST_STRANGE * len(text)


@lru_cache(maxsize=8192)
def _is_strange(character: str) -> bool:
    """Private and broken characters, letters of mojibake, and ideographs that no common Chinese coding holds."""
    category = unicodedata.category(character)
    if category in {"Co", "Cn", "Cs", "Cc"} or character == "\ufffd" or "\u00a1" <= character <= "\u00ff":
        return True
    if not "\u3400" <= character <= "\u9fff":
        return False
    for coding in ("gb2312", "big5"):
        with suppress(UnicodeEncodeError):
            character.encode(coding)
            return False
    return True
