"""Where an answer was looked for – filters set by hand, times and places read from the question – as chips to take away."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import quote

from assistant.messages import message
from corpus.language.periods import Period
from index.query import Filters, read_query
from ui.chats.store import KeptTurn
from ui.page_language import LANGUAGES
from ui.web.chosen_sources import chosen_in_short
from ui.web.filter_fields import days_of, values_of
from ui.web.shown import shown

_AFTER_A_YEAR = r"年?(?:全年|年度|度|底|末)?的?"
_AFTER_A_PLACE = r"(?:市|省|自治区|特别行政区)?的?"
_LEFT_OVER = re.compile(r"^[和与及、，,\s]+|(?<=[、，,])[和与及、，,]+")


def chips_of(turn: KeptTurn, language: str) -> str:
    """HTML of a kept turn's chips; those without ✕ cannot be taken from the question. Empty where nothing narrows it."""
    by_hand = values_of(turn.filters, language)
    asked = question_of(turn)
    read = [each for each in read_from(turn) if each not in by_hand]
    chips = [_chip(turn, each, message("filter_of_hand", language), language) for each in by_hand]
    chips += [
        _chip(turn, each, "", language) if question_without(asked, each) else f"<span>{shown(each)}</span>"
        for each in read
    ]
    if chosen := chosen_in_short(turn.filters, language):
        chips.insert(0, _link(f"everywhere/{turn.id}", message("ask_without_choice", language), chosen))
    if not chips:
        return ""
    return f'<div class="chips">{message("looked_in", language)}{"".join(chips)}</div>'


def read_from(turn: KeptTurn) -> list[str]:
    """The times, places and names that were read from a turn's question."""
    question = question_of(turn)
    query = read_query(question, today=datetime.fromisoformat(turn.asked).date())
    times = [Period.parse(each).stretch_in_words for each in query.periods] or [
        f"{year}年" for year in query.years
    ]
    # A bare number is part of a time or of a name that is told beside it.
    names = [_as_written(name, question) for name in query.names if not name.isdigit()]
    return list(dict.fromkeys([*times, *query.places, *names]))


def _as_written(name: str, question: str) -> str:
    """A name that was read folded, as it stands in the question."""
    found = re.search(re.escape(name), question, re.IGNORECASE)
    return found.group() if found else name


def question_of(turn: KeptTurn) -> str:
    """A turn's question in its standalone form."""
    return (turn.answer.standalone_question if turn.answer else "") or turn.question


def question_without(question: str, chip: str) -> str:
    """`question` with a year or place taken out; empty where that cannot be done or leaves no question."""
    year = re.fullmatch(r"(\d{4})年", chip)
    words = f"{year.group(1)}{_AFTER_A_YEAR}" if year else f"{re.escape(chip)}{_AFTER_A_PLACE}"
    if not year and not read_query(chip).places:
        return ""
    left = _LEFT_OVER.sub("", re.sub(words, "", question))
    return left if left != question and len(left) > 4 else ""


def filters_without(filters: Filters, chip: str) -> Filters:
    """`filters` less one of their values; the chosen sources and what may be seen stay."""
    left = {
        name: [each for each in getattr(filters, name) if str(each) != chip]
        for name in ("years", "regions", "sources", "kinds")
    }
    days = {days_of(filters, language) for language in LANGUAGES}
    no_days = {"since": "", "until": ""} if chip and chip in days else {}
    return filters.model_copy(update={**left, **no_days})


def _chip(turn: KeptTurn, value: str, kind: str, language: str) -> str:
    name = message("chip_without", language, what=value)
    told = f"{kind} {value}".strip()
    return _link(f"without/{turn.id}/{quote(value, safe='')}", name, told)


def _link(deed: str, name: str, told: str) -> str:
    return f'<a href="#act/{deed}" title="{shown(name)}" aria-label="{shown(name)}">{shown(told)} ✕</a>'
