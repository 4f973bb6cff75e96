"""Texts of articles, models and people as HTML: shown as they are, never obeyed."""

from __future__ import annotations

import re
from html import escape

_SPACE = re.compile(r"\s+")


def shown(text: str) -> str:
    """`text` for HTML on one line: no element, no formula, and no empty line."""
    return escape(_SPACE.sub(" ", text)).replace("$", "&#36;")
