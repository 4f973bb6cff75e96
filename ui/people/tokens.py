"""What stands for a person in a request: a session's token or an API key. Only digests are kept."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe

from corpus.problem import Problem
from index.database import Database

_log = logging.getLogger(__name__)
_KEY_START = "pa-"
_VISIBLE = len(_KEY_START) + 8
_NOTE_USE_EVERY_S = 60.0
"""Requests come often; when a token was last used need not be known better than this."""
_CLOCK_STEP_S = 300.0
"""Where a session was last used later than now by more than this, the clock was set back: nobody knows how old it is."""


@dataclass(frozen=True)
class KeyInfo:
    """What is known of an API key. Times are seconds since 1970; `used` is None where it never was."""

    prefix: str
    label: str
    created: float
    used: float | None


class Sessions:
    """Who is signed in; a session ends after `idle_s` without a request, and `longest_s` after it began.

    One that a clock set back would lengthen ends too.
    """

    def __init__(self, file: Database, idle_s: float, longest_s: float, clock: Callable[[], float]) -> None:
        self._file = file
        self._idle_s = idle_s
        self._longest_s = longest_s
        self._clock = clock

    def begin(self, person: int) -> str:
        """A new session's token, for the person with this id."""
        token = token_urlsafe(32)
        now = self._clock()
        with self._file.transaction() as connection:
            connection.execute(
                "DELETE FROM sessions WHERE used <= ? OR created <= ?",
                [now - self._idle_s, now - self._longest_s],
            )
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", [_digest(token), now, now, person])
        return token

    def person(self, token: str) -> int | None:
        """Id of the person whose session this is, or None where it is over."""
        rows = self._file.rows(
            "SELECT person, created, used FROM sessions WHERE digest = ?", [_digest(token)]
        )
        if not rows:
            return None
        person, created, used = rows[0]
        now = self._clock()
        if now - used >= self._idle_s or now - created >= self._longest_s or now < used - _CLOCK_STEP_S:
            _note(self._file, "DELETE FROM sessions WHERE digest = ?", [_digest(token)])
            return None
        if now - used >= min(_NOTE_USE_EVERY_S, self._idle_s / 2):
            _note(self._file, "UPDATE sessions SET used = ? WHERE digest = ?", [now, _digest(token)])
        return int(person)

    def end(self, token: str) -> None:
        """End a session; nothing happens where there is none."""
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE digest = ?", [_digest(token)])

    @staticmethod
    def end_all_within(connection: sqlite3.Connection, person: int) -> None:
        """End every session of a person, inside a transaction."""
        connection.execute("DELETE FROM sessions WHERE person = ?", [person])


class Keys:
    """API keys of people; they hold until they are revoked."""

    def __init__(self, file: Database, clock: Callable[[], float]) -> None:
        self._file = file
        self._clock = clock

    def make(self, person: int, label: str) -> str:
        """A new key. This is the only time that it can be read."""
        key = _KEY_START + token_urlsafe(32)
        with self._file.transaction() as connection:
            connection.execute(
                "INSERT INTO keys (digest, prefix, label, created, person) VALUES (?, ?, ?, ?, ?)",
                [_digest(key), key[:_VISIBLE], label, self._clock(), person],
            )
        return key

    def of(self, person: int) -> list[KeyInfo]:
        """A person's keys, oldest first."""
        sql = "SELECT prefix, label, created, used FROM keys WHERE person = ? ORDER BY created"
        return [KeyInfo(*row) for row in self._file.rows(sql, [person])]

    def person(self, key: str) -> int | None:
        """Id of the person whose key this is, or None."""
        rows = self._file.rows("SELECT person, used FROM keys WHERE digest = ?", [_digest(key)])
        if not rows:
            return None
        person, used = rows[0]
        now = self._clock()
        if used is None or abs(now - used) >= _NOTE_USE_EVERY_S:
            _note(self._file, "UPDATE keys SET used = ? WHERE digest = ?", [now, _digest(key)])
        return int(person)

    def revoke(self, prefix: str) -> str:
        """Make a key worthless, and tell its visible beginning; a whole key names itself as well.

        Raises:
            Problem: `key_unknown`.
        """
        shown = prefix.strip()[:_VISIBLE]
        with self._file.transaction() as connection:
            found = connection.execute("DELETE FROM keys WHERE prefix = ?", [shown]).rowcount
        if not found:
            raise Problem("key_unknown", prefix=shown)
        return shown


def _note(file: Database, sql: str, values: list[object]) -> None:
    """Write what would be good to have written: on a full disk whoever is signed in goes on all the same."""
    try:
        with file.transaction() as connection:
            connection.execute(sql, values)
    except sqlite3.OperationalError as error:
        _log.warning("the use of a session or key was not noted: %s", error)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
