"""What a quoted sentence needs to stand alone: the year, the place or the column that it takes from what stands above it."""

from __future__ import annotations

import re

from assistant.candidate import Candidate
from assistant.orders import is_order
from corpus.places import places_in, same_place
from corpus.table import cells_with_heads
from corpus.time_frame import PartialDay, periods_in
from index.query import Query
from index.question import Kind

_OPEN, _CLOSE = "〔", "〕"
_LONGEST = 90
ADDED = re.compile(f"{_OPEN}[^{_OPEN}{_CLOSE}]{{1,{_LONGEST}}}{_CLOSE}")


def standing_alone(candidate: Candidate, query: Query) -> str:
    """The candidate's text with what is added in 〔〕; a row of a table with its columns' heads."""
    added = [*_time(candidate), *_place(candidate, query), *_document(candidate, query)]
    # A document's number has such brackets itself: 银发〔2025〕124号.
    told = "，".join(added).replace(_OPEN, "[").replace(_CLOSE, "]")[:_LONGEST]
    mark = f"{_OPEN}{told}{_CLOSE}" if told else ""
    return mark + (cells_with_heads(candidate.text, candidate.head) if candidate.head else candidate.text)


def without_added(text: str) -> str:
    """`text` without what was added in 〔〕."""
    return ADDED.sub("", text)


def _time(candidate: Candidate) -> list[str]:
    # In an article without a date the years of its story are no frame for each of its sentences.
    if not candidate.hit.article.date or len(candidate.periods) != 1:
        return []
    if periods_in(candidate.text, PartialDay.parse(candidate.hit.article.date)):
        return []
    written = candidate.periods[0].in_words
    return [written] if written else []


DOCUMENT = re.compile(
    r"《[^》]{2,60}》|(?:国务院令|(?:19|20)\d{2}年)?第\d+号令?(?:公告)?|(?:19|20)\d{2}年[\u4e00-\u9fff]{0,12}工作报告"
)


def document_of(candidate: Candidate) -> str:
    """The document that a sentence stands on: named in it, else last before it in its passage, else in its article's title."""
    passage, article = candidate.hit.passage, candidate.hit.article
    before = passage.text[: max(candidate.start - passage.start, 0)]
    for text in (candidate.text, before, article.title):
        if named := DOCUMENT.findall(text):
            return str(next((each for each in reversed(named) if each.startswith("《")), named[-1]))
    return article.title


def _document(candidate: Candidate, query: Query) -> list[str]:
    if query.kind is not Kind.DOCUMENT or DOCUMENT.search(candidate.text):
        return []
    document = document_of(candidate)
    return [] if is_order(document) else [document]


def _place(candidate: Candidate, query: Query) -> list[str]:
    own = places_in(candidate.text)
    above = places_in(candidate.context)
    if own:
        # What it names itself is what it tells of.
        return []
    return [place for place in query.places if any(same_place(place, other) for other in above)][:1]
