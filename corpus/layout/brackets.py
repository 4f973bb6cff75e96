"""Brackets as they are printed in Chinese text, where recognition takes one of a pair for another kind."""

from __future__ import annotations

import re

_OPENING = {"(": "（", "（": "（", "[": "〔", "〔": "〔"}
_CLOSING = {")": "）", "）": "）", "]": "〕", "〕": "〕"}
_WIDE = frozenset("（）〔〕")
_ROUND = "（"
_CHINESE = re.compile(r"[\u3400-\u9fff、，。；：？！《》“”]")


def paired(text: str) -> str:
    """`text` with both brackets of a pair of one kind.

    A pair is Chinese (wide) where one of the two was recognised so, and a round one where a Chinese character stands
    directly before or behind a bracket. Brackets without their other half stay as they are.
    """
    characters = list(text)
    open_at: list[int] = []
    for at, character in enumerate(text):
        if character in _OPENING:
            open_at.append(at)
        elif character in _CLOSING and open_at:
            start = open_at.pop()
            is_pair = (_OPENING[text[start]] == _ROUND) == (_CLOSING[character] == "）")
            if is_pair and _is_wide(text, start, at):
                characters[start] = _OPENING[text[start]]
                characters[at] = _CLOSING[character]
    return "".join(characters)


def _is_wide(text: str, start: int, end: int) -> bool:
    if text[start] in _WIDE or text[end] in _WIDE:
        return True
    beside = text[max(0, start - 1) : start] + text[start + 1] + text[end - 1] + text[end + 1 : end + 2]
    return _OPENING[text[start]] == _ROUND and bool(_CHINESE.search(beside))
