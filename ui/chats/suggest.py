"""Questions to go on with, each tried before it is offered: only what the corpus answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from assistant.model import Answer
from assistant.service import Assistant
from assistant.trace import Trace
from corpus.language.places import places_in
from evals.draft import proposals_of
from index.query import Filters

_MOST = 3
_MOST_TRIED = 6
_SURE = 0.6
_LONGEST = 40
_YEAR = re.compile(r"20\d{2}(?=年)")


def suggestions(
    assistant: Assistant, answer: Answer, trace: Trace, filters: Filters, asked: list[str]
) -> list[str]:
    """At most three questions that the assistant answers, near the one just answered and not asked before.

    Nothing of an article that `filters` do not show (`Filters.collections`) stands in them.
    """
    if answer.refused or not answer.citations:
        return []
    found: list[str] = []
    for question in islice(_candidates(assistant, answer, trace, filters, asked), _MOST_TRIED):
        tried = assistant.ask(question, filters=filters, quote=True)
        if not tried.refused and tried.confidence >= _SURE and tried.answer != answer.answer:
            found.append(question)
        if len(found) == _MOST:
            break
    return found


def _candidates(
    assistant: Assistant, answer: Answer, trace: Trace, filters: Filters, asked: list[str]
) -> Iterator[str]:
    """The same asked of another place or year, then other facts of the article quoted first; each once."""
    question = answer.standalone_question
    seen = {question, *asked}
    for candidate in chain(
        islice(_of_other_places(assistant, question, trace, filters), 2),
        islice(_of_other_years(question), 2),
        _of_article(assistant, answer.citations[0].article_id, filters),
    ):
        if candidate not in seen:
            seen.add(candidate)
            yield candidate


def _of_other_places(assistant: Assistant, question: str, trace: Trace, filters: Filters) -> Iterator[str]:
    """With a place that the titles of passages found beside the answer name."""
    asked = places_in(question)
    if not asked or asked[0] not in question:
        return
    passages = [passage for part in trace.parts for passage in part.fused]
    for _, article in assistant.index.catalogue.passages(passages).values():
        for place in places_in(article.title) if filters.shows(article.collection) else ():
            if place not in asked:
                yield question.replace(asked[0], place)


def _of_other_years(question: str) -> Iterator[str]:
    if (year := _YEAR.search(question)) is not None:
        for other in (int(year.group()) - 1, int(year.group()) + 1):
            yield question.replace(year.group(), str(other))


def _of_article(assistant: Assistant, article_id: str, filters: Filters) -> Iterator[str]:
    article = assistant.index.catalogue.article(article_id)
    if article is None or not filters.shows(article.collection):
        return
    for item in proposals_of(assistant.index, article_id):
        if len(item.question) <= _LONGEST:
            yield item.question
