"""Two versions of a text line by line: which lines go together, and which words of them were put in or taken out.

Lines are aligned by the likeness of their characters, so that a 条 whose number moved still stands beside what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum

import numpy as np
import rjieba
from pydantic import BaseModel
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from corpus.problem import Problem

MOST_CHARACTERS = 600_000
_MOST_PAIRS = 4_000_000
"""How many pairs of lines are weighed at most; what both texts begin and end with is not counted."""
_ALIKE = 0.45
_SAME_NUMBER = 0.1
_SAME_LINE = 0.5
_MOST_STEPS = 2_000_000
"""Pairs of words that are compared over all lines; a line beyond them counts as changed as a whole."""
_NUMBER = re.compile(r"\s*第[一二三四五六七八九十百千零〇两\d]+[条章节]")
_Pair = tuple[int, int]


class Kind(str, Enum):
    """What became of a line."""

    EQUAL = "equal"
    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"


class Piece(BaseModel):
    """A stretch of a line; `changed` where the other version does not have it."""

    text: str
    changed: bool = False


class Row(BaseModel):
    """A line of the older text beside the one that it became; empty where there is none.

    `older_start` and `newer_start` are where the lines begin in their texts.
    """

    kind: Kind
    older: list[Piece] = []
    newer: list[Piece] = []
    older_start: int = 0
    newer_start: int = 0


def compared(older: str, newer: str) -> list[Row]:
    """The lines of two texts in order, those that go together beside each other; what was deleted stands first.

    Raises:
        Problem: `versions_too_long` for texts that would take too long.
    """
    if len(older) + len(newer) > MOST_CHARACTERS:
        raise Problem("versions_too_long", most=MOST_CHARACTERS)
    before, after = list(_lines(older)), list(_lines(newer))
    pairs = _aligned([line for _, line in before], [line for _, line in after])
    rows: list[Row] = []
    words = _Words()
    i = j = 0
    for one, other in [*pairs, (len(before), len(after))]:
        rows += [_alone(Kind.DELETED, *line) for line in before[i:one]]
        rows += [_alone(Kind.INSERTED, *line) for line in after[j:other]]
        if one < len(before):
            rows.append(words.row(before[one], after[other]))
        i, j = one + 1, other + 1
    return rows


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def _alone(kind: Kind, start: int, line: str) -> Row:
    piece = [Piece(text=line, changed=True)]
    if kind is Kind.DELETED:
        return Row(kind=kind, older=piece, older_start=start)
    return Row(kind=kind, newer=piece, newer_start=start)


def _bare(line: str) -> str:
    return "".join(line.split())


def _aligned(before: Sequence[str], after: Sequence[str]) -> list[_Pair]:
    """Pairs of lines that go together, in order on both sides."""
    one, other = [_bare(line) for line in before], [_bare(line) for line in after]
    first = _common(one, other)
    last = _common(one[first:][::-1], other[first:][::-1])
    middle = _alike_pairs(one[first : len(one) - last], other[first : len(other) - last])
    return [
        *((at, at) for at in range(first)),
        *((first + i, first + j) for i, j in middle),
        *((len(one) - at, len(other) - at) for at in range(last, 0, -1)),
    ]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _alike_pairs(one: Sequence[str], other: Sequence[str]) -> list[_Pair]:
    """The pairs whose likenesses come to most in all, in order on both sides."""
    if not one or not other:
        return []
    if len(one) * len(other) > _MOST_PAIRS:
        raise Problem("versions_too_long", most=MOST_CHARACTERS)
    gain = _gains(one, other)
    best = np.zeros((len(one) + 1, len(other) + 1), dtype=np.float32)
    for i, row in enumerate(gain):
        np.maximum.accumulate(np.maximum(best[i, 1:], best[i, :-1] + row), out=best[i + 1, 1:])
    pairs = []
    i, j = len(one), len(other)
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _gains(one: Sequence[str], other: Sequence[str]) -> np.ndarray:
    """How much it is worth that two lines stand beside each other; below 0 where they do not go together."""
    counted = CountVectorizer(analyzer="char", ngram_range=(1, 2), lowercase=False).fit_transform(
        [*one, *other]
    )
    shares = normalize(counted.astype(np.float32))
    alike = (shares[: len(one)] @ shares[len(one) :].T).toarray()
    alike += _SAME_NUMBER * _same([_number(line) for line in one], [_number(line) for line in other])
    same = _same(one, other)
    return np.where(same > 0, 1 + _SAME_LINE, np.where(alike >= _ALIKE, alike, -1) - _ALIKE + 0.01)


def _same(one: Sequence[str], other: Sequence[str]) -> np.ndarray:
    numbers = {text: number for number, text in enumerate(dict.fromkeys([*one, *other])) if text}
    rows = np.array([numbers.get(text, -1) for text in one])
    columns = np.array([numbers.get(text, -2) for text in other])
    return (rows[:, None] == columns[None, :]).astype(np.float32)


def _number(line: str) -> str:
    found = _NUMBER.match(line)
    return found.group() if found else ""


class _Words:
    """Compares lines word by word, as long as the steps for all of them last."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def row(self, older: tuple[int, str], newer: tuple[int, str]) -> Row:
        (older_start, before), (newer_start, after) = older, newer
        starts = {"older_start": older_start, "newer_start": newer_start}
        if _bare(before) == _bare(after):
            return Row(kind=Kind.EQUAL, older=[Piece(text=before)], newer=[Piece(text=after)], **starts)
        one, other = self._pieces(before, after)
        return Row(kind=Kind.CHANGED, older=one, newer=other, **starts)

    def _pieces(self, before: str, after: str) -> tuple[list[Piece], list[Piece]]:
        one, other = rjieba.cut(before), rjieba.cut(after)
        self._left -= len(one) * len(other)
        if self._left < 0:
            return [Piece(text=before, changed=True)], [Piece(text=after, changed=True)]
        older: list[Piece] = []
        newer: list[Piece] = []
        codes = SequenceMatcher(None, one, other).get_opcodes()
        for number, (code, i, i_end, j, j_end) in enumerate(codes):
            kept, put = "".join(one[i:i_end]), "".join(other[j:j_end])
            between = 0 < number < len(codes) - 1
            changed = code != "equal" or (between and len(kept) == 1 and not kept.isalnum())
            _add(older, kept, changed)
            _add(newer, put, changed)
        return older, newer


def _add(pieces: list[Piece], text: str, changed: bool) -> None:
    if text and pieces and pieces[-1].changed == changed:
        pieces[-1].text += text
    elif text:
        pieces.append(Piece(text=text, changed=changed))
