"""The questions inside a question: one for each place, time or thing that it asks of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.understanding.by_clause import clauses_apart
from assistant.understanding.by_means import means_apart
from assistant.understanding.by_name import (
    ASKS,
    EACH_DOES,
    MORE_BY,
    companies_apart,
    frames_apart,
    is_of_all_together,
    names_apart,
    nations_apart,
    things_apart,
)
from assistant.understanding.in_time import compared_times, times_apart, years_apart
from corpus.language.places import lies_within
from index.kinds import Kind

if TYPE_CHECKING:
    from assistant.understanding.question import Question


def parts_of(question: Question) -> list[str]:
    """The texts of the questions inside a question: one for each place, time or thing, or for each clause that asks.

    One that asks a single thing is returned as it is, alone. "近三年每年" counts from its `today`.
    """
    if means := means_apart(question):
        return means
    if companies := companies_apart(question):
        return companies
    if frames := frames_apart(question):
        return frames
    if years := years_apart(question):
        return years
    if times := compared_times(question) or times_apart(question):
        return times
    if places := places_apart(question):
        return places
    if nations := nations_apart(question):
        return nations
    return clauses_apart(question) or things_apart(question) or names_apart(question) or [question.text]


def places_apart(question: Question) -> list[str]:
    """One question for each of two to five places joined ("上海和江苏"), else none."""
    places = _apart(question.places)
    without_wider = question.text
    for wider in set(question.places) - set(places):
        without_wider = re.sub(rf"{re.escape(wider)}(?:省|市|自治区)?(?=\S)", "", without_wider, count=1)
    several = re.search(r"[和与跟、及]|分别|各|还是|相比|比", question.text)
    if not 2 <= len(places) <= _MOST_PLACES or not several or is_of_all_together(question):
        return []
    if question.kind is Kind.YES_NO:
        return []
    parts = [_only_place(without_wider, place, places) for place in places]
    return parts if all(parts) else []


_MOST_PLACES = 5
_SHORTEST_CLAUSE = 3


def asking_clauses(question: str) -> list[str]:
    """The clauses of a question that ask something: "总额是多少" and "同比增长多少" of "总额是多少?同比增长多少?"."""
    return [
        clause for clause in _clauses(question) if ASKS.search(clause) and len(clause) >= _SHORTEST_CLAUSE
    ]


def _clauses(question: str) -> list[str]:
    return [clause.strip() for clause in re.split(r"[,，;；?？]", question) if clause.strip()]


def _apart(places: tuple[str, ...]) -> list[str]:
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
    return re.sub(rf"分别|{EACH_DOES}", "", run.sub(kept, question))


_GOES_ON = re.compile(r"双城|地区双城|经济[圈区带]|城市群|平原|都市圈")
"""What belongs to the last name of a run of places alone: "成渝地区双城经济圈"."""
