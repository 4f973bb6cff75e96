"""A long row of a table as it is read by itself: as the one cell of it that is asked for."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.reading.candidate import Candidate
from assistant.reading.table_rows import narrowed
from assistant.understanding.question import Question
from corpus.label import label_of
from corpus.language.times import periods_in
from corpus.row_words import tells_sum
from corpus.table import is_figure

_AT_THE_END = "末"
"""What says that a figure is one of a day, and no sum."""
_MONTH_OR_QUARTER = re.compile(r"\d{4}年(?:\d{1,2}月份?|第?[一二三四]季度)?")
_STRETCHES = {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}


def cell_alone(question: Question, candidate: Candidate) -> str:
    """The cell of a long row that a question asks for, in words and under its article's label; empty where none is clear.

    A row of sixty columns holds every word that is asked, and the reader finds no answer in it. A sum is told with the stretch that
    it is of: the row of June holds 客运量_累计值 of the first half of the year.

    Args:
        question: What is asked.
        candidate: What may answer.
    """
    passage = candidate.hit.passage
    own = replace(candidate, start=candidate.start - passage.start, end=candidate.end - passage.start)
    cell = narrowed(question, own, passage.text)
    if cell is own:
        return ""
    head, _, value = cell.text.rpartition("：")
    name = cell.row_name.rpartition("：")[2]
    if not name or (is_figure(name) and not periods_in(name, None)):
        # A part of a row that was cut has no name.
        return ""
    return f"{label_of(candidate.hit.article.title, passage)}\n{_stretch(head, name)}，{head.replace('_', '')}为{value}。"


def _stretch(head: str, row_name: str) -> str:
    """The time that a row is named by, of a sum the year up to it: "2025年上半年" for "2025年6月"."""
    told = periods_in(row_name, None) if _MONTH_OR_QUARTER.fullmatch(row_name.strip()) else []
    if not tells_sum(head) or _AT_THE_END in head or len(told) != 1:
        return row_name
    last = told[0].last
    return f"{last.year}年{_STRETCHES.get(last.month, f'1—{last.month}月')}"
