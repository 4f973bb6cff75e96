"""Texts of articles, models and people as HTML and Markdown: shown as they are, never obeyed."""

from __future__ import annotations

import re
from html import escape

_SPACE = re.compile(r"\s+")
_MARKDOWN = re.compile(r"([\\`*_\[\]#|~$<>@]|:(?=/)|&(?=#|\w+;)|(?<=www)\.)", re.IGNORECASE)
"""Only where Markdown would see something: the page shows the marks to whoever edits a question."""
_ESCAPED = re.compile(r"\\([\\`*_\[\]#|~$<>@:&.])")


def plain(text: str) -> str:
    """`text` so that Markdown shows it as it is; an address becomes no link."""
    return _MARKDOWN.sub(r"\\\1", text)


def unplain(text: str) -> str:
    """The text that `plain` was given."""
    return _ESCAPED.sub(r"\1", text)


def shown(text: str) -> str:
    """`text` for HTML that stands in Markdown: no element, no formula, and no empty line, at which Markdown would begin."""
    return escape(_SPACE.sub(" ", text)).replace("$", "&#36;")
