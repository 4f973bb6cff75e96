"""Characters that layout leaves behind, taken out of a line without changing what is printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from corpus.language.script import simplify

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")

_INVISIBLE = re.compile("[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff，。、；：？！“”‘’（）《》〈〉【】「」『』—…％"
_SPACE_BETWEEN_CHINESE = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")
_SPACE_AT_FIGURE = re.compile(r"(?<=[0-9%]) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=[0-9])")
_LONGEST_HEADING = 40
_LONGEST_MARKER = 12
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–―﹘﹣－−", "-") | {"〜": "~", "～": "~", "∼": "~"})
_DASH = re.compile("[" + re.escape("".join(map(chr, _DASHES))) + "]")
_STRAY_BOLD = re.compile(r"\*\*|__(?=\S)")


def readable(text: str) -> str:
    """`text` without control characters, and with U+FFFD for halves of characters (lone surrogates), which JSON lets in.

    What comes out can be stored and sent anywhere: it is valid Unicode and holds no NUL.
    """
    return _HALF_A_CHARACTER.sub("\ufffd", _CONTROL.sub("", text))


def all_readable(value: Any) -> Any:
    """`value` with every text in it made `readable`: a text, or a list, dictionary or dataclass of such.

    What several parts share (the table of its rows) they share afterwards too.
    """
    return _all_readable(value, {})


def _all_readable(value: Any, made: dict[int, Any]) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, tuple) and hasattr(value, "_make"):
        return value._make(_all_readable(each, made) for each in value)
    if isinstance(value, list | tuple):
        return type(value)(_all_readable(each, made) for each in value)
    if isinstance(value, dict):
        return {_all_readable(name, made): _all_readable(each, made) for name, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        if id(value) not in made:
            parts = {each.name: _all_readable(getattr(value, each.name), made) for each in fields(value)}
            made[id(value)] = replace(value, **parts)
        return made[id(value)]
    return value


_LOOK_ALIKES = {
    code: plain
    for first, last in ((0x2E80, 0x2EF3), (0x2F00, 0x2FD5), (0xF900, 0xFAFF))
    for code in range(first, last + 1)
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1 and plain != chr(code)
}
"""Radicals and compatibility characters that PDFs write instead of the characters they look like."""
_LOOK_ALIKE = re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5\uf900-\ufaff]")


def clean_line(text: str) -> str:
    """`text` without zero-width characters, stray `**`, runs of spaces, and spaces inside Chinese prose.

    A space in a heading or after a marker ("第一条 为…") separates on purpose and stays.
    """
    text = _INVISIBLE.sub("", text)
    if _LOOK_ALIKE.search(text):
        text = text.translate(_LOOK_ALIKES)
    text = _STRAY_BOLD.sub("", text)
    text = _SPACES.sub(" ", text).strip()
    if len(text) <= _LONGEST_HEADING:
        return text
    return _drop_inner_spaces(text)


def _drop_inner_spaces(text: str) -> str:
    return "".join(
        character
        for position, character in enumerate(text)
        if not (
            character == " " and position >= _LONGEST_MARKER and _SPACE_BETWEEN_CHINESE.match(text, position)
        )
    )


def fold(text: str) -> str:
    """`text` as it is compared and searched: `fold_characters`, and "2025 年 9 月" as "2025年9月"; same length not promised."""
    return closed_up(fold_characters(text))


def fold_characters(text: str) -> str:
    """`text` in NFKC, lower case, simplified script; same length not promised.

    Full-width digits and letters, "％", look-alike dashes and other punctuation become one form.
    """
    if _DASH.search(text):
        text = text.translate(_DASHES)
    return simplify(unicodedata.normalize("NFKC", text).lower())


def closed_up(text: str) -> str:
    """`text` without the spaces that some put between figures and Chinese words: "2025 年 9 月" is "2025年9月"."""
    return _SPACE_AT_FIGURE.sub("", text) if " " in text else text
