"""What a model says that the passages lack: the line by which it asks for another search."""

from __future__ import annotations

import re

from assistant.generating.prompts import SEARCH_FOR

_HEADS = "|".join(map(re.escape, SEARCH_FOR.values()))
_LINE = re.compile(
    rf"^[ \t>*#_“\"]*(?:{_HEADS})[ \t*_”\"]*[:：][ \t*_]*(?P<wanted>[^\n]*)(?:\n|\Z)", re.M | re.I
)
_BETWEEN = re.compile(r"[;；\n]|(?<=[?？])\s*(?=\S)")
_MOST = 3
_LONGEST = 120
_SHORTEST = 4


def without_missing(text: str) -> tuple[str, list[str]]:
    """A written text without the lines that ask for a search, and what they ask for, at most three questions."""
    wanted: list[str] = []
    for match in _LINE.finditer(text):
        pieces = (piece.strip(' 　*_。.“”"') for piece in _BETWEEN.split(match.group("wanted")))
        wanted += [piece[:_LONGEST] for piece in pieces if len(piece) >= _SHORTEST]
    return _LINE.sub("", text), list(dict.fromkeys(wanted))[:_MOST]


def may_ask_for_search(text: str) -> bool:
    """Whether an unfinished text begins, or may yet begin, with such a line: what follows may be written anew."""
    begins = text.lstrip(' \t\n>*#_“"').lower()
    return any(
        begins.startswith(head.lower()) or (bool(begins) and head.lower().startswith(begins))
        for head in SEARCH_FOR.values()
    )
