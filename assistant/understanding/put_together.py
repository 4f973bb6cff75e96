"""Follow-ups that put the figures of two turns together: "两者相差多少?", "加起来呢?", "多了多少?", "哪个更高?"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.model import Turn
from assistant.understanding.completeness import nouns_brought
from assistant.understanding.conversation import odds_of_going_on, without_talk
from assistant.understanding.operation import Operation
from assistant.understanding.phrases import runs_of
from assistant.understanding.slots import COMPARES, LEAD, topic_of
from assistant.understanding.time_words import times_in, with_time_of, without_times
from corpus.language.places import places_in
from index.words import content_words

_SUM = re.compile("(?<!增)加|合计|总共|一共|之和")
_WHICH = re.compile("(?:谁|哪)[^，,]*?([高低多少大小快慢])")
_BOTH = re.compile("(?<!增)加|[两二俩]|相差|合计|之和")
_HOW = re.compile("([多少高低大小快慢涨降增减跌]|增加|减少|提高|下降|增长)(?:了|出)")
_LIKELY_ENOUGH = 0.1
"""How likely a turn puts figures together, of those that ask for a sum, a difference or the greater."""
_OVER_TIME = frozenset("涨降增减跌提下")
_TWO = 2


@dataclass(frozen=True)
class PutTogether:
    """Two questions, what is done with their figures, and both as one question: as it is shown, and as an article may say it."""

    operands: list[str]
    operation: Operation
    question: str
    stated: str = ""


def put_together(question: str, history: list[Turn]) -> PutTogether | None:
    """What a follow-up makes of the last two questions; None where it does nothing with them.

    Whether it is one is learnt. "多了多少" and "哪个高" are so only where the two ask the same of another time, place or thing: else they
    go on with the last question. One of the two may be without an answer where the other may tell of both.
    """
    plain = LEAD.sub("", question.strip())
    asked = without_talk(history)
    pair = [turn for turn in asked if turn.titles][-2:] if _BOTH.search(plain) else asked[-2:]
    if len(pair) < _TWO or not any(turn.titles for turn in pair):
        return None
    if odds_of_going_on(question, asked).get("put", 0.0) < _LIKELY_ENOUGH or _names_its_own(plain):
        return None
    questions = [turn.standalone_question for turn in pair]
    if not _BOTH.search(plain) and not _asks_alike(*questions):
        return None
    return _of(plain, questions)


def _names_its_own(plain: str) -> bool:
    """Whether a follow-up names a thing, a place or a time, so that its figures are not those of the last two turns."""
    return bool(nouns_brought(plain) or places_in(plain) or times_in(plain) or COMPARES.match(plain))


def _of(plain: str, questions: list[str]) -> PutTogether | None:
    """What `plain` does with the figures of two questions; None where it asks for a change and they differ in no time."""
    if _SUM.search(plain):
        return _together(questions, Operation.SUM, "合计是多少")
    if which := _WHICH.search(plain):
        return _together(questions, Operation.COMPARE, f"哪个更{which.group(1)}")
    how = found.group(1) if (found := _HOW.search(plain)) else ""
    if not how and "差" not in plain:
        return None
    if how[:1] in _OVER_TIME and not _differ_in_time(*questions):
        return None
    return _together(questions, Operation.DIFFERENCE, "相差多少", how)


def _together(questions: list[str], operation: Operation, asks: str, how: str = "") -> PutTogether:
    return PutTogether(
        questions, operation, _in_words(questions, asks), _stated(questions, how) if how else ""
    )


def _stated(questions: list[str], how: str) -> str:
    """ "甲县2022年用电量比2021年多了多少", which one article may tell; empty where the two are not of two years."""
    years = [
        time.year
        for question in questions
        for time in times_in(question)[:1]
        if re.match(r"\d{4}", time.year)
    ]
    if len(years) != _TWO or years[0] == years[1]:
        return ""
    newer = questions[years.index(max(years))]
    return f"{topic_of(newer)}比{min(years).removesuffix('年')}年{how}了多少"


def _asks_alike(one: str, other: str) -> bool:
    """Whether two questions measure the same, of other times, places or things."""
    if _differ_in_time(one, other) or places_in(one) != places_in(other):
        return _without_frame(one) == _without_frame(other)
    return _measure(one) == _measure(other)


def _differ_in_time(one: str, other: str) -> bool:
    return _times(one) != _times(other)


def _times(question: str) -> list[tuple[str, str]]:
    return [(time.year, time.part) for time in times_in(question)]


def _without_frame(question: str) -> set[str]:
    plain = without_times(question)
    for place in places_in(plain):
        plain = plain.replace(place, "")
    return set(content_words(plain))


def _measure(question: str) -> str:
    runs = runs_of(topic_of(question))
    return runs[-1][-1].text if runs else ""


def _in_words(questions: list[str], asks: str) -> str:
    """Two questions as one: "甲县2022年和2021年用电量相差多少"."""
    one, other = map(topic_of, questions)
    times, others = times_in(one), times_in(other)
    if len(times) == len(others) == 1 and without_times(one) == without_times(other) and times != others:
        named = [text[time.start : time.end] for text, time in ((one, times[0]), (other, others[0]))]
        return f"{with_time_of(one, '和'.join(named))}{asks}"
    places, other_places = places_in(one), places_in(other)
    if len(places) == len(other_places) == 1 and one.replace(places[0], other_places[0]) == other:
        return f"{one.replace(places[0], f'{places[0]}和{other_places[0]}', 1)}{asks}"
    return f"{one}与{other}{asks}"
