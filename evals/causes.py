"""Why an item went wrong: one cause, by rule, the earliest stage at fault first."""

from __future__ import annotations

from assistant.model import Answer
from assistant.trace import Trace
from corpus.language.normalize import fold
from corpus.language.places import places_in
from corpus.language.times import years_in
from evals.items import EvalItem
from index.words import content_words

CAUSES = (
    "not_in_corpus",
    "rewritten_wrongly",
    "not_retrieved",
    "ranked_too_low",
    "wrong_time_or_place",
    "read_wrongly",
    "refused_wrongly",
    "cited_wrongly",
    "answered_absent",
)
"""In the order of the stages; the words for them are in assistant/messages.py as `cause_…`."""

_SIGNS_OF_OTHER_FRAME = ("time_other", "place_other", "period_missing")
_WORDS_KEPT = 0.6


def cause_of(
    item: EvalItem,
    answer: Answer,
    trace: Trace,
    relevant: list[set[str]],
    *,
    cited: float | None,
    would_be_right: bool,
) -> str:
    """The cause, or "" where the item went right or names nothing to be judged by.

    `relevant` holds, for every fact, the passages that may be cited for it; `cited` is that measure where the
    answer holds the facts.
    """
    if not item.answerable:
        return "" if answer.refused else "answered_absent"
    if not item.groups or cited == 1.0:
        return ""
    if cited is not None:
        return "cited_wrongly"
    if not relevant or not all(relevant):
        return "not_in_corpus"
    if item.standalone and not means_the_same(item.standalone, answer.standalone_question):
        return "rewritten_wrongly"
    return _cause_in_search(trace, relevant) or _cause_in_reading(
        trace, relevant, refused_right=answer.refused and would_be_right
    )


def _cause_in_search(trace: Trace, relevant: list[set[str]]) -> str:
    """The cause where a fact's passages did not reach the reading, else ""."""
    if not trace.parts or not any(part.fused for part in trace.parts):
        return "refused_wrongly"
    if not _all_within(relevant, {id_ for part in trace.parts for id_ in part.fused}):
        return "not_retrieved"
    if not _all_within(relevant, {id_ for part in trace.parts for id_ in part.reranked}):
        return "ranked_too_low"
    return ""


def _cause_in_reading(trace: Trace, relevant: list[set[str]], *, refused_right: bool) -> str:
    """The cause where they did; `refused_right` says that an answer was refused that would have been right."""
    if refused_right:
        return "refused_wrongly"
    if _is_of_other_frame(trace, relevant):
        return "wrong_time_or_place"
    return "read_wrongly"


def means_the_same(expected: str, rewritten: str) -> bool:
    """Whether a rewritten follow-up names the years and places of what was meant, and most of its words."""
    if set(years_in(expected, None)) != set(years_in(rewritten, None)):
        return False
    if set(places_in(expected)) != set(places_in(rewritten)):
        return False
    wanted = set(content_words(expected))
    told = fold(rewritten)
    return sum(word in told for word in wanted) >= _WORDS_KEPT * len(wanted)


def _all_within(relevant: list[set[str]], ids: set[str]) -> bool:
    return all(group & ids for group in relevant)


def _is_of_other_frame(trace: Trace, relevant: list[set[str]]) -> bool:
    may_be_cited = set().union(*relevant)
    return any(
        sentence.passage_id not in may_be_cited
        and any(sentence.weighed.get(sign, 0.0) >= 1 for sign in _SIGNS_OF_OTHER_FRAME)
        for sentence in trace.best_sentences
    )
