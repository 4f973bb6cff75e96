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
from corpus.language.times import years_in
from corpus.model import Passage
from evals.draft import proposals_of
from index.aim import sets_goal, wants_goal
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
_ANY_YEAR = 2020
"""From which "去年" would be counted, to see whether a text says so."""


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
            yield from _held(question.replace(asked[0], place), beside)


def _of_other_years(question: str, beside: list[tuple[Passage, ArticleInfo]]) -> Iterator[_Candidate]:
    """With the year before or after."""
    if (year := _YEAR.search(question)) is None:
        return
    for other in (int(year.group()) - 1, int(year.group()) + 1):
        yield from _held(question.replace(year.group(), str(other)), beside)


def _held(question: str, beside: list[tuple[Passage, ArticleInfo]]) -> Iterator[_Candidate]:
    """The question, where one sentence found holds all of it."""
    for passage, _ in beside:
        for start, end in sentence_spans(passage.text):
            if _holds(sentence := passage.text[start:end], question):
                yield _Candidate(question, (sentence,))
                return


def _holds(sentence: str, question: str) -> bool:
    """Whether a sentence names the question's places, years and words, no other place or year, and any figure asked for.

    One of a goal holds no question of a result, nor the other way round.
    """
    text = fold(sentence)
    if _HOW_MANY.search(question) and _FIGURE.search(_YEAR_OR_DAY.sub("", text)) is None:
        return False
    if sets_goal(sentence) != (wants_goal(question) or sets_goal(question)):
        return False
    # "去年" is another year in each article.
    if years_in(question, None) != years_in(question, _ANY_YEAR):
        return False
    return (
        set(places_in(sentence)) == set(places_in(question))
        and (not (years := _years(question)) or _years(sentence) == years)
        and all(word in text for word in content_words(question))
    )


def _years(text: str) -> set[int]:
    """The years that a text names in figures."""
    return set(years_in(text, None))


def _of_article(assistant: Assistant, article_id: str, filters: Filters) -> Iterator[_Candidate]:
    """About other figures and dates of the article, each drafted from its sentence."""
    article = assistant.index.catalogue.article(article_id)
    if article is None or not filters.shows(article.collection):
        return
    for item in proposals_of(assistant.index, article_id):
        if (
            len(item.question) <= _LONGEST
            and item.type in _READS_WELL
            and _names(item.evidence, item.question)
        ):
            yield _Candidate(item.question, tuple(item.evidence))


def _names(sentences: list[str], question: str) -> bool:
    """Whether the sentences themselves name the places and years of a question drafted from them, not only their article."""
    text = "".join(sentences)
    return set(places_in(question)) <= set(places_in(text)) and _years(question) <= _years(text)
