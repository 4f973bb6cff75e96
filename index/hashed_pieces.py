"""The pieces of a short text that small linear models learn from, hashed into a number of columns, and their weights in 8 bits."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import rjieba

_HIGHEST = 127
_SHORTEST_EDGE = 3


def pieces_of(text: str, longest: int, longest_start: int, longest_end: int) -> set[str]:
    """Characters in a row, words, pairs of words, and how a text begins and ends.

    Args:
        text: Folded.
        longest: Of the characters in a row.
        longest_start: Characters of the longest beginning; the shortest has three.
        longest_end: Characters of the longest end.
    """
    words = ["^", *rjieba.cut(text), "$"]
    text = f"^{text}$"
    rows = range(1, longest + 1)
    pieces = {text[at : at + length] for length in rows for at in range(len(text) - length + 1)}
    pieces |= {f"word {word}" for word in words} | {f"pair {one} {other}" for one, other in pairwise(words)}
    pieces |= {f"start {text[:length]}" for length in range(_SHORTEST_EDGE, longest_start + 1)}
    return pieces | {f"end {text[-length:]}" for length in range(_SHORTEST_EDGE, longest_end + 1)}


def columns_of(pieces: Iterable[str], columns: int) -> np.ndarray:
    """The columns, out of so many, of the pieces; each once, in order."""
    return np.array(sorted({zlib.crc32(piece.encode()) % columns for piece in pieces}), dtype=np.int64)


def in_eight_bits(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights [columns, labels] as whole numbers of 8 bits, and the scale of each label."""
    scales = np.maximum(np.abs(weights).max(0), 1e-9) / _HIGHEST
    return np.round(weights / scales).astype(np.int8), scales
