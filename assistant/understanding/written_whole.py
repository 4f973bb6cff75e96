"""Whether the form of a follow-up that the network wrote goes first, or behind that of the slots."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.model import Turn
from assistant.understanding.completeness import is_complete
from assistant.understanding.slots import LEAD, NATION, with_meant
from assistant.understanding.time_words import times_in
from corpus.language.places import places_in
from index.reader.rewriting_edits import Rewriting

Writer = Callable[[str, tuple[str, ...], str], Rewriting]
"""Writes a follow-up out whole, of what was typed, the questions before and the last answer in short: `RewritingReader.write`."""
_LIKELY = 0.4
"""From here on the network is right more often than the slots, on conversations that it was not trained on (docs/results.md)."""
_NUMBER = re.compile(r"\d+")
_HOLDS_AGAINST = re.compile(r"[比较倍相差同跟和与]")


def with_written(
    writer: Writer, question: str, turns: list[Turn], forms: list[str], goes_on: str
) -> list[str]:
    """The forms with that of the network: in front where it can be trusted, behind the first else.

    Args:
        writer: the network.
        question: the follow-up as it was typed.
        turns: those before it that asked something.
        forms: what the slots make of it, likeliest first.
        goes_on: how it goes on with them.
    """
    last = turns[-1]
    before = last.standalone_question
    meant = with_meant(question, before)
    written = writer(meant, tuple(turn.standalone_question for turn in turns), last.short_answer)
    texts = [meant, last.short_answer, *(turn.standalone_question for turn in turns)]
    said = set(_NUMBER.findall(" ".join(texts)))
    if not written.text.strip() or not said.issuperset(_NUMBER.findall(written.text)):
        # A number that nobody said is one cut in two: "20年" of 2023年.
        return forms
    behind = not _is_trusted(written, LEAD.sub("", meant), before, goes_on)
    return [*forms[:behind], written.text, *forms[behind:]]


def _is_trusted(written: Rewriting, plain: str, before: str, goes_on: str) -> bool:
    """Whether a form is likely, not of a question that is complete, and adds no place or year to one that names its own."""
    if written.likelihood < _LIKELY or (goes_on == "complete" and is_complete(plain, before)):
        return False
    return bool(_HOLDS_AGAINST.search(plain)) or not _adds_another(plain, written.text)


def _adds_another(plain: str, form: str) -> bool:
    """Whether a form names a place or a year that the follow-up does not, which names one itself."""
    places, years = set(places_in(plain)), _years(plain)
    others = {each for each in places_in(form) if not any(each in own or own in each for own in places)}
    if others and (NATION.search(plain) or (places and len(places_in(form)) > len(places))):
        return True
    return bool(years and _years(form) - years)


def _years(text: str) -> set[str]:
    return {time.year for time in times_in(text) if time.year}
