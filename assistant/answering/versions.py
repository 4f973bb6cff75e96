"""What other articles say on the same thing: the same, so that they are cited too, or otherwise, so that both are shown."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from assistant.answering.short_answer import short_answer
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer, contradicts
from assistant.state import Part
from assistant.understanding.question import Question
from corpus.language.normalize import fold
from corpus.language.periods import likeness
from corpus.language.places import places_in
from corpus.language.quantities import comparable, quantities_in
from index.kinds import Kind
from index.words import content_words

_LOOKED_AT = 12
_MOST = 2
_NEAR = 3.0
_LIKE_TIME = 0.9
_LIKE_WORDS = 0.6
_TWINS = 0.75


def agreeing(part: Part, first: Candidate) -> list[Candidate]:
    """Sentences of other articles that tell the same figure of the same thing, best first."""
    short = quantities_in(short_answer(part.parsed, first))
    own = first.hit.article.id
    found = [each for each in first.also if each.hit.article.id != own and _of_same_time(first, each)]
    for candidate in _rivals(part, first):
        told = quantities_in(short_answer(part.parsed, candidate))
        if short and told and comparable(short[0], told[0]) and short[0].value == told[0].value:
            found.append(candidate)
    return found[:_MOST]


def differing(part: Part, first: Candidate, scorer: Scorer) -> list[Candidate]:
    """Sentences of other articles that tell another figure of the same thing and time, best first."""
    short = quantities_in(short_answer(part.parsed, first))
    found = [
        each
        for each in part.candidates[1:_LOOKED_AT]
        if _is_twin(part.parsed, first, each)
        and _of_named_document(part.parsed, first, each)
        and _of_the_same_things(part.parsed, first, each)
    ]
    for candidate in _rivals(part, first):
        if not _of_named_document(part.parsed, first, candidate):
            continue
        told = quantities_in(short_answer(part.parsed, candidate))
        if (
            short
            and told
            and short[0].unit
            and comparable(short[0], told[0])
            and short[0].value != told[0].value
            and _alike(part.parsed, first, candidate)
            and scorer.confidence_of([candidate, first]) >= scorer.threshold
        ):
            found.append(candidate)
    return found[:1]


def _of_named_document(question: Question, first: Candidate, other: Candidate) -> bool:
    """Whether another article is the document that a question names too; whether or not, where the answer is none of it."""
    titles = [name.strip("《》") for name in question.names if name.startswith("《")]
    own, others = fold(first.hit.article.title), fold(other.hit.article.title)
    return not any(title in own for title in titles) or any(title in others for title in titles)


def _rivals(part: Part, first: Candidate) -> list[Candidate]:
    articles = {first.hit.article.id}
    rivals = []
    for candidate in part.candidates[1:_LOOKED_AT]:
        if first.score - candidate.score > _NEAR:
            break
        if (
            candidate.hit.article.id in articles
            or contradicts(candidate)
            or not _of_same_time(first, candidate)
        ):
            continue
        if candidate.features.get("goal_mismatch") != first.features.get("goal_mismatch"):
            continue
        articles.add(candidate.hit.article.id)
        rivals.append(candidate)
    return rivals


def _is_twin(question: Question, first: Candidate, other: Candidate) -> bool:
    """Whether another article has the same sentence with something else where `first` answers."""
    if other.hit.article.id == first.hit.article.id or first.reader_span is None:
        return False
    if question.kind is not Kind.DATE and not _of_same_time(first, other):
        return False
    matcher = SequenceMatcher(None, first.text, other.text, autojunk=False)
    if matcher.real_quick_ratio() < _TWINS or matcher.ratio() < _TWINS:
        return False
    begin, end = (place - first.start for place in first.reader_span)
    if not _of_same_place(first.text[:begin] + first.text[end:], first, other):
        return False
    return any(
        tag == "replace" and start < end and begin < stop and re.search(r"\w", first.text[start:stop])
        for tag, start, stop, _, _ in matcher.get_opcodes()
    )


def _of_the_same_things(question: Question, one: Candidate, other: Candidate) -> bool:
    """Whether what a question names and `one` or its headings tell stands with `other` too: every guide has its own telephone."""
    told, told_by_other = (fold(f"{each.context} {each.head} {each.text}") for each in (one, other))
    return all(word in told_by_other for word in question.words if word in told)


def _of_same_time(one: Candidate, other: Candidate) -> bool:
    if not one.periods and not other.periods:
        return True
    return likeness(one.periods, other.periods) >= _LIKE_TIME


def _of_same_place(around: str, one: Candidate, other: Candidate) -> bool:
    """Whether the places in `around`, what `one` tells beside its answer, are those of `other`; the articles' where neither names any."""
    told = set(places_in(around))
    told_by_other = set(places_in(other.text))
    if told or told_by_other:
        return told <= told_by_other
    regions = {one.hit.article.region, other.hit.article.region}
    return len(regions) == 1 or "" in regions


def _alike(question: Question, one: Candidate, other: Candidate) -> bool:
    """Whether two sentences speak of the same: most words of the one that the question asks for, and more, stand in the other."""
    asked = {word for word in question.words if word in fold(one.text)}
    if not asked or not all(word in fold(other.text) for word in asked):
        return False
    words = [set(content_words(fold(each.text))) for each in (one, other)]
    shared = {word for word in words[0] & words[1] if not word[0].isdigit()}
    smaller = min(len({word for word in each if not word[0].isdigit()}) for each in words)
    return len(shared) >= _LIKE_WORDS * max(smaller, 1)
