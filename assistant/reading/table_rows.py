"""The row of a table that a question names, and the cell of it that it asks for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from math import log
from typing import NamedTuple

from assistant.reading.candidate import Candidate
from assistant.reading.rank import contradicts
from assistant.understanding.form_asked import pairs_of
from assistant.understanding.question import Question
from assistant.understanding.time_words import without_times
from corpus.language.mentions import mentions_in
from corpus.language.normalize import fold
from corpus.language.quantities import unit_after
from corpus.language.times import periods_in
from corpus.row_words import (
    ADDED,
    is_change,
    is_unit_column,
    joined_name,
    row_cells,
    tells_sum,
    unit_above,
    unit_of_head,
    units_of,
)
from corpus.table import is_row

_FIGURE = re.compile(r"^(?:[（(](?=[\d,.]+[)）]$))?[-+−△]?[¥￥$]?\d")
"""A cell that begins with a figure; (415.33) is a negative one, "（1）销售费用" is a name."""
_UNIT = re.compile(r"[（(][^（()）]*[）)]")
_LONG_FIGURE = re.compile(r"(?<![\d.])(?!(?:19|20)\d{2}(?![\d.]))\d[\d,]*\.?\d{2,}")
"""A figure of at least three digits that is no year."""
_STRETCH = re.compile(
    r"[_\s（(]*(?:(?:当[期月季]|[本单]月|本[期季])止?|累计|同比|环比|增[长速幅减]|[值率]|[)）])+$|^(?:(?:1[-—–~～至到])?\d{1,2}月|[本当]月|[本当]期)(?:份|累计)?"
)
"""What a head says of its measure behind it: "_累计值", "（当月）", "_同比增长"."""
_SHORTEST_NAME = 2
_SHORTEST_HEAD = 3
_FEW_FIGURES = 2
_LONGEST_BEFORE = 3
"""Characters before the figure of a cell."""
_LONG_ROW = 200
_MONTH = 31
_MOST_OF_A_YEAR = 300
_LEAD_OF_A_NAMED_ROW = 1.0
_NEARLY_AS_GOOD = 2.5


class Cell(NamedTuple):
    """A cell of a row: the head of its column, its value, its span "head：value" in the row's line, and the value's unit.

    `tells_change` is set for a share or a growth, which is no amount.
    """

    head: str
    value: str
    start: int = 0
    end: int = 0
    unit: str = ""
    tells_change: bool = False
    is_unit: bool = False

    @property
    def shown(self) -> str:
        """The value with its unit: "540.4万吨"."""
        return self.value + self.unit


def cells_of(candidate: Candidate) -> list[Cell]:
    """The cells of a candidate that is a row of a table, none of another."""
    if not is_row(candidate.text):
        return []
    passage = candidate.hit.passage
    above = unit_above(passage.text, max(candidate.start - passage.start, 0), passage.lead)
    return cells_of_line(candidate.text, candidate.head, above)


def cells_of_line(line: str, head: str = "", unit: str = "") -> list[Cell]:
    """The cells of a row as the readers write it ("地区：上海 | 营收：4800亿元").

    Args:
        line: The row.
        head: The line of heads above it, where it does not carry them itself.
        unit: What the table's figures are counted in, where neither head nor row tells it.
    """
    cells = row_cells(line, head)
    return [
        Cell(
            cell.head,
            cell.value,
            cell.value_at if cell.head_at == ADDED else cell.head_at,
            cell.value_at + len(cell.value),
            own,
            is_change(cell),
            is_unit_column(cell),
        )
        for cell, own in zip(cells, units_of(cells, unit), strict=True)
    ]


def narrowed(question: Question, candidate: Candidate, article_text: str) -> Candidate:
    """A candidate that is a long row cut down to the cell asked for, under the row's name; as it is where none is clear.

    Args:
        question: What is asked.
        candidate: A row, or a part of one that was cut: the whole row is looked through.
        article_text: The text that the candidate's span points into.
    """
    begin = article_text.rfind("\n", 0, candidate.start) + 1
    end = article_text.find("\n", candidate.start)
    line = article_text[begin : end if end >= 0 else len(article_text)]
    if not is_row(line) or len(line) <= _LONG_ROW:
        return candidate
    cells = cells_of_line(line)
    named = _named_best(
        question, _of_the_asked_sort(question, _figures(cells), cells[0].value), cells[0].value
    )
    if len(named) != 1:
        return candidate
    found = named[0]
    name = cells[0]
    return replace(
        candidate,
        start=begin + found.start,
        end=begin + found.end,
        text=line[found.start : found.end],
        head="",
        row_name="" if name == found else f"{name.head}：{name.value}" if name.head else name.value,
        reader_span=None,
    )


def named_rows_first(question: Question, ordered: list[Candidate]) -> list[Candidate]:
    """Candidates with the row before the first whose name the question gives, where the first tells of another thing.

    Rows of one table are alike in all but their names: what is asked for stands in each of them. Before a sentence comes
    only a row that is nearly as good.
    """
    if not ordered:
        return ordered
    first = ordered[0]
    sentence = "" if is_row(first.text) else fold(first.text)
    best, row = _named_length(question, first), first
    may_contradict = contradicts(first)
    for each in ordered[1:]:
        if sentence and first.score - each.score > _NEARLY_AS_GOOD:
            break
        if contradicts(each) and not may_contradict:
            continue
        named = _named_length(question, each, sentence)
        if named > best:
            best, row = named, each
    if row is first or (sentence and tell_the_same_figure(sentence, fold(row.text))):
        return ordered
    row.score = first.score + _LEAD_OF_A_NAMED_ROW
    return [row, *(each for each in ordered if each is not row)]


def _named_length(question: Question, candidate: Candidate, sentence: str = "") -> int:
    """How many characters of a question a row names, without those that a sentence before it holds: by its names, and by a head beside them."""
    names = [name for name in row_names_asked(question, candidate) if name not in sentence]
    heads = [without_times(_UNIT.sub("", fold(cell.head))).strip("·") for cell in cells_of(candidate)]
    asked = [head for head in heads if len(head) >= _SHORTEST_HEAD and head in question.folded]
    return sum(map(len, names)) + (max(map(len, asked), default=0) if names else 0)


def tell_the_same_figure(sentence: str, row: str) -> bool:
    """Whether a figure of several digits stands in both."""
    return bool(set(_LONG_FIGURE.findall(sentence)) & set(_LONG_FIGURE.findall(row)))


def row_names_asked(question: Question, candidate: Candidate) -> set[str]:
    """The names in a row's cells that stand in a question, or are other names of what does; units are no names."""
    names = {
        fold(joined_name(unit_of_head(cell.value)[0]))
        for cell in cells_of(candidate)
        if not cell.is_unit and not _FIGURE.match(cell.value)
    }
    others = {other for each in question.synonyms.values() for other in each}
    return {
        name for name in names if len(name) >= _SHORTEST_NAME and (name in question.folded or name in others)
    }


