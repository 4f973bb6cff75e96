"""Answers that stand at a known place: the 条 of a rule, a document's own number, what is said of a document by its number."""

from __future__ import annotations

import re

from assistant.checking.orders import is_order
from assistant.reading.candidate import Candidate
from assistant.state import Part
from corpus.label import label_of
from corpus.language.document_number import document_numbers
from corpus.language.sentences import sentence_spans
from corpus.model import Passage
from index.hit import ArticleInfo, Hit
from index.named_documents import named_articles
from index.query import Query
from index.store import Index

_SURE = 0.95
_SAID_OF_IT = 0.8
_SAYS_WHETHER_IT_HOLDS = re.compile(
    r"有效|失效|废止|作废|停止(?:执行|施行)|不再执行|替代|取代|修改|修订|以本[^，。]{2,8}为准"
)


def prefer_named_document(index: Index, query: Query, part: Part) -> None:
    """Put what a question asks for by its place first: a 条, a document's number, a sentence that names a number.

    Where the named rule has no such 条, or nothing names the number, the confidence is none.
    """
    if part.found.provision is not None:
        provision = part.found.provision
        found = (
            _candidate(index, provision.article, provision.start, provision.end) if provision.end else None
        )
        _put_first(part, found, _SURE if found else 0.0)
    elif (asked_at := part.parsed.form.number_at) is not None:
        for article in named_articles(index.catalogue, query, part.hits, asked_at):
            if found := _own_number(index, article):
                _put_first(part, found, _SURE)
                return
    elif query.numbers:
        _prefer_numbered(query, part)


def _put_first(part: Part, found: Candidate | None, confidence: float) -> None:
    part.confidence = confidence
    if found is None:
        return
    found.score = max((each.score for each in part.candidates), default=0.0) + 1
    part.candidates = [found, *part.candidates]


def _candidate(index: Index, article: ArticleInfo, start: int, end: int) -> Candidate | None:
    """A span of an article as a candidate; None where it gives orders to whoever answers."""
    whole = index.catalogue.article(article.id)
    text = whole.text[start:end] if whole is not None else ""
    if not text or any(is_order(text[slice(*span)]) for span in sentence_spans(text)):
        return None
    passage = next(
        (each for each in index.catalogue.passages_of(article.id) if each.start <= start < each.end),
        Passage(id="", article_id=article.id, position=0, text=text, start=start, end=end),
    )
    hit = Hit(passage=passage, article=article)
    return Candidate(hit, start, end, text, label_of(article.title, passage), is_whole=True)


def _own_number(index: Index, article: ArticleInfo) -> Candidate | None:
    """Where an article tells its own number."""
    own = document_numbers(article.number)
    whole = index.catalogue.article(article.id)
    if not own or whole is None:
        return None
    for written in document_numbers(whole.text):
        if own[0].number.same_as(written.number):
            found = _candidate(index, article, written.start, written.end)
            if found is not None:
                found.reader_span = (written.start, written.end)
                found.features["reader_span"] = 0.0
            return found
    return None


def _prefer_numbered(query: Query, part: Part) -> None:
    """Sentences that name a number asked of come first; without any nothing answers."""
    asked = [written.number for number in query.numbers for written in document_numbers(number)]
    naming = [
        each
        for each in part.candidates
        if any(number.same_as(written.number) for number in asked for written in document_numbers(each.text))
    ]
    if not naming:
        part.confidence = 0.0
        return
    if part.parsed.form.is_whether_valid:
        telling = [each for each in naming if _SAYS_WHETHER_IT_HOLDS.search(each.text)]
        naming = [*telling, *(each for each in naming if each not in telling)]
        part.confidence = max(part.confidence, _SAID_OF_IT) if telling else part.confidence
    part.candidates = [*naming, *(each for each in part.candidates if each not in naming)]
