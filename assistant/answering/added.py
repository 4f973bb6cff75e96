"""What a quoted sentence needs to stand alone: the year, the place or the column that it takes from what stands above it."""

from __future__ import annotations

import re

from assistant.checking.orders import is_order
from assistant.reading.candidate import Candidate
from assistant.understanding.question import question_of
from corpus.language.companies import companies_in, is_told_of, whole_name
from corpus.language.normalize import fold
from corpus.language.periods import likeness
from corpus.language.places import lies_within, places_in
from corpus.language.times import PartialDay, names_a_year, periods_in, years_of
from corpus.table import cells_with_heads
from index.kinds import Kind
from index.query import Query

_OPEN, _CLOSE = "〔", "〕"
_LONGEST = 90
ADDED = re.compile(f"{_OPEN}[^{_OPEN}{_CLOSE}]{{1,{_LONGEST}}}{_CLOSE}")


def standing_alone(candidate: Candidate, query: Query) -> str:
    """The candidate's text with what is added in 〔〕; a row of a table with its columns' heads."""
    added = [
        *([candidate.row_name] if candidate.row_name else _time(candidate, query)),
        *_place(candidate, query),
        *_company(candidate, query),
        *_document(candidate, query),
    ]
    # A document's number has such brackets itself: 银发〔2025〕124号.
    told = "，".join(added).replace(_OPEN, "[").replace(_CLOSE, "]")[:_LONGEST]
    mark = f"{_OPEN}{told}{_CLOSE}" if told else ""
    return mark + (cells_with_heads(candidate.text, candidate.head) if candidate.head else candidate.text)


def heading(name: str) -> str:
    """A line that names what stands under it: it is added too, and claims nothing."""
    plain = " ".join(name.split()).replace(_OPEN, "[").replace(_CLOSE, "]")[:_LONGEST]
    return f"{_OPEN}{plain}{_CLOSE}"


def without_added(text: str) -> str:
    """`text` without what was added in 〔〕."""
    return ADDED.sub("", text)


def _time(candidate: Candidate, query: Query) -> list[str]:
    if len(candidate.periods) != 1:
        return []
    # In an article without a date the years of its story are no frame for each of its sentences; where such a year is
    # why a sentence answers, it is shown.
    if not candidate.hit.article.date and likeness(query.asked, candidate.periods) < 1:
        return []
    if own := periods_in(candidate.text, PartialDay.parse(candidate.hit.article.date)):
        # "截至10月17日" names no year; where one is asked for, it is shown which is meant.
        years = years_of(own) if query.years and not names_a_year(fold(candidate.text)) else []
        return [f"{years[0]}年"] if len(years) == 1 else []
    written = candidate.periods[0].in_words
    return [written] if written else []


_AN_ORGANISATION = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9（）()·]{2,20}(?:公司|集团|股份|中心|百货|银行|证券|大学|学院|医院|研究[院所]|交易所|协会|商会)"
)
_OWN_REGION = re.compile(r"(?<![资日成完基安健])[全我本][省市区县州](?!场|域|间|级)")
"""How an article of a place speaks of it."""
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


def _company(candidate: Candidate, query: Query) -> list[str]:
    """The company asked of, where the article's title or headings name it and the sentence names none."""
    if companies_in(candidate.text):
        return []
    passage, article = candidate.hit.passage, candidate.hit.article
    if _AN_ORGANISATION.fullmatch(article.title) and article.title in query.question:
        return [] if article.title[:2] in candidate.text else [article.title]
    above = " ".join([article.title, *passage.heading_path])
    asked = [name for name in question_of(query).companies if is_told_of(fold(name), fold(above))]
    if len(asked) != 1 or is_told_of(fold(asked[0]), fold(candidate.text)):
        return []
    return [article.title if _AN_ORGANISATION.fullmatch(article.title) else whole_name(asked[0], above)]


def _place(candidate: Candidate, query: Query) -> list[str]:
    own = places_in(candidate.text)
    above = places_in(candidate.context)
    if own:
        # What it names itself is what it tells of.
        return []
    region = candidate.hit.article.region
    if not query.places and region and _OWN_REGION.search(candidate.text):
        return [region]
    # What stands above a sentence on a province says nothing of a city in it, nor the other way round.
    return [
        place
        for place in query.places
        if any(lies_within(place, other) and lies_within(other, place) for other in above)
    ][:1]
