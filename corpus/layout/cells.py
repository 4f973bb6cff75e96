"""What stands in the cells of a grid: words cut at the cells' borders and set line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.block import Mark
from corpus.layout.grid import Grid
from corpus.layout.page import Line, Page, Word, glue

_FIGURE = re.compile(r"^[-+−－—–/(（]*[\d,，.．%％‰)）]*$")
_DASH = re.compile(r"^[-+−－—–/.．]+$")
_CHINESE = re.compile(r"[\u3400-\u9fff，。、；：？！（）《》“”]")
_WORD_SPACE = 0.35
_OPEN_NUMBER = re.compile(r"\d[,，.]$")
_REST_OF_NUMBER = re.compile(r"^(?:[,，.]\d|\d{1,3}(?:[,，.]|$))")


@dataclass(frozen=True)
class Piece:
    """The part of a word that stands in one cell, in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    confidence: float = 1.0

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass
class Filled:
    """The texts of a grid's cells with the pieces they were made of, by the cell's first row and column."""

    texts: dict[tuple[int, int], str]
    pieces: dict[tuple[int, int], list[Piece]]


def is_figure(text: str) -> bool:
    """Whether a cell holds a bare figure or a dash that stands for one."""
    flat = "".join(text.split())
    return bool(_FIGURE.match(flat)) and (any(map(str.isdigit, flat)) or bool(_DASH.match(flat)))


def filled(grid: Grid, page: Page, lines: Sequence[Line]) -> Filled:
    """The words of `lines` that stand in the grid, cell by cell."""
    owner = {
        (row + r, column + c): (row, column)
        for row, column, tall, broad in grid.cells
        for r in range(tall)
        for c in range(broad)
    }
    pieces: dict[tuple[int, int], list[Piece]] = {}
    for line in lines:
        for word in line.words:
            row = _index(grid.ys, word.middle * page.height)
            if row is not None:
                for place, piece in _cut(word, row, owner, grid, page, line.confidence):
                    pieces.setdefault(place, []).append(piece)
    return Filled({place: text_of(found) for place, found in pieces.items()}, pieces)


def _cut(
    word: Word,
    row: int,
    owner: dict[tuple[int, int], tuple[int, int]],
    grid: Grid,
    page: Page,
    confidence: float,
) -> list[tuple[tuple[int, int], Piece]]:
    """A word in the pieces that the borders of the cells make of it."""
    middles = word.middles or ((word.left + word.right) / 2,) * len(word.text)
    runs: list[tuple[tuple[int, int] | None, int, int]] = []
    for number, middle in enumerate(middles):
        column = _index(grid.xs, middle * page.width)
        place = owner.get((row, column)) if column is not None else None
        if runs and runs[-1][0] == place:
            runs[-1] = (place, runs[-1][1], number + 1)
        else:
            runs.append((place, number, number + 1))
    step = (word.right - word.left) / max(len(word.text), 1) / 2
    result = []
    for place, start, end in runs:
        if place is not None:
            left = word.left if start == 0 else middles[start] - step
            right = word.right if end == len(middles) else middles[end - 1] + step
            piece = Piece(
                word.text[start:end], left * page.width, right * page.width,
                word.top * page.height, word.bottom * page.height, confidence,
            )  # fmt: skip
            result.append((place, piece))
    return result


def _index(places: Sequence[float], at: float) -> int | None:
    if not places[0] - 1 <= at <= places[-1] + 1:
        return None
    for number in range(len(places) - 1):
        if at <= places[number + 1]:
            return number
    return len(places) - 2


def printed_lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that share a base line, line by line from above, each from the left."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        last = lines[-1] if lines else None
        height = piece.bottom - piece.top
        if last and abs(piece.middle - last[0].middle) < 0.5 * max(height, last[0].bottom - last[0].top):
            last.append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]


def text_of(pieces: Sequence[Piece]) -> str:
    """The text of a cell: its lines as one, a figure broken over two lines whole again."""
    text = ""
    for line in printed_lines(pieces):
        printed = _words(line)
        if not text:
            text = printed
        elif _OPEN_NUMBER.search(text) and _REST_OF_NUMBER.match(printed):
            text += printed
        elif re.search(r"\d[%％）)]?$", text) and re.match(r"[-+−]?\d", printed):
            text += " " + printed
        else:
            text = glue(text, printed)
    return text


def _words(line: Sequence[Piece]) -> str:
    text = line[0].text
    spaced_out = _is_spaced_out(line)
    for before, after in pairwise(line):
        chinese = _CHINESE.match(before.text[-1]) and _CHINESE.match(after.text[0])
        close = after.left - before.right < _WORD_SPACE * (after.bottom - after.top)
        text += after.text if chinese and (spaced_out or close) else f" {after.text}"
    return text


def _is_spaced_out(line: Sequence[Piece]) -> bool:
    """Whether a line's characters stand apart from each other (justified in a narrow cell)."""
    return len(line) >= 3 and sum(len(piece.text) <= 2 for piece in line) >= len(line) - 1


def mark_of(pieces: Sequence[Piece], page: Page, at: int) -> Mark:
    """Where a cell stands on the page."""
    box = (
        round(max(0.0, min(piece.left for piece in pieces) / page.width), 4),
        round(max(0.0, min(piece.top for piece in pieces) / page.height), 4),
        round(min(1.0, max(piece.right for piece in pieces) / page.width), 4),
        round(min(1.0, max(piece.bottom for piece in pieces) / page.height), 4),
    )
    return Mark(at, page.number, box, min(piece.confidence for piece in pieces))
