"""Cells that a spreadsheet takes for formulas are written so that they stay texts, and are read as they were.

A question or an answer is somebody else's text, and a spreadsheet runs `=HYPERLINK(…)` or `@SUM(…)` when the file is
opened. An apostrophe before such a text makes it a text (OWASP, CSV injection); figures stay figures.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypeVar

_MARK = "'"
_BEGINNINGS = frozenset("=+-@＝＋－＠")
_FIGURE = re.compile(r"\s*[+-]?\d[\d,]*(?:\.\d+)?%?\s*")
Value = TypeVar("Value")


def safe_cell(value: Value) -> Value | str:
    """The value as it may stand in a CSV or XLSX file; whatever is no text stays as it is."""
    return _MARK + value if isinstance(value, str) and _is_formula(value) else value


def original_cell(text: str) -> str:
    """What `safe_cell` was given for this text."""
    return text[1:] if text.startswith(_MARK) and _is_formula(text[1:]) else text


def _is_formula(text: str) -> bool:
    if _FIGURE.fullmatch(text):
        return False
    bare = text.lstrip(_MARK)
    if bare[:1] in {"\t", "\r", "\n"}:
        return True
    first = next((sign for sign in bare if unicodedata.category(sign)[0] not in "ZC"), "")
    return first in _BEGINNINGS
