"""Exact match and F1 of short answers, by the rules of CMRC 2018's script (Cui et al., EMNLP 2019).

Lower case, Chinese by character, Latin words and figures by word, the script's list of marks left out. F1 is that of
the longest common contiguous stretch of such tokens; the best over the accepted answers counts.
"""

from __future__ import annotations

import re

MARKS = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』…")
_TOKEN = re.compile(
    r"[\u4e00-\u9fa5]|\d+(?:[.,]\d+)*|[^\W\d_\u4e00-\u9fa5]+(?:['.][^\W\d_\u4e00-\u9fa5]+)*|\S"
)


def tokens(text: str) -> list[str]:
    """The tokens that F1 compares."""
    return _TOKEN.findall("".join(character for character in text.lower() if character not in MARKS))


def without_marks(text: str) -> str:
    """The text that exact match compares."""
    return "".join(character for character in text.lower().strip() if character not in MARKS)


def exact_match(answers: list[str], predicted: str) -> float:
    """1 where `predicted` is one of `answers`."""
    return float(any(without_marks(predicted) == without_marks(answer) for answer in answers))


def f1(answers: list[str], predicted: str) -> float:
    """The best F1 of `predicted` over `answers`."""
    return max((_f1(tokens(answer), tokens(predicted)) for answer in answers), default=0.0)


def _f1(answer: list[str], predicted: list[str]) -> float:
    shared = _longest_common_stretch(answer, predicted)
    if shared == 0:
        return 0.0
    precision, recall = shared / len(predicted), shared / len(answer)
    return 2 * precision * recall / (precision + recall)


def _longest_common_stretch(one: list[str], other: list[str]) -> int:
    best = 0
    row = [0] * (len(other) + 1)
    for token in one:
        before = row
        row = [0] * (len(other) + 1)
        for at, each in enumerate(other):
            if token == each:
                row[at + 1] = before[at] + 1
                best = max(best, row[at + 1])
    return best
