"""From the bytes of a text file to its text."""

from __future__ import annotations

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from corpus.problem import Problem

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE_ENCODINGS = ["gb18030", "big5", "utf_16_le", "utf_16_be"]
_OTHER_FORMATS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "ZIP/DOCX/XLSX/EPUB",
    b"\xd0\xcf\x11\xe0": "DOC/XLS",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}
_SHARE_OF_ODD_CHARACTERS = 0.02
_SHORT_TEXT = 100
"""Of a shorter text no share is taken: one stray character makes no note of three lines a binary file."""


def decode(data: bytes, file: Path) -> str:
    """Text of `data`: UTF-8 first, then whichever Chinese encoding reads most like Chinese.

    Raises:
        Problem: `empty_file` when there is nothing but white space, `unreadable_encoding` when no
            encoding gives text (a binary file with the wrong ending, say), `file_of_other_format` when
            the first bytes say what it is.
    """
    for start, name in _OTHER_FORMATS.items():
        if data.startswith(start):
            raise Problem("file_of_other_format", file=file, format=name)
    text = _decode(data)
    if text is None or _looks_binary(text):
        raise Problem("unreadable_encoding", file=file)
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise Problem("empty_file", file=file)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    candidates = []
    for encoding in _CHINESE_ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        candidates.append((_commonness(text), text))
    if candidates:
        best_score, best = max(candidates, key=lambda pair: pair[0])
        if best_score > 0.5:
            return best
    guess = from_bytes(data).best()
    return str(guess) if guess is not None else None


def _commonness(text: str) -> float:
    """Share of characters that ordinary Chinese text is made of (GB 2312's first level, ASCII, marks)."""
    sample = text[:20_000]
    if not sample:
        return 0.0
    return sum(_is_common(character) for character in sample) / len(sample)


def _is_common(character: str) -> bool:
    if character in "\n\r\t" or " " <= character <= "~" or character in "，。、；：？！“”‘’（）《》—…％　":
        return True
    if not "\u4e00" <= character <= "\u9fff":
        return False
    for encoding in ("gb2312", "big5"):
        try:
            lead = character.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        # The frequent characters fill the first plane of both standards.
        if (encoding == "gb2312" and lead < 0xD8) or (encoding == "big5" and lead < 0xC9):
            return True
    return False


def _looks_binary(text: str) -> bool:
    sample = text[:20_000]
    odd = sum(
        (character < " " and character not in "\n\r\t\f")
        or character == "\ufffd"
        or "\x7f" <= character <= "\x9f"
        for character in sample
    )
    return odd > _SHARE_OF_ODD_CHARACTERS * max(len(sample), _SHORT_TEXT)
