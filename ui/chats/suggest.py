"""Questions to go on with, each read against the passage that should answer it before it is offered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from assistant.model import Answer
from assistant.service import Assistant
from assistant.trace import Trace
from corpus.language.places import places_in
from evals.draft import proposals_of
from index.hit import ArticleInfo
from index.query import Filters

_MOST = 3
_MOST_TRIED = 6
_MOST_PASSAGES = 2
_SURE = 0.7
_LONGEST = 40
_READS_WELL = frozenset(["fact", "date", "body"])
"""Kinds of drafted questions that a person would ask like this."""
_YEAR = re.compile(r"20\d{2}(?=年)")


@dataclass(frozen=True)
class _Candidate:
    """A question, and the ids of the passages that may answer it."""

    question: str
    passages: tuple[str, ...]


def suggestions(
    assistant: Assistant, answer: Answer, trace: Trace, filters: Filters, asked: list[str]
) -> list[str]:
    """At most three questions that the passages found anyway answer, near the one just answered and not asked before.

    Nothing of an article that `filters` do not show (`Filters.collections`) stands in them. Where somebody waits for an answer no further one is tried: what was found until then is all.

    Args:
        assistant: reads the passages.
        answer: what was just answered; nothing is suggested after a refusal.
        trace: what was found for it.
        filters: what the person may see now.
        asked: the questions of the chat.
    """
    if answer.refused or not answer.citations:
        return []
    quoted = {citation.quote for citation in answer.citations}
    found: list[str] = []
    for candidate in islice(_candidates(assistant, answer, trace, filters, asked), _MOST_TRIED):
        if assistant.queue.waiting:
            break
        seen = assistant.preview(candidate.question, list(candidate.passages))
        if seen.confidence >= _SURE and seen.sentence not in quoted:
            found.append(candidate.question)
        if len(found) == _MOST:
            break
    return found


def _candidates(
    assistant: Assistant, answer: Answer, trace: Trace, filters: Filters, asked: list[str]
) -> Iterator[_Candidate]:
    """The same asked of another place or year, then other facts of the article quoted first; each once."""
    question = answer.standalone_question
    seen = {question, *asked}
    beside = _found_beside(assistant, trace, filters)
    for candidate in chain(
        islice(_of_other_places(question, beside), 2),
        islice(_of_other_years(question, beside), 2),
        _of_article(assistant, answer.citations[0].article_id, filters),
    ):
        if candidate.question not in seen:
            seen.add(candidate.question)
            yield candidate


def _found_beside(assistant: Assistant, trace: Trace, filters: Filters) -> dict[str, ArticleInfo]:
    """The passages that were found, by id, with their articles; best first."""
    ids = list(dict.fromkeys(passage for part in trace.parts for passage in part.fused))
    known = assistant.index.catalogue.passages(ids)
    return {
        each: known[each][1] for each in ids if each in known and filters.shows(known[each][1].collection)
    }


def _of_other_places(question: str, beside: dict[str, ArticleInfo]) -> Iterator[_Candidate]:
    """With a place that the titles of passages found beside the answer name."""
    asked = places_in(question)
    if not asked or asked[0] not in question:
        return
    by_place: dict[str, list[str]] = {}
    for passage, article in beside.items():
        for place in places_in(article.title):
            if place not in asked:
                by_place.setdefault(place, []).append(passage)
    for place, passages in by_place.items():
        yield _Candidate(question.replace(asked[0], place), tuple(passages[:_MOST_PASSAGES]))


def _of_other_years(question: str, beside: dict[str, ArticleInfo]) -> Iterator[_Candidate]:
    """With the year before or after, where an article beside the answer is of it."""
    if (year := _YEAR.search(question)) is None:
        return
    for other in (int(year.group()) - 1, int(year.group()) + 1):
        passages = [
            each
            for each, article in beside.items()
            if str(other) in article.title or article.year in (other, other + 1)
        ]
        if passages:
            yield _Candidate(question.replace(year.group(), str(other)), tuple(passages[:_MOST_PASSAGES]))


def _of_article(assistant: Assistant, article_id: str, filters: Filters) -> Iterator[_Candidate]:
    """About other figures and dates of the article, each with the passage in which its sentence stands."""
    article = assistant.index.catalogue.article(article_id)
    if article is None or not filters.shows(article.collection):
        return
    passages = assistant.index.catalogue.passages_of(article_id)
    for item in proposals_of(assistant.index, article_id):
        if len(item.question) <= _LONGEST and item.type in _READS_WELL:
            of = tuple(each.id for each in passages if item.evidence[0] in each.text)
            yield _Candidate(item.question, of[:1])
