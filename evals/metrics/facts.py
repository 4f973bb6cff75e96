"""Whether a text says a fact."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.language.normalize import fold


def holds(text: str, alternative: str) -> bool:
    """Whether `text` says `alternative`: folded, without white space, never inside a longer number."""
    wanted, plain = _plain(alternative), _plain(text)
    if not wanted or wanted not in plain:
        return False
    pattern = re.escape(wanted)
    if wanted[:1].isdigit():
        pattern = r"(?<![\d])(?<!\d\.)" + pattern
    if wanted[-1:].isdigit():
        pattern += r"(?!\d|\.\d)"
    return re.search(pattern, plain) is not None


def holds_all(text: str, groups: list[list[str]]) -> bool:
    """Whether `text` meets every group by one of its alternatives."""
    return all(any(holds(text, alternative) for alternative in group) for group in groups)


def share_held(text: str, groups: list[list[str]]) -> float | None:
    """Share of the groups that `text` meets; None where there are none."""
    if not groups:
        return None
    return sum(any(holds(text, each) for each in group) for group in groups) / len(groups)


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    return re.sub(r"\s", "", fold(text))
