"""Questions that an article asks and answers itself (常见问题, 政策问答, interviews): each is the heading of its answer."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from corpus.block import Block, BlockKind
from corpus.outline import mark_of

_LONGEST = 80
_FEWEST = 2
"""Questions with answers below which a text only asks by way of speaking."""
_ENDS = ("？", "?")
ANSWER_MARK = re.compile(r"(?:答复?|[Aa]\d{0,2})\s*[:：]\s*")
"""What an answer begins with: "答："."""
_SPEAKER = re.compile(r"(?:\d{1,2}[.、．]\s*)?(?P<who>[问答QqAa]|[\u4e00-\u9fff]{2,6})\s*\d{0,2}\s*[:：]")
"""Whose words a line are: "问：", "Q2：", "记者："."""
_RUN_IN = re.compile(r"^(?P<asked>[^？?。\n]{4,80}[？?])\s*(?=答\s*[:：])")
_DEPTHS = {"chinese": 2, "bracketed": 3, "decimal": 4}
_DEPTH = 5
_OF_ANSWERS = ("bracketed", "decimal")


def recognise_questions(blocks: list[Block]) -> list[Block]:
    """Lines that ask become the headings of the answers below them, where a text asks and answers at least twice.

    "三、保险金能领多久？" is a heading as "三、领取期限" is; a question and its answer in one line ("…多少？答：…") are two
    first. Numbered headings inside an answer stand below its question.
    """
    apart = [part for block in blocks for part in _apart(block)]
    asks = {
        number
        for number, (block, below) in enumerate(pairwise(apart))
        if _is_question(block) and _may_answer(below)
    }
    asks |= _of_those_who_ask(apart, asks)
    known = sum(block.kind is BlockKind.HEADING and block.text.endswith(_ENDS) for block in apart)
    if not asks or len(asks) + known < _FEWEST:
        return blocks
    result: list[Block] = []
    base, level, is_inner = 1, 0, dict.fromkeys(_OF_ANSWERS, False)
    for number, block in enumerate(apart):
        mark = mark_of(block.text)
        style = mark.style if mark else ""
        if number in asks:
            level = base + _DEPTHS.get(style, _DEPTH)
            block = replace(block, kind=BlockKind.HEADING, level=level)
        elif block.kind is BlockKind.HEADING and mark is None:
            base, level = block.level, 0
        elif block.kind is BlockKind.HEADING and mark is not None and style in is_inner:
            if mark.number == 1:
                is_inner[style] = level > 0
            if is_inner[style] and level:
                block = replace(block, level=max(block.level, level + 1 + _OF_ANSWERS.index(style)))
        elif block.kind is BlockKind.HEADING:
            level = 0
        result.append(block)
    return result


def _of_those_who_ask(blocks: list[Block], asks: set[int]) -> set[int]:
    """Further lines of who asked twice ("记者：请介绍一下背景。") above the words of somebody else."""
    asked = Counter(who for number in asks if (who := _speaker(blocks[number])))
    return {
        number
        for number, (block, below) in enumerate(pairwise(blocks))
        if asked[_speaker(block)] >= _FEWEST
        and _may_ask(block)
        and _may_answer(below)
        and _speaker(below) not in {"", _speaker(block)}
    }


def _speaker(block: Block) -> str:
    match = _SPEAKER.match(block.text) if block.kind is not BlockKind.HEADING else None
    return match.group("who") if match else ""


def _may_ask(block: Block) -> bool:
    is_text = block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}
    return is_text and len(block.text) <= _LONGEST and not ANSWER_MARK.match(block.text)


def _is_question(block: Block) -> bool:
    return _may_ask(block) and block.text.endswith(_ENDS) and "。" not in block.text


def _may_answer(block: Block) -> bool:
    """Whether a block may be the beginning of an answer: text, or the first heading inside it."""
    mark = mark_of(block.text)
    is_inner = mark is not None and mark.style in _OF_ANSWERS and mark.number == 1
    return not _is_question(block) and (block.kind is not BlockKind.HEADING or is_inner)


def _apart(block: Block) -> list[Block]:
    """A question and its answer that stand in one paragraph, as two blocks."""
    match = _RUN_IN.match(block.text) if block.kind is BlockKind.PARAGRAPH else None
    if match is None:
        return [block]
    asked = match.group("asked")
    return [block.with_text(asked), block.after(asked, block.text[match.end() :])]
