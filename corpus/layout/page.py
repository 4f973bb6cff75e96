"""What stands on a printed page: words and lines with their places.

All places are shares (0 to 1) of the page: x from the left edge, y from the top edge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from corpus.block import Box
from corpus.layout.rulings import Rule


@dataclass(frozen=True)
class Word:
    """Characters of a line without a space between them; `middles` is where each stands across."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    middles: tuple[float, ...] = ()

    @property
    def middle(self) -> float:
        """The height of the word's middle on the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Line:
    """Words on one base line, in the order of the file.

    `size` is the size of the type as a share of the page's height, `shape` the page's height over its width,
    `printed` its place on a crooked scan where the others are those of the page set straight.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    shape: float = 1.414
    bold: bool = False
    confidence: float = 1.0
    words: tuple[Word, ...] = ()
    printed: Box | None = None

    @property
    def em(self) -> float:
        """Width of one Chinese character of this size, as a share of the page's width."""
        return self.size * self.shape

    @property
    def box(self) -> Box:
        """Left, top, right, bottom on the page as it was printed."""
        left, top, right, bottom = self.printed or (self.left, self.top, self.right, self.bottom)
        return (
            round(max(0.0, left), 4),
            round(max(0.0, top), 4),
            round(min(1.0, right), 4),
            round(min(1.0, bottom), 4),
        )

    def with_text(self, text: str) -> Line:
        """The same line with another text."""
        return replace(self, text=text)


@dataclass
class Page:
    """The lines and rules of one page, in the order of the file.

    `number` counts from 1; `width` and `height` are the page's in points.
    """

    number: int
    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    width: float = 595.0
    height: float = 842.0

    def with_lines(self, lines: list[Line]) -> Page:
        """The same page with other lines."""
        return replace(self, lines=lines)


def glue(before: str, after: str) -> str:
    """Two lines as one: a hyphen at the end of a Latin line goes, a space parts Latin words and numbers."""
    if re.search(r"[A-Za-z]-$", before) and re.match(r"[a-z]", after):
        return before[:-1] + after
    parted = _is_latin(before[-1:]) and _is_latin(after[:1])
    return f"{before} {after}" if parted else before + after


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
