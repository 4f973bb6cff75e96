"""Share of the numbers, dates, names and places in an answer that stand in what its sentence cites."""

from __future__ import annotations

import re

from assistant.checking.support import things_in, unsupported
from assistant.model import Answer
from corpus.language.normalize import fold

_MARK = re.compile(r"\[(\d+)\]")


def share_of_figures_quoted(answer: Answer) -> float | None:
    """None where the answer names nothing that can be checked."""
    by_number = {citation.n: citation for citation in answer.citations}
    named = missing = 0
    for line in answer.answer.split("\n"):
        sentence = _MARK.sub("", line)
        cited = [by_number[int(number)] for number in _MARK.findall(line) if int(number) in by_number]
        told = fold(" ".join(f"{each.quote} {each.title} {each.section} {each.date}" for each in cited))
        named += len(things_in(sentence))
        missing += len(unsupported(sentence, told))
    return 1 - missing / named if named else None
