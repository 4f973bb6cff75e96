"""A question about the year that still runs, asked of the part of it that the articles tell of: "2026年出口多少" in November."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.answering.short_answer import FIGURE_KINDS
from assistant.messages import message
from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer
from assistant.state import Interpretation, Part, State
from assistant.understanding.question import Question, parse
from assistant.understanding.slots import NATION
from assistant.understanding.time_words import times_in
from corpus.language.normalize import fold
from corpus.language.periods import Period
from index.aim import Aim
from index.query import Query
from index.question_heads import heads

_LOOKED_AT = 6
_LIKELY = 0.5
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
        if not _asks_for_a_result(part.parsed) or not _asks_running_year(query, state.today):
            continue
        told = max(_stretches(part.candidates, state.today), key=lambda each: each.last, default=None)
        if told is not None and (text := _asked_of(part.question, told)):
            question = parse(text, part.parsed.today)
            return Interpretation(question, [Part(question)], within=form.within, so_far=_words(told))
    return None


def tells_all(form: Interpretation) -> bool:
    """Whether the first sentence, with what stands above it, tells all that a form asks: a sum is no "每月", no 标准 and no 能力."""
    part = form.parts[0]
    if not part.candidates:
        return False
    first, question = part.candidates[0], part.parsed
    told = fold(f"{first.context} {first.head} {first.text}")
    for word in question.words:
        if word not in question.frame.timeless_words or NATION.search(word):
            continue
        names = question.names_of_words[word]
        if not any(name in told for name in names) and not set(word) <= set(told):
            return False
    return True


def note_so_far(state: State, scorer: Scorer) -> str:
    """What is said beside a figure that is only of a part of the year asked for, which still runs; empty beside others."""
    form = state.best
    if form.so_far:
        return message("so_far", state.language, stretch=form.so_far)
    if form.operation or form.is_by_place or form.by_time or len(form.parts) != 1:
        return ""
    part = form.parts[0]
    query = part.found.query or part.parsed.query()
    asks_all = _asks_for_a_result(part.parsed) and _asks_running_year(query, state.today)
    if not asks_all or not part.candidates or part.confidence < scorer.threshold_for(part.parsed):
        return ""
    told = list(_stretches(part.candidates[:1], state.today))
    is_part = bool(told) and len(told) == len(part.candidates[0].periods)
    return message("so_far", state.language, stretch=_words(told[0])) if is_part else ""


def _asks_for_a_result(question: Question) -> bool:
    """Whether a question asks for a figure that was reached, in the course of a year and not at its end."""
    is_goal = question.aim is Aim.GOAL or question.wants_goal or heads().read(question.text)["goal"] > _LIKELY
    return question.kind in FIGURE_KINDS and not is_goal and not question.frame.is_end_of_year


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
