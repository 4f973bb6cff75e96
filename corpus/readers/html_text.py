"""The text of a piece of HTML, read in one pass: however it is broken, the time grows with its length alone."""

from __future__ import annotations

import re
from html import unescape

_BREAKING_TAGS = {"p", "div", "br", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section"}
_SILENT_TAGS = {"script", "style", "noscript", "template"}
_RAW_TAGS = {"script", "style"}
# No part goes over the next "<", so that a mark that is never closed is looked through once.
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>\"']*)(?:(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*|[^<>]*)>")
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW_TAGS}


def strip_html(markup: str) -> str:
    """The text of an HTML fragment; block elements become line breaks, scripts, styles and comments vanish."""
    reader = _Reader(markup)
    reader.read()
    return "".join(reader.parts)


class _Reader:
    """Goes from one "<" to the next; what is no tag is text."""

    def __init__(self, markup: str) -> None:
        self.parts: list[str] = []
        self._markup = markup
        self._silent = 0
        # What is not found once is not looked for again.
        self._missing: set[str] = set()

    def read(self) -> None:
        at = 0
        while (begins := self._markup.find("<", at)) >= 0:
            self._text(at, begins)
            at = self._after_mark(begins)
        self._text(at, len(self._markup))

    def _after_mark(self, at: int) -> int:
        """Where the markup goes on after the "<" at `at`."""
        if self._markup.startswith("<!--", at):
            return self._after("-->", at + 4)
        if self._markup.startswith(("<!", "<?"), at):
            return self._after(">", at + 2)
        match = _TAG.match(self._markup, at)
        if match is None:
            self._text(at, at + 1)
            return at + 1
        return self._after_tag(match)

    def _after_tag(self, match: re.Match[str]) -> int:
        closing, name = match.group(1), match.group(2).lower()
        if name in _SILENT_TAGS:
            self._silent = max(0, self._silent - 1) if closing else self._silent + 1
            if name in _RAW_TAGS and not closing:
                ends = _RAW_ENDS[name].search(self._markup, match.end())
                return ends.start() if ends else len(self._markup)
        elif name in _BREAKING_TAGS:
            self.parts.append("\n")
        return match.end()

    def _after(self, end: str, at: int) -> int:
        """The position after the next `end`; where there is none the mark alone is left out."""
        found = -1 if end in self._missing else self._markup.find(end, at)
        if found < 0:
            self._missing.add(end)
            return at
        return found + len(end)

    def _text(self, start: int, end: int) -> None:
        if start < end and not self._silent:
            self.parts.append(unescape(self._markup[start:end]))
