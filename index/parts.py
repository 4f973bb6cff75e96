"""The questions inside a question: one for each place, time or thing that it asks of."""

from __future__ import annotations

import re
from datetime import date

import rjieba

from corpus.clean import fold, readable
from corpus.places import lies_within, places_in
from index.parts_by_means import means_apart
from index.parts_by_name import (
    ASKS,
    MORE_BY,
    NO_THING,
    ONE_BY_ONE,
    THING,
    TOGETHER,
    companies_apart,
    frames_apart,
    names_apart,
    nations_apart,
    things_apart,
)
from index.parts_in_time import compared_times, times_apart, years_apart
from index.question import Kind, kind_of


def parts_of(question: str, today: date | None = None) -> list[str]:
    """The questions inside a question: one for each place, time or thing it compares, or for each clause that asks.

    A question that asks one thing is returned as it is, alone. "近三年每年" counts from `today`.
    """
    question = readable(question)
    if means := means_apart(question):
        return means
    if companies := companies_apart(question):
        return companies
    if frames := frames_apart(question):
        return frames
    if years := years_apart(question, today):
        return years
    if times := compared_times(question) or times_apart(question):
        return times
    named = places_in(question)
    places = _apart(named)
    without_wider = question
    for wider in set(named) - set(places):
        without_wider = re.sub(rf"{re.escape(wider)}(?:省|市|自治区)?(?=\S)", "", without_wider, count=1)
    several = re.search(r"[和与跟、及]|分别|各|还是|相比|比", question)
    together = TOGETHER.search(question) and not ONE_BY_ONE.search(question)
    if 2 <= len(places) <= 5 and several and not together and kind_of(question) is not Kind.YES_NO:
        parts = [_only_place(without_wider, place, places) for place in places]
        if all(parts):
            return parts
    if nations := nations_apart(question):
        return nations
    return _clauses_apart(question) or things_apart(question) or names_apart(question) or [question]


_ELLIPTIC = re.compile(
    r"(?:又|那|并|分别|主要|具体)*(?:怎[么样]|如何|为什么|为何|什么时[候间]|何时|多少|几|由?谁|哪|什么|有[哪什没几多]|是[谁哪什多几否不]|[该要应能可需][^，,]{0,6}$)|"
    r"[由向在从到以按占达其它该此这那比较与和跟]|完成|实现|落实|适用|用于|包括|属于|同比|环比|增长|下降"
)


_FEW_LETTERS = 3
_SHORTEST_CLAUSE = 3


def asking_clauses(question: str) -> list[str]:
    """The clauses of a question that ask something: "总额是多少" and "同比增长多少" of "总额是多少?同比增长多少?"."""
    return [
        clause for clause in _clauses(question) if ASKS.search(clause) and len(clause) >= _SHORTEST_CLAUSE
    ]


def _clauses(question: str) -> list[str]:
    return [clause.strip() for clause in re.split(r"[,，;；?？]", question) if clause.strip()]


def _clauses_apart(question: str) -> list[str]:
    """Two clauses that each ask, where the second can stand alone, in the year and place that the first begins with.

    "什么是新质生产力,怎么发展?" asks the second of the first's topic and stays whole.
    """
    clauses = _clauses(question)
    if len(clauses) != 2 or len(asking_clauses(question)) != 2:
        return []
    first, second = clauses
    if second.endswith("呢"):
        return _asked_again(first, second.removesuffix("呢").removeprefix("那么").removeprefix("那"))
    own = re.sub(rf"{ASKS.pattern}|(?:19|20)\d{{2}}年|[是有为了的各儿]", "", second)
    if not _NO_SUBJECT.match(second) and (_ELLIPTIC.match(second) or len(own) < _FEW_LETTERS):
        return []
    second = _with_subject(second, first)
    year = re.match(r"(?:19|20)\d{2}年", fold(first))
    lacks_year = year is not None and not re.search(r"(?:19|20)\d{2}|[去今明前]年", fold(second))
    return [first, f"{year.group()}{second}" if year is not None and lacks_year else second]


_NO_SUBJECT = re.compile(
    r"(?:它们?|他们?|她们?|其(?![中他余次实它])|该[片剧书人司])的?(?=.)|(?=被|共|又|累计|总共|一共)"
)


def _with_subject(clause: str, first: str) -> str:
    """A second clause that says "它的" or names no one, with what the first clause begins with."""
    begins = _NO_SUBJECT.match(clause)
    if begins is None:
        return clause
    title = re.search(r"《[^《》]+》", first)
    subject = title.group() if title else ""
    for word, tag in rjieba.tag("" if title else first):
        if tag not in THING or NO_THING.fullmatch(word) or tag.startswith("v"):
            break
        subject += word
    return (
        f"{subject}{'的' if begins.group().endswith('的') else ''}{clause[begins.end() :]}"
        if subject
        else clause
    )


def _asked_again(first: str, other: str) -> list[str]:
    """`first` and the same of another place or year ("上海的规模多大?江苏呢?"), else none."""
    for names in (places_in, _years_named):
        old, new = names(first), names(other)
        if len(old) == len(new) == 1 and other == new[0]:
            return [first, first.replace(old[0], other, 1)]
    return []


def _years_named(text: str) -> list[str]:
    return re.findall(r"(?:19|20)\d{2}年", text)


def _apart(places: list[str]) -> list[str]:
    """Places without those that hold another of them: "江苏苏州" is one place."""
    return [
        place for place in places if not any(place != other and lies_within(other, place) for other in places)
    ]


def _only_place(question: str, kept: str, places: list[str]) -> str:
    """`question` with the run of joined places ("上海和江苏") cut down to one of them; "上海的GDP比江苏高多少" is one too."""
    names = "|".join(re.escape(place) for place in places)
    joint = r"[和与跟、及]|以及|还是" + ("|比" if re.search(MORE_BY, question) else "")
    run = re.compile(
        rf"(?:{names})(?:省|市)?(?:(?:{joint})(?:{names})(?:省|市)?)+(?:这?[两二三四五]个?(?:地|省|市|省份|城市|地区))?(?:相比[，,]?)?"
    )
    if not run.search(question):
        apart = re.compile(
            rf"(?:{names})(?:省|市)?(?P<thing>[^，,]{{2,20}}?)[比与和跟](?:{names})(?:省|市)?的?(?={MORE_BY}|相?差(?:多少|几|了|距))"
        )
        return apart.sub(rf"{kept}\g<thing>", question) if len(places) == 2 and apart.search(question) else ""
    if _GOES_ON.match(question, max(match.end() for match in run.finditer(question))):
        return ""
    return re.sub(r"分别|各自|各", "", run.sub(kept, question))


_GOES_ON = re.compile(r"双城|地区双城|经济[圈区带]|城市群|平原|都市圈")
"""What belongs to the last name of a run of places alone: "成渝地区双城经济圈"."""
