"""A question about the year that still runs, asked of the part of it that the articles tell of: "2026年出口多少" in November."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.answering.short_answer import FIGURE_KINDS
from assistant.messages import message
from assistant.reading.candidate import Candidate
from assistant.state import Interpretation, Part, State
from assistant.understanding.question import parse
from assistant.understanding.time_words import times_in
from corpus.language.periods import Period
from index.aim import Aim
from index.query import Query

_LOOKED_AT = 6
_IN_WORDS = {3: "一季度", 6: "上半年", 9: "前三季度"}
_SOME_MONTHS = re.compile(r"^的?(?:[前头]几个?|近几个|这几个|最近几个)月")


def form_so_far(state: State) -> Interpretation | None:
    """The likeliest form of a question for a figure of the running year, asked of its longest stretch that candidates tell.

    Args:
        state: A question that nothing answers, its candidates in order of worth.

    Returns:
        The form, its passages not yet searched; None where another time is asked for, or no stretch of it is told.
    """
    for form in state.interpretations:
        if form.operation or form.is_by_place or form.by_time or len(form.parts) != 1:
            continue
        part = form.parts[0]
        query = part.found.query or part.parsed.query()
        is_goal = part.parsed.aim is Aim.GOAL or part.parsed.wants_goal
        if part.parsed.kind not in FIGURE_KINDS or is_goal or not _asks_running_year(query, state.today):
            continue
        told = max(_stretches(part.candidates, state.today), key=lambda each: each.last, default=None)
        if told is not None and (text := _asked_of(part.question, told)):
            question = parse(text, part.parsed.today)
            return Interpretation(question, [Part(question)], within=form.within, so_far=_words(told))
    return None


def note_so_far(state: State) -> str:
    """What is said beside the answer of such a form; empty for others."""
    return message("so_far", state.language, stretch=state.best.so_far) if state.best.so_far else ""


def _asks_running_year(query: Query, today: date) -> bool:
    """Whether a question asks of the year of `today` as a whole, which is not over."""
    running = Period(date(today.year, 1, 1), date(today.year, 12, 31))
    return query.asked == [running] and today < running.last


def _stretches(candidates: list[Candidate], today: date) -> Iterator[Period]:
    """The stretches from January to the end of a month that has passed, told by candidates that name as much as the first."""
    covered = "covered_with_context"
    for each in candidates[:_LOOKED_AT]:
        if each.features.get(covered, 0.0) < candidates[0].features.get(covered, 0.0):
            continue
        for period in each.periods:
            ends_a_month = (period.last + timedelta(days=1)).day == 1
            if period.first == date(today.year, 1, 1) and ends_a_month and period.last <= today:
                yield period


def _words(period: Period) -> str:
    month = period.last.month
    return f"{period.last.year}年{_IN_WORDS.get(month) or (f'1至{month}月' if month > 1 else '1月')}"


def _asked_of(question: str, period: Period) -> str:
    """A question with a stretch in the place of the year that it names; empty where it names it in another way."""
    times = times_in(question)
    if len(times) != 1:
        return ""
    time = times[0]
    after = question[time.end :]
    return f"{question[: time.start]}{_words(period)}{_SOME_MONTHS.sub('', after)}"
