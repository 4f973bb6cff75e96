"""What questions cost: tokens and money of a question, and of days and people in a small book beside the chats."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.model import Tokens, Usage
from assistant.settings import Settings
from corpus.problem import Problem
from corpus.reasons import reason_and_detail

if TYPE_CHECKING:
    from index.state import StateDatabase, StatePlace

_log = logging.getLogger(__name__)
_FILE = "usage.sqlite"
_KEPT_DAYS = 400
_MILLION = 1_000_000
_MOST_TOKENS = 1_000_000_000
"""Of a question; an endpoint may count what it likes, a column of the book holds 64 bits."""


def usage_of(tokens: Tokens, settings: Settings) -> Usage | None:
    """What a question cost; None where no language model was asked."""
    if not tokens.calls:
        return None
    if not (tokens.read or tokens.written):
        return Usage(calls=tokens.calls)
    read, written = (min(max(count, 0), _MOST_TOKENS) for count in (tokens.read, tokens.written))
    priced = settings.llm_price_read or settings.llm_price_written
    money = read * settings.llm_price_read + written * settings.llm_price_written
    return Usage(
        calls=tokens.calls,
        tokens_read=read,
        tokens_written=written,
        cost=round(money / _MILLION, 6) if priced else None,
    )


@dataclass(frozen=True)
class Spent:
    """What was spent under a name (a day, a person): questions that a model was asked, its calls, tokens and money."""

    name: str
    questions: int
    calls: int
    read: int
    written: int
    cost: float


class UsageBook:
    """Sums by day and person, kept for 400 days. A book that cannot be written costs no answer.

    It is opened when it is first needed: `usage.sqlite` in the data folder, or on the server at the address `place`.
    """

    def __init__(self, data: Path, place: StatePlace | None = None) -> None:
        self._place: StatePlace = data / _FILE if place is None else place
        self._lock = Lock()
        self._opened: StateDatabase | None = None

    @classmethod
    def of(cls, settings: Settings) -> UsageBook:
        """The book of a data folder, or of the server that is set."""
        from assistant.state_place import place_of

        return cls(settings.data, place_of(settings, _FILE))

    def note(self, who: str, usage: Usage | None, day: date | None = None) -> None:
        """Add what a question of `who` cost."""
        if usage is None:
            return
        today = day or date.today()
        try:
            self._note(who, usage, today)
        except (sqlite3.Error, OSError, OverflowError, Problem) as error:
            _log.warning("usage was not noted: %s", error)

    def _note(self, who: str, of: Usage, today: date) -> None:
        from sqlalchemy import delete

        from assistant.usage_tables import usage
        from index.state.statements import insert_or_change

        values = {
            "questions": 1,
            "calls": of.calls,
            "read": of.tokens_read or 0,
            "written": of.tokens_written or 0,
            "cost": of.cost or 0.0,
        }
        with self._book().transaction() as connection:
            first = insert_or_change(connection, usage).values(day=today.isoformat(), who=who, **values)
            more = {name: usage.c[name] + first.excluded[name] for name in values}
            connection.execute(first.on_conflict_do_update(index_elements=["day", "who"], set_=more))
            oldest = (today - timedelta(_KEPT_DAYS)).isoformat()
            connection.execute(delete(usage).where(usage.c.day < oldest))

    def by_day(self, days: int = 14) -> list[Spent]:
        """Days on which something was spent, newest first."""
        return self._sums("day", "1900-01-01", days)

    def by_person(self, since: date, most: int = 20) -> list[Spent]:
        """People and what they spent since a day, who spent most first."""
        return self._sums("who", since.isoformat(), most)

    def _sums(self, by: str, since: str, most: int) -> list[Spent]:
        if isinstance(self._place, Path) and not self._place.is_file():
            return []
        from sqlalchemy import cast, func, select

        from assistant.usage_tables import usage
        from index.state.columns import NUMBER

        name = usage.c[by]
        # PostgreSQL sums such numbers up as decimal ones.
        sums = [cast(func.sum(usage.c[each]), NUMBER) for each in ("questions", "calls", "read", "written")]
        cost = func.sum(usage.c.cost)
        order = [name.desc()] if by == "day" else [cost.desc(), (sums[2] + sums[3]).desc()]
        wanted = select(name, *sums, cost).where(usage.c.day >= since).group_by(name)
        try:
            return [Spent(*row) for row in self._book().rows(wanted.order_by(*order).limit(most))]
        except (sqlite3.Error, OSError, Problem) as error:
            _log.warning("usage cannot be read: %s", error)
            return []

    def close(self) -> None:
        """Close the file, or the connections; it may be used again."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    def _book(self) -> StateDatabase:
        with self._lock:
            if self._opened is None:
                from assistant.usage_tables import USAGE
                from index.state import open_state

                if isinstance(self._place, Path):
                    self._place.parent.mkdir(parents=True, exist_ok=True)
                self._opened = open_state(self._place, USAGE, when_damaged=_damaged)
            return self._opened


def _damaged(error: Exception) -> Problem:
    return Problem("database_broken", file=_FILE, **reason_and_detail(error, "reason_database_damaged"))