def asked_cell(question: Question, candidate: Candidate, whole: Question | None = None) -> str | None:
    """The figure in the column that a question names best, with its unit.

    Args:
        question: What is asked.
        candidate: What may answer.
        whole: The question that `question` is a clause of: "涨了多少" asks of the column that its first clause names.

    Returns:
        The figure; empty where no figure is sure, because several columns fit alike or the question names none of many;
        None where the candidate is no row, or one of so few figures that the reader may choose.
    """
    if candidate.row_name:
        cell = cells_of_line(candidate.text)[0]
        return cell.shown
    cells = cells_of(candidate)
    if not cells:
        return None
    figures = _of_the_asked_sort(question, _figures(cells), cells[0].value)
    figures = [cell for cell in figures if not _is_of_part_of_year(question, cell)]
    named = _named_best(question, figures, cells[0].value)
    if len(named) == 1:
        return named[0].shown
    if len(figures) == 1:
        return figures[0].shown
    if whole is not None and whole != question and (beside := _beside_named(whole, cells, figures)):
        return beside.shown
    return "" if named or len(_figures(cells)) > _FEW_FIGURES else None


def _is_of_part_of_year(question: Question, cell: Cell) -> bool:
    """Whether a year is asked for and the head of a cell names months of it: "2025年1—6月"."""
    asked = question.query().asked
    told = periods_in(cell.head, None)
    is_year = len(asked) == 1 and asked[0].days > _MOST_OF_A_YEAR
    return is_year and bool(told) and all(each.days < _MOST_OF_A_YEAR for each in told)


