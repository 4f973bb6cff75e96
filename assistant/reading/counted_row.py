"""How many things are asked for ("哪四个产业", "五篇大文章是哪五篇"), held against the rows and lists that sentences tell."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.listed import announced_items, items_beside
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer, contradicts
from assistant.state import Part
from corpus.language.normalize import fold
from corpus.language.rows import counts_in, rows_in
from corpus.outline import outline_of
from index.store import Index

_LOOKED_AT = 30
_MOST_LOST = 1.0
"""What a sentence with the row may lose against the first; one that says itself how many there are may lose more."""
_MOST_LOST_OF_COUNTED = 2.5
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
        found = _telling(index, part, each, asked)
        says_so = found is not None and asked in counts_in(fold(found.text))
        if found is None or (best - each.score > _MOST_LOST and not says_so):
            continue
        if found is not part.candidates[0]:
            part.candidates = [found, *(other for other in part.candidates if other is not found)]
            part.confidence = scorer.confidence_of([found])
        least = scorer.threshold_for(part.parsed)
        if says_so:
            part.confidence = max(part.confidence, _SURE)
        elif part.confidence >= least * _LIKELY:
            part.confidence = max(part.confidence, least)
        return


def _telling(index: Index, part: Part, candidate: Candidate, asked: tuple[int, str]) -> Candidate | None:
    """The candidate, where it tells so many; else what announces a list of so many that it stands in; else None."""
    number, _ = asked
    if any(len(row) == number for row in rows_in(candidate.text)):
        return candidate
    article = index.catalogue.article(candidate.hit.article.id)
    if article is None:
        return None
    items = announced_items(candidate, article.text)
    beside = items_beside(candidate, article.text, part.parsed)
    if number in {len(items), len(beside), len(beside) - 1}:
        return candidate
    for each in outline_of(article.text):
        told = article.text[slice(*each.lead)] if each.lead else ""
        if asked in counts_in(fold(told)) and len(each.items) == number and told in candidate.context:
            start, end = each.lead or (0, 0)
            return replace(candidate, start=start, end=end, text=told, reader_span=None)
    return None
