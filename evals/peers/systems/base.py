"""What every program compared does: take files in, and give passages for a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

WINDOW, OVERLAP = 500, 50
"""Characters of a passage and what two neighbours share; e5 reads 512 tokens, about 750 Chinese characters."""
SEPARATORS = ["\n\n", "\n", "。", "！", "？", "；", "，", " ", ""]
"""Where Chinese text may be cut, best first: what LangChain's guide to splitting text without word boundaries advises."""


@dataclass
class Found:
    """A passage found: its text, the names of the files that hold it, and its score where there is one (higher is better)."""

    text: str
    sources: list[str]
    score: float | None = None


@dataclass
class Taken:
    """What was taken in: characters of text without white space, passages, and names of files that could not be read."""

    characters: int
    passages: int
    not_read: list[str] = field(default_factory=list)


class System(Protocol):
    """A program that searches."""

    def ingest(self, files: Sequence[Path]) -> Taken:
        """Take the files in, in the place of those before."""

    def search(self, question: str, most: int) -> list[Found]:
        """The best `most` passages, best first."""


def characters_of(texts: Sequence[str]) -> int:
    """How many characters the texts have, white space left out."""
    return sum(len("".join(text.split())) for text in texts)
