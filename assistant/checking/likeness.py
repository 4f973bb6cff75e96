"""Which sentence or clause of a passage speaks of the same thing as a written one."""

from __future__ import annotations

import re

from corpus.language.normalize import fold
from corpus.language.sentences import sentence_spans
from index.words import content_words

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORD_CHARACTER = re.compile(r"[\u3400-\u9fffa-z]")
_CLAUSE = re.compile(r"[，,。；;！？!?\n｜|：:]")
_ALIKE = 0.34
_NEARLY_AS_LIKE = 0.6


def likest(sentence: str, told: str) -> list[str]:
    """The sentences of a passage that share most words and figures with another, best first; none where none shares enough.

    One half of a rule may forbid what the other allows: halves parted by a semicolon are sentences of their own.
    """
    words = set(content_words(sentence))
    figures = set(_NUMBER.findall(sentence))
    parts = [
        part
        for start, end in sentence_spans(told)
        for part in re.split("[；;]", told[start:end])
        if part.strip()
    ]
    rated = []
    for text in parts:
        shared = len(words & set(content_words(text))) / (len(words) or 1)
        rated.append((shared + sum(figure in text for figure in figures) / 2, text))
    best = max((rate for rate, _ in rated), default=0.0)
    if best < _ALIKE:
        return []
    return [text for rate, text in sorted(rated, key=lambda each: -each[0]) if rate >= _NEARLY_AS_LIKE * best]


def nearest(sentence: str, told: str) -> str:
    """The sentence of a passage that shares most with another; empty where none shares enough."""
    return next(iter(likest(sentence, told)), "")


def clauses(text: str) -> list[str]:
    """The clauses of a folded text, and the cells of its rows."""
    return [clause for clause in _CLAUSE.split(text) if clause.strip()]


def pairs_of(text: str) -> set[str]:
    """The pairs of neighbouring characters of a text, figures and marks aside."""
    characters = "".join(_WORD_CHARACTER.findall(fold(text)))
    return {characters[at : at + 2] for at in range(len(characters) - 1)}


def share_of_pairs(one: str, other: str) -> float:
    """The share of the pairs of characters of `one` that stand in `other`."""
    pairs = pairs_of(one)
    return len(pairs & pairs_of(other)) / (len(pairs) or 1)
