"""What a question wants, learnt: one linear model a label over the question's words and pieces of up to four characters.

The labels are kinds of answers ("amount", "list", several may hold), aims ("goal", "result"), operations ("sum", "diff", …) and scope
("several", "over"). Fitted by `python -m index.fit_question_heads` on annotated questions (docs/results.md says on what).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.language.normalize import fold
from index.hashed_pieces import columns_of, pieces_of

WEIGHTS = Path(__file__).parent / "weights" / "question_heads.npz"
BUCKETS = 1 << 16
MONEY = "money"
"""The label of questions that an amount of money answers."""
_LONGEST_PIECE = 4
_LONGEST = 300
_END = re.compile(r"[?？!！。，,\s]+$")
_DIGIT = re.compile(r"\d")
_ASKING = re.compile("哪|什么|谁|何|多少|几|怎|如何|是否|吗|为|啥|能不能|有没有|可否|总结|概述|比较|简述")
_LONGEST_END = 8
_LONGEST_START = 5
_LONGEST_BESIDE = 3


class QuestionHeads:
    """The fitted weights: `weights` [buckets, labels] in 8 bits with a scale a label, and `bias` [labels]."""

    def __init__(self, labels: list[str], weights: np.ndarray, scales: np.ndarray, bias: np.ndarray) -> None:
        self.labels = labels
        self._weights, self._scales, self._bias = weights, scales, bias
        self._read = lru_cache(maxsize=4096)(self._read_anew)

    @classmethod
    def load(cls, file: Path = WEIGHTS) -> QuestionHeads:
        """The weights in `file`."""
        with np.load(file) as kept:
            return cls([str(each) for each in kept["labels"]], kept["weights"], kept["scales"], kept["bias"])

    def save(self, file: Path) -> None:
        """Write the weights."""
        np.savez_compressed(
            file, labels=np.array(self.labels), weights=self._weights, scales=self._scales, bias=self._bias
        )

    def read(self, question: str) -> dict[str, float]:
        """How likely each label holds, 0 to 1."""
        return dict(zip(self.labels, self._read(question), strict=True))

    def _read_anew(self, question: str) -> tuple[float, ...]:
        rows = buckets_of(question)
        total = self._weights[rows].sum(0, dtype=np.float32) * self._scales / max(len(rows), 1) ** 0.5
        return tuple(float(each) for each in 1 / (1 + np.exp(-np.clip(total + self._bias, -30, 30))))


def buckets_of(question: str) -> np.ndarray:
    """The buckets of a question's pieces, each once; digits are alike, as figures say nothing of what is asked.

    Pieces are characters in a row, words and pairs of words, how the question begins and ends, and what stands beside its asking
    words. Of a very long question the end counts, where mostly it asks.
    """
    text = _DIGIT.sub("0", fold(_END.sub("", question[-2 * _LONGEST :].strip())))[-_LONGEST:]
    pieces = pieces_of(text, _LONGEST_PIECE, _LONGEST_START, _LONGEST_END)
    text = f"^{text}$"
    for match in _ASKING.finditer(text):
        start, end = match.span()
        pieces |= {f"after {text[start : end + more]}" for more in range(_LONGEST_BESIDE + 1)}
        pieces |= {f"before {text[max(0, start - more) : end]}" for more in range(1, _LONGEST_BESIDE + 1)}
    return columns_of(pieces, BUCKETS)


@lru_cache(maxsize=1)
def heads() -> QuestionHeads:
    """The shipped weights, read once."""
    return QuestionHeads.load()
