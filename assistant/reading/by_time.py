"""A question for a figure over a stretch of years, asked of each of them; which years they are the articles may tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from assistant.reading.candidate import Candidate
from assistant.reading.rank import Scorer, contradicts
from assistant.state import Interpretation, Part, State
from assistant.understanding.question import Question, parse
from assistant.understanding.series_asked import SeriesAsked, series_asked
from assistant.understanding.stretch import stretch_in
from corpus.language.normalize import fold
from corpus.language.times import years_of
from index.hit import Found, Hit
from index.question_shapes import shape_of

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}年")
_TOGETHER = re.compile("以来|累计|至今|合计|共")
_LOOKED_AT = 24
_FEWEST = 2


def add_forms_by_time(state: State, search: Callable[[Question], Found]) -> None:
    """Add a form with one part for each time of the stretch that a question asks of, each with its passages.

    A form whose parts are those times already is marked as one. Of several readings of a follow-up the first that asks so is taken.

    Args:
        state: The question with its forms, their passages found.
        search: Finds the passages of one part.
    """
    for form in [each for each in state.interpretations if not (each.is_by_place or each.within)]:
        asked = series_asked(form.parsed) if form.operation is None else None
        if asked is None or form.parsed.value_of_each_place is not None:
            continue
        grid = form.parsed.grid
        if grid is not None and grid.axes[0].labels == asked.times and len(form.parts) == len(asked.times):
            form.by_time, form.series = grid, asked
            return
        hits = [hit for part in form.parts for hit in part.hits]
        if by_time := _asked_of_times(form.parsed, asked, hits[:_LOOKED_AT], state.today):
            for part in by_time.parts:
                part.found = _found_of(part.parsed, search, hits)
            state.interpretations.append(by_time)
            return


def keep_series(state: State, scorer: Scorer) -> None:
    """Drop the forms by time of which fewer than two times are surely told, or which ask of a stretch that is told of as one.

    Of an open stretch ("近五年", "2020年以来") the years before the first and after the newest that is told are cut off.
    """
    for form in [each for each in state.interpretations if each.by_time is not None]:
        whole = next((each for each in state.interpretations if _is_whole_of(each, form)), None)
        if not _keep_told(form, whole, scorer):
            form.by_time = form.series = None
            if whole is not None:
                state.interpretations.remove(form)


def _asked_of_times(
    question: Question, asked: SeriesAsked, hits: Sequence[Hit], today: date
) -> Interpretation | None:
    years = [year for hit in hits for year in hit.passage.years if year <= today.year]
    times = asked.times_told(years)
    if len(times) < _FEWEST:
        return None
    grid = asked.grid(times)
    parts = [Part(parse(text, question.today)) for text in grid.cells]
    return Interpretation(question, parts, by_time=grid, series=asked)


def _found_of(part: Question, search: Callable[[Question], Found], known: Sequence[Hit]) -> Found:
    """The passages of one time; none where no passage tells of its year, so that a gap is not read."""
    found = search(part)
    wanted = set(years_of(part.query().asked))
    is_told = any(wanted & set(hit.passage.years) for hit in [*found.hits, *known])
    return found if is_told else found.model_copy(update={"hits": []})


def _is_whole_of(each: Interpretation, form: Interpretation) -> bool:
    """Whether a form is the question that another asks by its times."""
    return each is not form and each.parsed is form.parsed and each.by_time is None and not each.is_by_place


def _keep_told(form: Interpretation, whole: Interpretation | None, scorer: Scorer) -> bool:
    """Cut the ends that no article tells off an open stretch, and say whether the rest is a series."""
    asked, grid = form.series, form.by_time
    if asked is None or grid is None:
        return False
    sure = [number for number, part in enumerate(form.parts) if _is_told(part, scorer)]
    if len(sure) < _FEWEST:
        return False
    if whole is not None and not asked.is_of_each and _tells_stretch_as_one(whole, form, scorer):
        return False
    if asked.is_open:
        first, last = (0 if asked.first else sure[0]), sure[-1]
        first = max(0, last - asked.count + 1) if asked.count else first
        form.parts = form.parts[first : last + 1]
        form.by_time = asked.grid(grid.axes[0].labels[first : last + 1])
    return len(form.parts) >= _FEWEST


def _is_told(part: Part, scorer: Scorer) -> bool:
    return bool(part.candidates) and part.confidence >= scorer.threshold_for(part.parsed)


def _tells_stretch_as_one(whole: Interpretation, form: Interpretation, scorer: Scorer) -> bool:
    """Whether the question as it stands is answered by a sentence on the whole stretch: what came together since 2020."""
    if len(whole.parts) != 1 or not _is_told(whole.parts[0], scorer):
        return False
    first = whole.parts[0].candidates[0]
    asked = {year for part in form.parts for year in years_of(part.parsed.query().asked)}
    is_stretch = any(len(set(period.years) & asked) > len(asked) / 2 for period in first.periods)
    return is_stretch and len(asked) > 1 and not contradicts(first) and "分别" not in first.text


def tells_part_of_stretch(question: Question, candidate: Candidate) -> bool:
    """Whether what came together in a stretch is asked for, and a sentence tells one year of it: 2020年's of "2020年以来"."""
    if shape_of(question.text) != "total" or stretch_in(question.text) is None:
        return False
    asked, told = set(question.query().years), set(years_of(candidate.periods))
    names_a_year = _YEAR.search(fold(candidate.text)) and not _TOGETHER.search(candidate.text)
    return bool(names_a_year) and len(told) == 1 < len(asked) and told < asked


__all__ = ["add_forms_by_time", "keep_series", "tells_part_of_stretch"]
