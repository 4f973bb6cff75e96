"""What stands for a person in a request: a session's token or an API key. Only digests are kept."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe

from sqlalchemy import Connection, Executable, bindparam, delete, or_, select, update

from corpus.problem import Problem
from index.state import NOT_NOW, StateDatabase
from ui.people.tables import keys, sessions

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

    def __init__(
        self, file: StateDatabase, idle_s: float, longest_s: float, clock: Callable[[], float]
    ) -> None:
        self._file = file
        self._idle_s = idle_s
        self._longest_s = longest_s
        self._clock = clock

    def begin(self, person: int) -> str:
        """A new session's token, for the person with this id."""
        token = token_urlsafe(32)
        now = self._clock()
        with self._file.transaction() as connection:
            is_over = or_(sessions.c.used <= now - self._idle_s, sessions.c.created <= now - self._longest_s)
            connection.execute(delete(sessions).where(is_over))
            values = {"digest": _digest(token), "created": now, "used": now, "person": person}
            connection.execute(sessions.insert(), values)
        return token

    def person(self, token: str) -> int | None:
        """Id of the person whose session this is, or None where it is over."""
        rows = self._file.rows(_SESSION, {"of": _digest(token)})
        if not rows:
            return None
        person, created, used = rows[0]
        now = self._clock()
        if now - used >= self._idle_s or now - created >= self._longest_s or now < used - _CLOCK_STEP_S:
            _note(self._file, delete(sessions).where(sessions.c.digest == _digest(token)))
            return None
        if now - used >= min(_NOTE_USE_EVERY_S, self._idle_s / 2):
            used_now = update(sessions).where(sessions.c.digest == _digest(token)).values(used=now)
            _note(self._file, used_now)
        return int(person)

    def end(self, token: str) -> None:
        """End a session; nothing happens where there is none."""
        with self._file.transaction() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == _digest(token)))

    @staticmethod
    def end_all_within(connection: Connection, person: int) -> None:
        """End every session of a person, inside a transaction."""
        connection.execute(delete(sessions).where(sessions.c.person == person))


class Keys:
    """API keys of people; they hold until they are revoked."""

    def __init__(self, file: StateDatabase, clock: Callable[[], float]) -> None:
        self._file = file
        self._clock = clock

    def make(self, person: int, label: str) -> str:
        """A new key. This is the only time that it can be read."""
        key = _KEY_START + token_urlsafe(32)
        with self._file.transaction() as connection:
            values = {
                "digest": _digest(key),
                "prefix": key[:_VISIBLE],
                "label": label,
                "created": self._clock(),
                "person": person,
            }
            connection.execute(keys.insert(), values)
        return key

    def of(self, person: int) -> list[KeyInfo]:
        """A person's keys, oldest first."""
        wanted = select(keys.c.prefix, keys.c.label, keys.c.created, keys.c.used)
        rows = self._file.rows(wanted.where(keys.c.person == person).order_by(keys.c.created, keys.c.rowid))
        return [KeyInfo(*row) for row in rows]

    def person(self, key: str) -> int | None:
        """Id of the person whose key this is, or None."""
        rows = self._file.rows(_KEY, {"of": _digest(key)})
        if not rows:
            return None
        person, used = rows[0]
        now = self._clock()
        if used is None or abs(now - used) >= _NOTE_USE_EVERY_S:
            _note(self._file, update(keys).where(keys.c.digest == _digest(key)).values(used=now))
        return int(person)

    def revoke(self, prefix: str) -> str:
        """Make a key worthless, and tell its visible beginning; a whole key names itself as well.

        Raises:
            Problem: `key_unknown`.
        """
        shown = prefix.strip()[:_VISIBLE]
        with self._file.transaction() as connection:
            found = connection.execute(delete(keys).where(keys.c.prefix == shown)).rowcount
        if not found:
            raise Problem("key_unknown", prefix=shown)
        return shown


# Statements that are built once: every request asks one of them.
_SESSION = select(sessions.c.person, sessions.c.created, sessions.c.used).where(
    sessions.c.digest == bindparam("of")
)
_KEY = select(keys.c.person, keys.c.used).where(keys.c.digest == bindparam("of"))


def _note(file: StateDatabase, change: Executable) -> None:
    """Write what would be good to have written: on a full disk whoever is signed in goes on all the same."""
    try:
        with file.transaction() as connection:
            connection.execute(change)
    except NOT_NOW as error:
        _log.warning("the use of a session or key was not noted: %s", error)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
