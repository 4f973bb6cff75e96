"""Passages with a row that is named as what a question asks for, which others hide whose every head holds the same words.

"营业收入是多少" finds the tables of 分地区 and 分产品 first, as each of their rows says 营业收入 several times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.candidate import Candidate
from assistant.reading.table_rows import cells_of
from assistant.understanding.grid import without_asking
from assistant.understanding.phrases import is_measure
from assistant.understanding.question import Question
from assistant.understanding.time_words import without_times
from corpus.language.normalize import fold
from corpus.row_words import joined_name, unit_of_head
from corpus.table import is_row
from index.hit import Hit
from index.kinds import Kind
from index.synonyms import synonyms_in
from index.words import content_words

_KINDS = frozenset([Kind.AMOUNT, Kind.SHARE, Kind.OTHER])
_MOST = 3
_SHORTEST_NAME = 3
_TOTAL = re.compile(r"[合总共小]计|^全|^总|平均|[年月季日旬周]|^[-—/]+$|不适用|^[^\u4e00-\u9fffA-Za-z]*$")
""" "合计", "全国", times and empty cells: names of no thing of its own."""


def with_named_rows(question: Question, found: Sequence[Hit], read: Sequence[Hit]) -> list[Hit]:
    """The passages to read, and where none of them has a row named as the question ends, the first few found that have one.

    Args:
        question: What is asked.
        found: All passages found, best first.
        read: Those that are read anyway.
    """
    known = {hit.passage.id for hit in read}
    if question.kind not in _KINDS:
        return list(read)
    asked = endings(question)
    if any(_has_row(hit.passage.text, asked) for hit in read):
        return list(read)
    named = (hit for hit in found if hit.passage.id not in known and _has_row(hit.passage.text, asked))
    least = min((hit.score for hit in read), default=0.0)
    # What was not read yet bears the first ranking's score, which is of another scale.
    added = (hit.model_copy(update={"score": min(hit.score, least)}) for hit in named)
    return [*read, *(hit for hit, _ in zip(added, range(_MOST), strict=False))]


def is_row_of_another(question: Question, candidate: Candidate) -> bool:
    """Whether a row tells what is asked for of a thing that the question does not name: 境内, where all 营业收入 is asked for.

    None of the names in its cells, which are no times and no totals, stands in the question; and its heads hold what is measured, or its
    name is another measure.
    """
    if question.kind not in {Kind.AMOUNT, Kind.SHARE} or question.is_over_articles or "哪" in question.text:
        return False
    cells = cells_of(candidate)
    names = [
        fold(joined_name(unit_of_head(cell.value)[0]))
        for cell in cells
        if not cell.is_unit and cell.value and not re.search(r"\d", cell.value)
    ]
    if not names or any(_TOTAL.search(name) or _is_asked_of(question, name) for name in names):
        return False
    if any(is_measure(name) for name in names[:1]) and is_measure(endings(question)[0]):
        # 营业收入, where 净利润 is asked for.
        return True
    heads = {word for cell in cells[1:] for word in content_words(without_times(fold(cell.head)))}
    return any(len(word) > 1 and word in question.folded for word in heads)


def _is_asked_of(question: Question, name: str) -> bool:
    """Whether a question holds two characters in a row of a name, or another name of what it holds."""
    others = {other for each in question.synonyms.values() for other in each}
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    return any(pair in question.folded for pair in pairs) or any(other in name for other in others)


def _has_row(text: str, asked: Sequence[str]) -> bool:
    return any(
        len(name) >= _SHORTEST_NAME and any(each.endswith(name) for each in asked)
        for line in text.split("\n")
        if is_row(line)
        for name in [name_of_row(line)]
    )


def name_of_row(row: str) -> str:
    """The name of a row: its first cell without the head and the unit."""
    return fold(joined_name(unit_of_head(row.partition("|")[0].rpartition("：")[2].strip())[0]))


def endings(question: Question) -> list[str]:
    """How a question may end before it asks: in the name of what it asks for, or in another name of that."""
    text = without_asking(without_times(question.folded)).rstrip("的在, ")
    others = [text.replace(old, new) for old, news in synonyms_in(text).items() for new in news]
    return [text, *others]


__all__ = ["endings", "is_row_of_another", "name_of_row", "with_named_rows"]
