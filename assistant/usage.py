"""What questions cost: tokens and money of a question, and of days and people in a small book in the data folder."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assistant.model import Tokens, Usage
from assistant.settings import Settings

_log = logging.getLogger(__name__)
_FILE = "usage.sqlite"
_KEPT_DAYS = 400
_MILLION = 1_000_000
_MOST_TOKENS = 1_000_000_000
"""Of a question; an endpoint may count what it likes, a column of the book holds 64 bits."""
_TABLE = (
    "CREATE TABLE IF NOT EXISTS usage (day TEXT, who TEXT, questions INTEGER, calls INTEGER, read INTEGER, "
    "written INTEGER, cost REAL, PRIMARY KEY (day, who))"
)


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
    """Sums by day and person, kept for 400 days. A book that cannot be written costs no answer."""

    def __init__(self, data: Path) -> None:
        self._file = data / _FILE

    def note(self, who: str, usage: Usage | None, day: date | None = None) -> None:
        """Add what a question of `who` cost."""
        if usage is None:
            return
        today = day or date.today()
        values = (usage.calls, usage.tokens_read or 0, usage.tokens_written or 0, usage.cost or 0.0)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=5)) as book, book:
                book.execute(_TABLE)
                book.execute(
                    "INSERT INTO usage VALUES (?, ?, 1, ?, ?, ?, ?) ON CONFLICT (day, who) DO UPDATE SET "
                    "questions = questions + 1, calls = calls + excluded.calls, read = read + excluded.read, "
                    "written = written + excluded.written, cost = cost + excluded.cost",
                    (today.isoformat(), who, *values),
                )
                book.execute(
                    "DELETE FROM usage WHERE day < ?", ((today - timedelta(_KEPT_DAYS)).isoformat(),)
                )
        except (sqlite3.Error, OSError, OverflowError) as error:
            _log.warning("usage was not noted: %s", error)

    def by_day(self, days: int = 14) -> list[Spent]:
        """Days on which something was spent, newest first."""
        return self._sums("day", "1900-01-01", "day DESC", days)

    def by_person(self, since: date, most: int = 20) -> list[Spent]:
        """People and what they spent since a day, who spent most first."""
        return self._sums("who", since.isoformat(), "SUM(cost) DESC, SUM(read) + SUM(written) DESC", most)

    def _sums(self, by: str, since: str, order: str, most: int) -> list[Spent]:
        if not self._file.is_file():
            return []
        columns = "SUM(questions), SUM(calls), SUM(read), SUM(written), SUM(cost)"
        query = f"SELECT {by}, {columns} FROM usage WHERE day >= ? GROUP BY {by} ORDER BY {order} LIMIT ?"
        try:
            with closing(sqlite3.connect(self._file, timeout=5)) as book:
                return [Spent(*row) for row in book.execute(query, (since, most))]
        except sqlite3.Error as error:
            _log.warning("usage cannot be read: %s", error)
            return []
