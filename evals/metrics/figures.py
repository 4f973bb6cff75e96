"""Share of the numbers, dates, names and places in an answer that stand in what its sentence cites."""

from __future__ import annotations

from assistant.checking.support import things_in, unsupported
from assistant.checking.verify import sentences_of
from assistant.model import Answer
from corpus.language.normalize import fold


def share_of_figures_quoted(answer: Answer) -> float | None:
    """None where the answer names nothing that can be checked."""
    by_number = {citation.n: citation for citation in answer.citations}
    named = missing = 0
    for sentence, numbers in sentences_of(answer):
        cited = [by_number[number] for number in numbers if number in by_number]
        told = fold(" ".join(f"{each.quote} {each.title} {each.section} {each.date}" for each in cited))
        named += len(things_in(sentence))
        missing += len(unsupported(sentence, told))
    return 1 - missing / named if named else None
