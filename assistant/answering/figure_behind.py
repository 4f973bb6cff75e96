"""The figure that stands right behind the last thing a question names: 6,093台 of "销售14,208台，其中出口6,093台" for 出口."""

from __future__ import annotations

import re

from assistant.understanding.question import Question
from corpus.language.mentions import Mention, mentions_in
from corpus.language.normalize import fold

_SHORTEST_NAME = 2
_BETWEEN = re.compile(r"(?:[为达是到至约超占有的共计：:\s]|分别|金额|总额|规模)*")


def figure_behind(question: Question, text: str) -> str:
    """The figure, without its unit, right behind the last of the question's words that a sentence holds; empty where none stands there.

    Where the word stands there several times, the one counts with most of the question's other words since the one before.

    Args:
        question: What is asked.
        text: The sentence.
    """
    folded = fold(text)
    words = [word for word in question.words if len(word) >= _SHORTEST_NAME and word in folded]
    if not words or len(folded) != len(text):
        return ""
    mentions = mentions_in(text)
    best, most, before, is_plain = "", -1, 0, True
    for match in re.finditer(re.escape(words[-1]), folded):
        told = _next(mentions, match.end())
        if told is None or not _BETWEEN.fullmatch(folded, match.end(), told.start):
            continue
        held = sum(word in folded[before : match.start()] for word in words[:-1])
        is_plain = held != most and (is_plain or held > most)
        if held > most:
            best, most = text[told.start : told.end], held
        before = told.end
    return best if is_plain else ""


def _next(mentions: list[Mention], position: int) -> Mention | None:
    return next((each for each in mentions if each.start >= position), None)


__all__ = ["figure_behind"]
