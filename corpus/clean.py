"""Characters that layout leaves behind, taken out of a line without changing what is printed."""

from __future__ import annotations

import re
import unicodedata

from corpus.script import simplify

_INVISIBLE = re.compile("[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff，。、；：？！“”‘’（）《》〈〉【】「」『』—…％"
_SPACE_BETWEEN_CHINESE = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")
_LONGEST_HEADING = 40
_LONGEST_MARKER = 12
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–―﹘﹣－−", "-") | {"〜": "~", "～": "~", "∼": "~"})
_DASH = re.compile("[" + re.escape("".join(map(chr, _DASHES))) + "]")
_STRAY_BOLD = re.compile(r"\*\*|__(?=\S)")


def readable(text: str) -> str:
    """`text` without control characters, and with halves of characters (lone surrogates) replaced: what JSON lets in."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c for c in whole if c in "\n\t" or unicodedata.category(c) != "Cc")


def clean_line(text: str) -> str:
    """`text` without zero-width characters, stray `**`, runs of spaces, and spaces inside Chinese prose.

    A space in a heading or after a marker ("第一条 为…") separates on purpose and stays.
    """
    text = _INVISIBLE.sub("", text)
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
    """`text` as it is compared and searched: NFKC, lower case, simplified script, same length not promised.

    Full-width digits and letters, "％", look-alike dashes and other punctuation become one form.
    """
    if _DASH.search(text):
        text = text.translate(_DASHES)
    return simplify(unicodedata.normalize("NFKC", text).lower())
