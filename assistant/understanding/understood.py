"""What a language model understood of a question: read leniently from its text, and held against the conversation."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import rjieba

from assistant.checking.support import unsupported
from assistant.model import Turn
from assistant.understanding.conversation import nouns_brought
from assistant.understanding.dates import with_absolute_years
from assistant.understanding.question import parse
from assistant.understanding.time_words import times_in
from corpus.language.companies import companies_in
from corpus.language.normalize import fold, readable
from corpus.language.places import places_in

_LONGEST = 400
_MOST_PARTS = 10
_TRAILING = re.compile(r",(?=\s*[}\]])")
_FIELD = re.compile(
    r"[\"'“”]?(?:question|standalone(?:_question)?|问题|独立问题)[\"'“”]?\s*[:：]\s*[\"“'](?P<text>[^\"”'\n]{2,400})[\"”']"
)
_DENIES = re.compile(r"^不[是对，,]|不是|错了|更正|除了")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_FROM_TODAY = re.compile(
    r"[今去前明后]年|[本上下这当]个?(?:年|月|季|周|星期)|年初|年[内底]|[近过]去?.{0,3}[年月季天]|现在|目前|当前|如今|最新|最近|至今|迄今|"
    r"\b(?:this|last|next|past|recent|current|latest|now|today|yesterday)\b",
    re.IGNORECASE,
)
_NAMES = frozenset(["nr", "nrt", "nrfg", "nt"])


@dataclass(frozen=True)
class Understood:
    """A question as a model understood it: whether it is one, its standalone form, the questions inside it, times and places."""

    question: str
    is_question: bool = True
    sub_questions: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def read_understood(text: str) -> Understood | None:
    """What a model wrote, read as the object that it was asked for; None where no question can be read from it."""
    for value in _objects_in(text):
        question = _text_of(value, "question", "standalone_question", "standalone", "问题", "独立问题")
        is_question = value.get("is_question", True) not in {False, "false", "False", "否"}
        if question or not is_question:
            return Understood(
                question,
                is_question,
                _texts_of(value.get("sub_questions"))[:_MOST_PARTS],
                _texts_of(value.get("times")),
                _texts_of(value.get("places")),
            )
    found = _FIELD.search(text)
    return Understood(_plain(found.group("text"))) if found else None


def _objects_in(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in a text, also those with a comma too many, in Python's form, or broken off."""
    at = text.find("{")
    while at >= 0:
        end = text.rfind("}")
        for piece in (text[at:], _TRAILING.sub("", text[at:])):
            with suppress(ValueError):
                value, _ = json.JSONDecoder(strict=False).raw_decode(piece)
                if isinstance(value, dict):
                    yield value
                    return
        with suppress(ValueError, SyntaxError, MemoryError, RecursionError):
            value = ast.literal_eval(text[at : end + 1])
            if isinstance(value, dict):
                yield value
                return
        at = text.find("{", at + 1)


def _text_of(value: dict[str, Any], *names: str) -> str:
    return next((_plain(value[name]) for name in names if isinstance(value.get(name), str)), "")


def _texts_of(value: object) -> list[str]:
    texts = value if isinstance(value, list) else []
    return list(dict.fromkeys(plain for each in texts if isinstance(each, str) and (plain := _plain(each))))


def _plain(text: str) -> str:
    plain = " ".join(readable(text).split())
    return plain if len(plain) <= _LONGEST else ""


def from_conversation(question: str, asked: str, history: Sequence[Turn], today: date) -> bool:
    """Whether every name, place, year and figure of a question comes from the conversation or from today's date.

    Args:
        question: The standalone form.
        asked: The question as it was typed.
        history: The turns before it.
        today: The day from which "去年" counts.
    """
    if not question:
        return False
    said = [asked, *(each for turn in history for each in (turn.question, turn.standalone_question))]
    held = [*said, *(with_absolute_years(each, today) for each in said)]
    held += [each for turn in history for each in (turn.answer, *turn.titles)]
    years = {year for each in said for year in parse(each, today).query().years}
    if any(_FROM_TODAY.search(each) for each in said):
        # "上个月" of January is a month of the year before.
        years |= {today.year, today.year - 1}
        held.append(f"{today.month}月{today.day}日 {today.isoformat()}")
        held += [f"{month}月 {month:02d}月" for month in range(1, 13) if _counts_months(said)]
    years |= {int(year) for each in held for year in _YEAR.findall(fold(each))}
    told = "\n".join([*held, *(f"{year}年" for year in sorted(years))])
    return not unsupported(question, told) and not _names_not_in(question, told)


def _counts_months(said: Sequence[str]) -> bool:
    """Whether a month or quarter is counted from today."""
    return any(
        re.search(r"[本上下这当]个?(?:月|季)|[近过]去?.{0,3}[月季]|month|quarter", each) for each in said
    )


def _names_not_in(question: str, told: str) -> list[str]:
    """Names of companies, people and bodies that a question holds and a text does not."""
    folded = fold(told)
    names = [*companies_in(question), *(word for word, tag in rjieba.tag(question) if tag in _NAMES)]
    return [name for name in names if len(name) > 1 and fold(name) not in folded]


def keeps_what_is_named(question: str, asked: str) -> bool:
    """Whether a standalone form still names what the follow-up names: one of its places, its times, its things."""
    if _DENIES.search(asked):
        return True
    folded = fold(question)
    named = places_in(asked)
    if named and not any(place in folded for place in named):
        return False
    if times_in(asked) and not times_in(question):
        return False
    brought = nouns_brought(asked)
    return not brought or any(fold(noun) in folded for noun in brought) or bool(named)
