"""A row that is named as what a question asks for, with one cell that the question chooses, needs less to be told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.candidate import Candidate
from assistant.reading.named_rows import endings, name_of_row
from assistant.reading.rank import Scorer, is_doubtful
from assistant.reading.table_rows import Cell, asked_cell, cells_of, row_names_asked
from assistant.state import Part
from corpus.language.normalize import fold
from corpus.row_words import unit_of_head
from index.kinds import Kind

_LIKELY = 0.6
"""The share of the usual threshold that is enough: the network reads rows less well than sentences."""
_SHORTEST_NAME = 3
_BEFORE = 2
"""Characters before an ending that say of what it is: 扣非 of 扣非净利润."""
_LEAD = 1.0
"""How far behind another row with the same ending must be."""
_YEAR = re.compile(r"(?:19|20)\d{2}")


def trust_named_cell(part: Part, scorer: Scorer) -> None:
    """Raise the confidence of a figure that the first row found tells in the column asked for, under the name asked for.

    Args:
        part: A part of a question, its candidates best first.
        scorer: What tells how sure one must be.
    """
    least = scorer.threshold_for(part.parsed)
    if part.parsed.kind not in {Kind.AMOUNT, Kind.SHARE} or not least * _LIKELY <= part.confidence < least:
        return
    first = part.candidates[0]
    cells = cells_of(first)
    if not cells or is_doubtful(first):
        return
    if not _is_named(part, first, cells):
        return
    told = fold(f"{first.context} {' '.join(cell.head for cell in cells)} {first.text}")
    years = set(map(str, part.parsed.query().years))
    if years <= set(_YEAR.findall(told)) and asked_cell(part.parsed, first):
        part.confidence = least


def _is_named(part: Part, first: Candidate, cells: Sequence[Cell]) -> bool:
    """Whether a question ends in the name of a row, in what alone of the rows found ends its name, or in a head beside a name that it gives."""
    asked = endings(part.parsed)
    names = row_names_asked(part.parsed, first)
    if any(each.endswith(name) for each in asked for name in names if len(name) >= _SHORTEST_NAME):
        return True
    heads = [fold(unit_of_head(cell.head)[0]) for cell in cells]
    if names and any(each.endswith(h) for each in asked for h in heads if len(h) >= _SHORTEST_NAME):
        return True
    rivals = [each for each in part.candidates[1:] if first.score - each.score < _LEAD]
    is_ending = _shares_ending(asked[0], first)
    return is_ending and not any(_shares_ending(asked[0], each) for each in rivals)


def _shares_ending(asked: str, row: Candidate) -> bool:
    """Whether a row's name ends as a question does, of which it holds what stands before that too: 净利润, but not 扣非净利润."""
    name, told = name_of_row(row.text), fold(f"{row.context} {row.text}")
    ends_alike = len(name) >= _SHORTEST_NAME and asked.endswith(name[-_SHORTEST_NAME:])
    return ends_alike and asked[:-_SHORTEST_NAME][-_BEFORE:] in told