def _of_the_asked_sort(question: Question, figures: list[Cell], row_name: str) -> list[Cell]:
    """The figures that tell changes or shares where one is asked for, else those that tell amounts; all where none does."""
    asks_change = question.form.is_change_in_table
    of_sort = [cell for cell in figures if cell.tells_change == asks_change] or figures
    for wanted, other in (("同比", "环比"), ("环比", "同比")):
        if wanted in question.text and other not in question.text:
            of_sort = [cell for cell in of_sort if other not in cell.head]
    return _of_the_asked_stretch(question, of_sort, row_name)


def _of_the_asked_stretch(question: Question, figures: list[Cell], row_name: str) -> list[Cell]:
    """Without figures of the year up to a month (客运量_累计值) where that of the month beside them is asked for, or the other way."""
    wants_sum = _asks_up_to(question, row_name)
    if wants_sum is None:
        return figures
    fitting = {_measure_of(cell) for cell in figures if tells_sum(cell.head) == wants_sum}
    return [cell for cell in figures if tells_sum(cell.head) == wants_sum or _measure_of(cell) not in fitting]


def _asks_up_to(question: Question, row_name: str) -> bool | None:
    """Whether the year up to the time of a row is asked for, and not that time alone; None where the question does not tell."""
    if question.frame.is_stretch:
        return True
    asked, told = question.query().asked, periods_in(row_name, None)
    if len(asked) != 1 or len(told) > 1 or (told and asked[0].last != told[0].last):
        return None
    begins_with_year = (asked[0].first.month, asked[0].first.day) == (1, 1)
    if not told:
        # The heads alone tell the times: "1-4月累计" beside 本月.
        is_month = asked[0].days <= _MONTH
        return not is_month if begins_with_year != is_month else None
    # Of a first quarter, or of a year, both are the same.
    return begins_with_year if begins_with_year != (asked == told) else None


def _measure_of(cell: Cell) -> str:
    return _STRETCH.sub("", _UNIT.sub("", fold(cell.head)))


def _beside_named(whole: Question, cells: list[Cell], changes: list[Cell]) -> Cell | None:
    """The change that stands right after the amount which a question names."""
    amounts = [cell for cell in _figures(cells) if not cell.tells_change]
    named = _named_best(whole, amounts, cells[0].value) or amounts
    if len(named) != 1:
        return None
    after = cells.index(named[0]) + 1
    return cells[after] if after < len(cells) and cells[after] in changes else None


def _figures(cells: list[Cell]) -> list[Cell]:
    return [cell for cell in cells if _is_figure(cell.value) and not cell.is_unit]


def _is_figure(value: str) -> bool:
    """Whether a cell holds a figure, perhaps with what it does or how exact it is before it: "增长6.0%", "超4800亿元"."""
    if _FIGURE.match(value):
        return True
    told = [each for each in mentions_in(value) if each.quantity.unit]
    return (
        len(told) == 1 and told[0].start <= _LONGEST_BEFORE and unit_after(value, told[0].end) == len(value)
    )


def _names_several(question: Question, cells: list[Cell]) -> bool:
    """Whether a question names two measures of a row whole, as one that holds them against each other does: then no one cell answers."""
    named = {
        name for cell in cells if len(name := _measure_of(cell)) >= _SHORTEST_NAME and name in question.folded
    }
    return sum(not any(name != other and name in other for other in named) for name in named) > 1


def _named_best(question: Question, cells: list[Cell], row_name: str) -> list[Cell]:
    """The figures whose heads the question names best; none where it names none.

    A pair of characters tells the more, the fewer of the heads hold it; what names the row names no column. Of heads that are
    named as well, that is meant whose measure stands whole in the question: 客运量 before 民航客运量.
    """
    if _names_several(question, cells):
        return []
    asked = question.form.pairs - pairs_of(row_name)
    heads = [pairs_of(_UNIT.sub("", fold(cell.head))) for cell in cells]
    held_by = Counter(pair for head in heads for pair in head)
    fits = [
        round(sum(log(1 + len(cells) / held_by[pair]) for pair in head & asked), 6) if head else 0.0
        for head in heads
    ]
    best = max(fits, default=0.0)
    chosen = [cell for cell, fit in zip(cells, fits, strict=True) if best and fit == best]
    chosen = [cell for cell in chosen if _measure_of(cell) in question.folded] or chosen
    # What all heads share names none of them.
    return chosen if len(chosen) < len(cells) or len(cells) == 1 else []
