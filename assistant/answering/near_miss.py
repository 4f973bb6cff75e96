"""What to say when the articles tell of another year, of another place, or of the goal in place of the result.

It names what is nearest and does not say that the rest is not there: of 38 such sentences on six unseen corpora 19 stood before something
that the articles do hold.
"""

from __future__ import annotations

from assistant.answering.added import standing_alone
from assistant.answering.short_answer import FIGURE_KINDS
from assistant.messages import message
from assistant.reading.candidate import Candidate
from assistant.reading.rank import NO_GOAL
from assistant.state import State
from corpus.language.normalize import fold
from corpus.language.ordinals import other_in_words
from corpus.language.places import places_in
from corpus.language.times import years_of
from index.aim import Aim
from index.query import Query

_LOOKED_AT = 5
_ON_THE_TOPIC = 0.6
_LONGEST = 160
_NO_MARKS = str.maketrans("[]", "［］")


def near_miss(state: State) -> tuple[str, Candidate] | None:
    """A sentence that names what is there instead, and the candidate that it quotes as [1]; None where nothing is near."""
    for part in state.best.parts:
        query = part.found.query or Query(question=part.question)
        for candidate in part.candidates[:_LOOKED_AT]:
            if not _on_the_topic(candidate):
                continue
            if fields := _difference(query, candidate, of_a_figure=part.parsed.kind in FIGURE_KINDS):
                sentence = standing_alone(candidate, Query(question="")).rstrip("。；;").translate(_NO_MARKS)
                if len(sentence) <= _LONGEST:
                    code = fields.pop("code")
                    return message(code, state.language, sentence=sentence, **fields), candidate
    return None


def _on_the_topic(candidate: Candidate) -> bool:
    features = candidate.features
    return (
        features.get("covered_with_context", 0.0) >= _ON_THE_TOPIC
        and features.get("kind_missing", 0.0) == 0
        and features.get("unit_missing", 0.0) == 0
    )


def _difference(query: Query, candidate: Candidate, *, of_a_figure: bool) -> dict[str, str]:
    features = candidate.features
    told_years = years_of(candidate.periods)
    if features.get("time_other") and query.years and told_years and not set(query.years) & set(told_years):
        # "2026年6月" is what is not there, other months of 2026 may be.
        asked = "、".join(each.stretch_in_words for each in query.asked) or _years(query.years)
        return {"code": "near_year", "asked": asked, "told": _years(told_years)}
    around = fold(f"{candidate.context} {candidate.head} {candidate.text}")
    if features.get("ordinal_other") and (words := other_in_words(fold(query.question), around)):
        return {"code": "near_year", "asked": words[0], "told": words[1]}
    if features.get("place_other") and (told := places_in(candidate.text)):
        return {"code": "near_place", "asked": "、".join(query.places), "told": told[0]}
    if of_a_figure and features.get("goal_mismatch", 0.0) >= NO_GOAL:
        return {"code": "near_result" if query.aim is Aim.GOAL else "near_goal"}
    if of_a_figure and (part := _part_of_asked(query, candidate)):
        return {"code": "near_part", "asked": _years(query.years), "told": part}
    return {}


def _part_of_asked(query: Query, candidate: Candidate) -> str:
    """The stretch of the one year asked for that a sentence tells of; empty where it tells of another, or of the whole year."""
    if len(query.asked) != 1 or not query.asked[0].is_whole_years or len(query.years) != 1:
        return ""
    whole = query.asked[0]
    told = [each for each in candidate.periods if whole.shared_days(each) == each.days < whole.days]
    return told[0].stretch_in_words if len(told) == len(candidate.periods) == 1 else ""


def _years(years: list[int]) -> str:
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}—{years[-1]}年"
    return "、".join(f"{year}年" for year in years)
