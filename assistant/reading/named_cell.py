"""A row that is named as what a question asks for, with one cell that the question chooses, needs less to be told."""

from __future__ import annotations

import re

from assistant.reading.rank import Scorer, is_doubtful
from assistant.reading.table_rows import asked_cell, cells_of, row_names_asked
from assistant.state import Part
from assistant.understanding.grid import without_asking
from assistant.understanding.question import Question
from assistant.understanding.time_words import without_times
from corpus.language.normalize import fold
from index.kinds import Kind
from index.synonyms import synonyms_in

_LIKELY = 0.6
"""The share of the usual threshold that is enough: the network reads rows less well than sentences."""
_SHORTEST_NAME = 3
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
    asked = _endings(part.parsed)
    named = [name for name in row_names_asked(part.parsed, first) if len(name) >= _SHORTEST_NAME]
    if not any(each.endswith(name) for each in asked for name in named):
        return
    told = fold(f"{first.context} {' '.join(cell.head for cell in cells)} {first.text}")
    years = set(map(str, part.parsed.query().years))
    if years <= set(_YEAR.findall(told)) and asked_cell(part.parsed, first):
        part.confidence = least


def _endings(question: Question) -> list[str]:
    """How a question may end before it asks: in the name of what it asks for, or in another name of that."""
    text = without_asking(without_times(question.folded)).rstrip("的在, ")
    others = [text.replace(old, new) for old, news in synonyms_in(text).items() for new in news]
    return [text, *others]
