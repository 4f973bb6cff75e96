"""Text whose lines were broken at a fixed width, as one line a paragraph again.

What tells such a text is how long its lines are, not what they say: most lines that end no sentence are as long as the
width lets them be.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus.repair import glue

_ENDS = tuple("。！？!?；;：:….")
_CLOSERS = "”’」』）)】》"
_NARROWEST, _WIDEST = 20, 120
_SLACK = 4
_INDENT = 4
_FEWEST = 2
_SHARE = 0.6
_FEW_WIDER = 0.03
_FIRST_TOKEN = re.compile(r"[A-Za-z0-9.,%％+\-/]+|.", re.DOTALL)
_BEGINS_ANEW = re.compile(
    r"(?:\s|[（(]?[一二三四五六七八九十百]{1,4}[）)、．.]|第[一二三四五六七八九十百零〇\d]+[编章节条款项]|[（(]?\d{1,3}[）)、]|\d{1,3}[.．](?!\d)|"
    r"[①-⑳]|[-•·●■◆▲*]\s?|附件|注[:：\d])"
)


def unwrapped(lines: Sequence[str], is_plain: Callable[[str], bool] = lambda line: True) -> list[str]:
    """The lines, those that a fixed width cut joined; as they are where no width explains them.

    Args:
        lines: Lines with their indents; empty ones part paragraphs.
        is_plain: Whether a line is prose; others are never joined.
    """
    lines = [line.rstrip() for line in lines]
    plain = [bool(line.strip()) and is_plain(line) for line in lines]
    full = _width([line for line, counts in zip(lines, plain, strict=True) if counts])
    if not full:
        return lines
    joins: list[bool] = []
    for n in range(len(lines) - 1):
        # The indent of a paragraph's first line may be lost.
        least = full - (0 if joins and joins[-1] else _INDENT)
        joins.append(plain[n] and plain[n + 1] and _is_cut(lines[n], lines[n + 1], least))
    open_ended = [
        n
        for n in range(len(lines) - 1)
        if plain[n] and plain[n + 1] and not _ends(lines[n]) and not _BEGINS_ANEW.match(lines[n + 1])
    ]
    joined = sum(joins[n] for n in open_ended)
    if joined < _FEWEST or joined < _SHARE * len(open_ended) or not _reach_an_end(lines, joins):
        return lines
    result = [lines[0]]
    for number, line in enumerate(lines[1:]):
        if joins[number]:
            result[-1] = glue(result[-1], line.strip())
        else:
            result.append(line)
    return result


def _width(lines: list[str]) -> int:
    """The width that the lines were broken at, 0 where none shows."""
    widths = sorted(map(width_of, lines))
    for width in reversed(widths):
        wider = len(widths) - bisect_right(widths, width)
        if wider > _FEW_WIDER * len(widths):
            return 0
        near = bisect_right(widths, width) - bisect_left(widths, width - _SLACK)
        if _NARROWEST <= width <= _WIDEST and near >= max(_FEWEST, len(widths) // 5):
            return width
    return 0


def width_of(text: str) -> int:
    """How wide a line is in a font of fixed width: two for a Chinese character, one for a Latin."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _is_cut(line: str, after: str, full: int) -> bool:
    if _ends(line) or _BEGINS_ANEW.match(after):
        return False
    first = _FIRST_TOKEN.match(after)
    return width_of(line) + width_of(first.group() if first else "") + 2 >= full


def _ends(line: str) -> bool:
    return line.rstrip(_CLOSERS).endswith(_ENDS) or line.endswith(_ENDS)


def _reach_an_end(lines: list[str], joins: list[bool]) -> bool:
    """Whether most of the paragraphs that would be joined end as sentences do: the lines of a list do not."""
    ends = [
        lines[n + 1]
        for n, (join, next_join) in enumerate(pairwise([*joins, False]))
        if join and not next_join
    ]
    return sum(map(_ends, ends)) * 2 > len(ends)
