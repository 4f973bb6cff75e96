"""How many things are asked for ("哪四个产业", "五篇大文章是哪五篇"), held against the rows and lists that sentences tell."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.listed import announced_items, first_sentence, items_beside
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer, contradicts
from assistant.state import Part
from corpus.language.normalize import fold
from corpus.language.rows import counted_as, counts_in, rows_in
from corpus.outline import outline_of
from index.store import Index

_LOOKED_AT = 30
_MOST_LOST = 1.0
"""What a sentence with the row may lose against the first; one that says itself how many there are may lose more."""
_MOST_LOST_OF_COUNTED = 2.5
_BEFORE_A_LIST = 200
"""Characters before a list in which it may be said how many items it has."""
_SURE = 0.8
_LIKELY = 0.6
"""The share of the usual threshold that is enough where a row of just so many things is told."""


def prefer_counted_row(index: Index, part: Part, scorer: Scorer) -> None:
    """Put the sentence in front that tells as many things as are asked for.

    Args:
        index: Where the articles stand, for lists that go on over passages.
        part: A part of a question, its candidates best first.
        scorer: What tells how sure one must be.
    """
    asked = part.parsed.form.count_asked
    if asked is None or not part.candidates:
        return
    best = part.candidates[0].score
    for each in part.candidates[:_LOOKED_AT]:
        if contradicts(each) or best - each.score > _MOST_LOST_OF_COUNTED:
            continue
        told = _telling(index, part, each, asked)
        if told is None or (best - each.score > _MOST_LOST and not told[1]):
            continue
        found, says_so = told
        if found is not part.candidates[0]:
            part.candidates = [found, *(other for other in part.candidates if other is not found)]
            part.confidence = scorer.confidence_of([found])
        least = scorer.threshold_for(part.parsed)
        if says_so:
            part.confidence = max(part.confidence, _SURE)
        elif part.confidence >= least * _LIKELY:
            part.confidence = max(part.confidence, least)
        return


def _telling(
    index: Index, part: Part, candidate: Candidate, asked: tuple[int, str]
) -> tuple[Candidate, bool] | None:
    """What tells so many, and whether it says itself how many: the candidate, else its article's list of so many; else None."""
    number, _ = asked
    wanted = counted_as(part.parsed.folded, number)
    told = counted_as(fold(candidate.text), number)
    if wanted and told and not wanted & told:
        # "三个区域" are no "三大工具".
        return None
    says_so = asked in counts_in(fold(candidate.text)) and bool(wanted & told)
    if any(len(row) == number for row in rows_in(candidate.text)):
        return candidate, says_so
    article = index.catalogue.article(candidate.hit.article.id)
    if article is None:
        return None
    items = announced_items(candidate, article.text)
    beside = items_beside(candidate, article.text, part.parsed)
    if number in {len(items), len(beside), len(beside) - 1}:
        return candidate, says_so
    for each in outline_of(article.text):
        first = each.items[0].start
        before = article.text[max(0, first - _BEFORE_A_LIST) : first]
        if (
            len(each.items) == number
            and asked in counts_in(fold(before))
            and wanted & counted_as(before, number)
        ):
            start, end = each.lead or first_sentence(article.text, first, each.items[0].end)
            text = article.text[start:end]
            return replace(candidate, start=start, end=end, text=text, reader_span=None), True
    return None
