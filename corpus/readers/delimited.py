"""Rows of a delimited text: the delimiter that fits the whole file, and quotes that swallow no rows."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

DELIMITERS = (",", "\t", ";", "|", "，", "；")
_LONGEST_CELL = 1_000_000
_SURE = 0.9
_LONE_QUOTE = re.compile(r'"+')


class Rows(NamedTuple):
    """The rows of a text, the line that each begins in (from 1), and the lines whose quote is never closed."""

    rows: list[list[str]]
    lines: list[int]
    open_quotes: list[int]


def read_rows(text: str, delimiter: str = "") -> Rows:
    """The rows of a CSV text.

    A quote opens a cell only at its beginning and closes it only at its end, as RFC 4180 has it; one that is never closed, or
    whose cell would take in whole rows, is a character like any other.

    Args:
        text: The text, its line ends as "\\n".
        delimiter: What parts the cells; found out where it is empty.
    """
    delimiter = delimiter or sniff(text)
    found = _Reader(text, delimiter, trusting=True).read()
    widths = {len(row) for row in found.rows if any(cell.strip() for cell in row)}
    if len(widths) == 1 and widths != {1} and not found.open_quotes:
        return found
    return _Reader(text, delimiter).read()


def sniff(text: str) -> str:
    """The delimiter that cuts most rows of the whole text into the same number of cells, at least two; else a comma."""
    best, best_worth = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        rows = [row for row in _Reader(text, delimiter).read().rows if any(cell.strip() for cell in row)]
        width, count = Counter(map(len, rows)).most_common(1)[0] if rows else (1, 0)
        if width < 2:
            # Captions may outnumber the rows of a small table.
            wider = Counter(len(row) for row in rows if len(row) > 1)
            width, count = wider.most_common(1)[0] if wider else (1, 0)
        worth = (round(count / max(len(rows), 1), 2), width)
        is_mark_of_text = delimiter in "，；" and worth[0] < _SURE
        if width > 1 and count > 1 and worth > best_worth and not is_mark_of_text:
            best, best_worth = delimiter, worth
    return best


class _Reader:
    """Reads cell after cell; a `trusting` one takes a quoted cell for whole whatever lines it takes in."""

    def __init__(self, text: str, delimiter: str, *, trusting: bool = False) -> None:
        self._text = text
        self._delimiter = delimiter
        self._next = re.compile(f"[{re.escape(delimiter)}\n]")
        plain = [line.count(delimiter) for line in text.split("\n") if line.strip() and '"' not in line]
        self._usual = Counter(plain).most_common(1)[0][0] if plain and not trusting else 0
        self._nothing_closes_from = len(text) + 1
        self._line = 1

    def read(self) -> Rows:
        text, at = self._text, 0
        rows: list[list[str]] = []
        lines: list[int] = []
        open_quotes: list[int] = []
        row: list[str] = []
        begun = 1
        while at <= len(text):
            cell, after, is_open = self._cell(at, len(row))
            row.append(cell)
            if is_open and self._line not in open_quotes[-1:]:
                open_quotes.append(self._line)
            self._line += text.count("\n", at, after)
            if after >= len(text) or text[after] == "\n":
                if row != [""] or after < len(text):
                    rows.append(row)
                    lines.append(begun)
                row = []
                self._line += 1
                begun = self._line
            at = after + 1
        return Rows(rows, lines, open_quotes)

    def _cell(self, at: int, before: int) -> tuple[str, int, bool]:
        """The cell that begins at `at`, where it ends, and whether its quote is open; `before` are the row's cells so far."""
        text = self._text
        start = at
        while start < len(text) and text[start] == " ":
            start += 1
        if start < len(text) and text[start] == '"':
            closed = self._closing(start + 1)
            if closed is not None and not self._swallows(at, closed, before):
                after = closed + 1
                while after < len(text) and text[after] == " ":
                    after += 1
                return text[start + 1 : closed].replace('""', '"'), after, False
            after = self._plain_end(at)
            # A quotation that is only part of a cell ('"甲"等') is no open quote.
            return text[at:after], after, text.count('"', at, after) % 2 == 1
        after = self._plain_end(at)
        return text[at:after], after, False

    def _plain_end(self, at: int) -> int:
        match = self._next.search(self._text, at)
        return match.start() if match else len(self._text)

    def _closing(self, at: int) -> int | None:
        """Where the quote closes that was opened just before `at`; None where it does not, or another opens before."""
        if at >= self._nothing_closes_from:
            return None
        text, delimiter = self._text, self._delimiter
        for match in _LONE_QUOTE.finditer(text, at, at + _LONGEST_CELL):
            if len(match.group()) % 2 == 0:
                continue
            last = match.end() - 1
            if _after_spaces(text, last + 1) in {"", delimiter, "\n"}:
                return last
            if text[match.start() - 1] in {delimiter, "\n"}:
                return None
        if at + _LONGEST_CELL >= len(text):
            self._nothing_closes_from = min(self._nothing_closes_from, at)
        return None

    def _swallows(self, at: int, closed: int, before: int) -> bool:
        """Whether a quoted cell takes in lines that are rows themselves, and leaves its own row with another number of cells."""
        text = self._text
        if not self._usual or text.find("\n", at, closed) < 0:
            return False
        own_end = text.find("\n", at)
        own = before + text.count(self._delimiter, at, own_end)
        last_end = text.find("\n", closed)
        rest = text.count(self._delimiter, closed, last_end if last_end >= 0 else len(text))
        inner = text[own_end + 1 : closed].split("\n")[:-1]
        rows_inside = own == self._usual and all(
            line.count(self._delimiter) == self._usual for line in inner if line.strip()
        )
        return rows_inside and before + rest != self._usual


def _after_spaces(text: str, at: int) -> str:
    """The first character from `at` on that is no space; empty at the end."""
    while at < len(text) and text[at] == " ":
        at += 1
    return text[at : at + 1]
