"""Questions to go on with: each stands, in other words, in a sentence of what was retrieved for the question before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from assistant.model import Answer
from assistant.service import Assistant
from assistant.trace import Trace
from corpus.language.normalize import fold
from corpus.language.places import places_in
from corpus.language.sentences import sentence_spans
from corpus.model import Passage
from evals.draft import proposals_of
from index.hit import ArticleInfo
from index.query import Filters
from index.words import content_words

_MOST, _OF_A_KIND = 3, 2
_LONGEST = 40
_READS_WELL = frozenset(["fact", "date", "body"])
"""Kinds of drafted questions that a person would ask like this."""
_YEAR = re.compile(r"20\d{2}(?=年)")
_HOW_MANY = re.compile("多少|几|多大|占比|增速|比重")
_FIGURE = re.compile(r"\d")
_YEAR_OR_DAY = re.compile(r"\d{4}年|\d{1,2}[月日]")


@dataclass(frozen=True)
class _Candidate:
    """A question, and the sentences that hold what it asks for."""

    question: str
    sentences: tuple[str, ...]


def suggestions(
    assistant: Assistant, answer: Answer, trace: Trace, filters: Filters, asked: list[str]
) -> list[str]:
    """At most three questions that the passages found anyway answer, near the one just answered and not asked before.

    Nothing of an article that `filters` do not show (`Filters.collections`) stands in them. No model reads anything for them.

    Args:
        assistant: has the index.
        answer: what was just answered; nothing is suggested after a refusal.
        trace: what was found for it.
        filters: what the person may see now.
        asked: the questions of the chat.
    """
    if answer.refused or not answer.citations:
        return []
    quoted = {citation.quote for citation in answer.citations}
    candidates = _candidates(assistant, answer, trace, filters, asked)
    return [
        each.question
        for each in islice((each for each in candidates if not quoted.intersection(each.sentences)), _MOST)
    ]


def _candidates(
    assistant: Assistant, answer: Answer, trace: Trace, filters: Filters, asked: list[str]
) -> Iterator[_Candidate]:
    """The same asked of another place or year, then other facts of the article quoted first; each once."""
    question = answer.standalone_question
    seen = {question, *asked}
    beside = _found_beside(assistant, trace, filters)
    for candidate in chain(
        islice(_of_other_places(question, beside), _OF_A_KIND),
        islice(_of_other_years(question, beside), _OF_A_KIND),
        _of_article(assistant, answer.citations[0].article_id, filters),
    ):
        if candidate.question not in seen:
            seen.add(candidate.question)
            yield candidate


def _found_beside(assistant: Assistant, trace: Trace, filters: Filters) -> list[tuple[Passage, ArticleInfo]]:
    """The passages that were found, with their articles; best first."""
    ids = list(dict.fromkeys(passage for part in trace.parts for passage in part.fused))
    known = assistant.index.catalogue.passages(ids)
    return [known[each] for each in ids if each in known and filters.shows(known[each][1].collection)]


def _of_other_places(question: str, beside: list[tuple[Passage, ArticleInfo]]) -> Iterator[_Candidate]:
    """With a place that the titles of passages found beside the answer name."""
    asked = places_in(question)
    if not asked or asked[0] not in question:
        return
    places = dict.fromkeys(place for _, article in beside for place in places_in(article.title))
    for place in places:
        if place not in asked:
            yield from _held(question.replace(asked[0], place), place, beside)


def _of_other_years(question: str, beside: list[tuple[Passage, ArticleInfo]]) -> Iterator[_Candidate]:
    """With the year before or after."""
    if (year := _YEAR.search(question)) is None:
        return
    for other in (int(year.group()) - 1, int(year.group()) + 1):
        yield from _held(question.replace(year.group(), str(other)), f"{other}年", beside)


def _held(question: str, new: str, beside: list[tuple[Passage, ArticleInfo]]) -> Iterator[_Candidate]:
    """The question, where one sentence holds all its words and, if it asks for one, a figure.

    What is `new` in it must stand in the sentence itself, or in the title alone of an article of one place or year.
    """
    # The place or year may stand in the title alone; what is asked of it must stand in the sentence.
    words = [word for word in content_words(question) if word not in fold(new)]
    asks_figure = _HOW_MANY.search(question) is not None
    for passage, article in beside:
        title = fold(article.title)
        for start, end in sentence_spans(passage.text):
            sentence = passage.text[start:end]
            text = fold(sentence)
            if new not in text and new not in title:
                continue
            if asks_figure and _FIGURE.search(_YEAR_OR_DAY.sub("", text)) is None:
                continue
            # One that tells of other years or places is none of this one.
            if new not in text and (_YEAR.search(text) if new.endswith("年") else places_in(text)):
                continue
            if all(word in text for word in words):
                yield _Candidate(question, (sentence,))
                return


def _of_article(assistant: Assistant, article_id: str, filters: Filters) -> Iterator[_Candidate]:
    """About other figures and dates of the article, each drafted from its sentence."""
    article = assistant.index.catalogue.article(article_id)
    if article is None or not filters.shows(article.collection):
        return
    for item in proposals_of(assistant.index, article_id):
        if len(item.question) <= _LONGEST and item.type in _READS_WELL:
            yield _Candidate(item.question, tuple(item.evidence))
