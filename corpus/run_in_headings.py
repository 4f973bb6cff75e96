"""Points that begin with their heading ("（二）加大稳岗支持力度。对不裁员的企业…"): the heading stands over the rest, as it is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.block import Block, BlockKind

_POINT = re.compile(
    r"^(?P<heading>(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}(?:[．、]|\.(?!\d)))"
    r"\s*[^\d。：:；;！？!?\n“”]{4,36}。)(?P<rest>\S.{29,})$",
    re.S,
)
"""A mark, a short first sentence without figures, and a paragraph of some length."""
_MARK = re.compile(
    r"^(?:(?P<chinese>[一二三四五六七八九十]{1,3}、)|(?P<bracketed>[（(][一二三四五六七八九十]{1,3}[）)])|"
    r"(?P<arabic>\d{1,2}(?:[．、]|\.(?!\d))))"
)
_BELOW = {"chinese": 1, "bracketed": 1, "arabic": 2}
"""How far below the heading above it a point stands; one of 一、 where all such headings of the text do."""
_FEWEST = 3
_MOST_OF_THEM = 0.6
_ANNOUNCES = ("：", ":")


def lift_run_in_headings(blocks: list[Block]) -> list[Block]:
    """The headings of points become headings, where most points of their kind have one.

    Items of a list that a sentence with a colon announces stay whole: what begins them is no heading.
    """
    kinds = [_kind_of(block) for block in blocks]
    lifted = {kind for kind in _BELOW if _have_headings(blocks, kinds, kind)}
    result: list[Block] = []
    own = [block.level for block in blocks if block.kind is BlockKind.HEADING and _is_chinese(block)]
    above = 1
    announced: frozenset[str] = frozenset()
    for block, kind in zip(blocks, kinds, strict=True):
        if block.kind is BlockKind.HEADING:
            above = block.level
        if kind not in announced:
            # A list ends with what is none of its items.
            announced = frozenset()
        point = _POINT.match(block.text) if kind in lifted and kind not in announced else None
        if point is None:
            result.append(block)
        else:
            level = own[0] if kind == "chinese" and own else above + _BELOW[kind]
            if kind == "chinese":
                own, above = [level], level
            heading = replace(block.with_text(point["heading"]), kind=BlockKind.HEADING, level=level)
            result += [heading, block.after(point["heading"], point["rest"])]
        if block.kind is BlockKind.PARAGRAPH and block.text.endswith(_ANNOUNCES):
            announced = frozenset(["arabic"]) if kind == "bracketed" else frozenset(["bracketed", "arabic"])
    return result


def _is_chinese(block: Block) -> bool:
    mark = _MARK.match(block.text)
    return mark is not None and mark.lastgroup == "chinese"


def _kind_of(block: Block) -> str:
    """How a paragraph is numbered; empty where it is not."""
    mark = _MARK.match(block.text) if block.kind is BlockKind.PARAGRAPH else None
    return str(mark.lastgroup) if mark else ""


def _have_headings(blocks: Sequence[Block], kinds: Sequence[str], kind: str) -> bool:
    """Whether most of the points numbered in one way begin with a heading."""
    own = [block for block, each in zip(blocks, kinds, strict=True) if each == kind]
    with_heading = sum(_POINT.match(block.text) is not None for block in own)
    return with_heading >= max(_FEWEST, _MOST_OF_THEM * len(own))


__all__ = ["lift_run_in_headings"]
