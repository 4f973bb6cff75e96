"""How many things the articles tell of where a question says another number: "哪两个条件" of what needs three."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.reading.candidate import Candidate
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from corpus.language.rows import counted_as, counts_in, rows_in
from corpus.outline import mark_of

_FEWEST = 3
"""Numbered sentences that are quoted from which on they are a list, told whole."""


def other_count(question: Question, quoted: Sequence[Candidate]) -> tuple[int, int] | None:
    """The number that a question says and the one that what is quoted tells; None where they agree or it tells none.

    Args:
        question: What is asked: "哪两个条件".
        quoted: The sentences that answer it.
    """
    asked = question.form.count_asked
    if asked is None:
        return None
    number, counted_by = asked
    names = counted_as(fold(question.text), number)
    texts = [fold(each.text) for each in quoted]
    told = {
        count
        for text in texts
        for count, by in counts_in(text)
        if by == counted_by and names & counted_as(text, count)
    }
    items = sum(mark_of(each.text.strip()) is not None for each in quoted)
    is_list = len(quoted) >= _FEWEST <= items
    tells_so_many = number in told or items == number
    tells_so_many = tells_so_many or any(len(row) == number for text in texts for row in rows_in(text))
    if not told and is_list:
        told = {items}
    if len(told) != 1 or tells_so_many:
        return None
    return number, told.pop()


__all__ = ["other_count"]
