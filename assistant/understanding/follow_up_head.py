"""How a question goes on with its conversation, learnt: one linear model a label over its pieces and a few facts.

The labels: `complete` (a question of its own), `swap` (the last question with another place, time or thing), `same` (asked of what was
just spoken of), `correct`, `return` (to an earlier turn), `more` (of the last answer), `put` (the figures of two turns together) and
`none` (no question). Fitted by `python -m evals.fit_follow_up_head` on `index/reader/training`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.understanding.completeness import POINTS_BACK, nouns_brought
from assistant.understanding.phrases import ASKING_WORDS, is_aspect, is_measure
from assistant.understanding.slots import COMPARES, asks_itself, rest_of
from assistant.understanding.time_words import times_in, without_times
from corpus.language.normalize import fold
from corpus.language.places import places_in
from index.hashed_pieces import columns_of, pieces_of
from index.words import content_words

WEIGHTS = Path(__file__).parent / "weights" / "follow_up_head.npz"
LABELS = ("complete", "swap", "same", "correct", "return", "more", "put", "none")
BUCKETS = 1 << 12
FACTS = 56
"""How many columns the facts have, behind those of the pieces."""
_LONGEST = 60
_LONGEST_PIECE = 3
_LONGEST_START = 5
_LONGEST_END = 6
_STEPS = (1, 2, 3, 4, 6)
_LENGTHS = (5, 7, 9, 11, 14, 17, 21, 27)
_BLANK = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"[《“]|[A-Za-z]{2,}")
_PIECES_WEIGH = 3.0


class FollowUpHead:
    """The fitted weights: `weights` [columns, labels] in 8 bits with a scale a label, and `bias` [labels]."""

    def __init__(self, weights: np.ndarray, scales: np.ndarray, bias: np.ndarray) -> None:
        self._weights, self._scales, self._bias = weights, scales, bias
        self.read = lru_cache(maxsize=1024)(self._read_anew)

    @classmethod
    def load(cls, file: Path = WEIGHTS) -> FollowUpHead:
        """The weights in `file`."""
        with np.load(file) as kept:
            return cls(kept["weights"], kept["scales"], kept["bias"])

    def save(self, file: Path) -> None:
        """Write the weights."""
        np.savez_compressed(file, weights=self._weights, scales=self._scales, bias=self._bias)

    def _read_anew(self, question: str, before: tuple[str, ...]) -> dict[str, float]:
        columns, values = features(question, before)
        logits = values @ self._weights[columns].astype(np.float32) * self._scales + self._bias
        odds = np.exp(logits - logits.max())
        return dict(zip(LABELS, map(float, odds / odds.sum()), strict=True))


@lru_cache(maxsize=1)
def _head() -> FollowUpHead:
    return FollowUpHead.load()


def how_it_goes_on(question: str, before: Sequence[str]) -> dict[str, float]:
    """How likely each of `LABELS` is; together 1.

    Args:
        question: What is asked now, as it was typed.
        before: The questions before it as they were understood, the last one last; at least one.
    """
    return _head().read(question, tuple(before))


def features(question: str, before: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The columns that a follow-up has and their values, [columns] each: hashed pieces first, then facts.

    The facts are what a sentence names (places, times, names, measures), how long it is, and how much of it is new.
    """
    hashed = columns_of(_pieces(question), BUCKETS)
    facts = np.array(list(_facts(question[:_LONGEST].rstrip("?？。 "), before)), np.float32)
    held = np.flatnonzero(facts)
    values = np.full(len(hashed), _PIECES_WEIGH / max(len(hashed), 1) ** 0.5, np.float32)
    return np.concatenate([hashed, BUCKETS + held]), np.concatenate([values, facts[held]])


def _pieces(question: str) -> set[str]:
    """The pieces of a follow-up; all digits are alike."""
    text = _DIGIT.sub("0", fold(_BLANK.sub("", question[: 2 * _LONGEST])))[:_LONGEST].rstrip("?？。.!！")
    return pieces_of(text, _LONGEST_PIECE, _LONGEST_START, _LONGEST_END)


def _facts(question: str, before: Sequence[str]) -> Iterator[float]:
    last, earlier = before[-1], before[:-1]
    places, times, nouns = places_in(question), times_in(question), nouns_brought(question)
    last_places, last_times = places_in(last), times_in(last)
    asked = ASKING_WORDS.sub("", question).strip(" ，,。的?？")
    words, known = set(content_words(without_times(question))), set(content_words(last))
    spoken_of = {word for each in earlier for word in content_words(each)} - known
    yield from map(float, (
        bool(places), bool(times), any(time.year for time in times), is_aspect(asked), is_measure(asked), not rest_of(asked),
        bool(ASKING_WORDS.search(question)), bool(_NAME.search(question)), not places and not times,
        bool(last_places), bool(last_times), bool(places and last_places), bool(times and last_times),
        bool(set(places) & set(last_places)), any(place in each for place in places for each in earlier),
        bool(POINTS_BACK.search(question)), bool(COMPARES.match(question)), asks_itself(question) and bool(nouns),
        bool(earlier), len(earlier) > 1, bool(earlier) and len(known & set(content_words(before[-2]))) > 1,
        _shared_pairs(question, last), any(_shared_pairs(question, each) > _shared_pairs(question, last) for each in earlier),
    ))  # fmt: skip
    for count in (
        len(nouns),
        len(words - known),
        len(words & known),
        len(words & spoken_of),
        len(nouns - known),
    ):
        yield from (float(count >= step) for step in _STEPS)
    yield from (float(len(question) >= length) for length in _LENGTHS)


def _shared_pairs(question: str, other: str) -> float:
    """The share of a question's pairs of characters that another text has too."""
    return sum(f"{one}{two}" in other for one, two in pairwise(question)) / max(len(question) - 1, 1)
