"""Passwords: how they are kept, checked, and protected against trying."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from functools import cached_property
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update

from corpus.problem import Problem
from index.state import StateDatabase
from index.state.statements import insert_or_change
from ui.people.tables import failures

SHORTEST, LONGEST = 8, 256
"""Of a password, in characters."""
FAILURES = 5
"""So many wrong passwords in a row lock a name."""
LOCKED_S = 15 * 60.0
"""For so long; a failure is also forgotten after that time without another."""


class Passwords:
    """Argon2id hashes."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    def hash(self, password: str) -> str:
        """What is kept of a password.

        Raises:
            Problem: `password_short` or `password_long`.
        """
        if len(password) < SHORTEST:
            raise Problem("password_short", least=SHORTEST)
        if len(password) > LONGEST:
            raise Problem("password_long", most=LONGEST)
        return self._hasher.hash(_normal(password))

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether the password is right; without one to compare it takes as long and says no."""
        nobody = self._nobody
        if len(password) > LONGEST:
            return False
        try:
            self._hasher.verify(kept or nobody, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    def renewed(self, kept: str, password: str) -> str | None:
        """What to keep instead, where the password was hashed with less effort than is usual now; else None."""
        return self._hasher.hash(_normal(password)) if self._hasher.check_needs_rehash(kept) else None

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(token_urlsafe())


def _normal(password: str) -> str:
    """The same characters from every keyboard and input method."""
    return unicodedata.normalize("NFKC", password)


class Failures:
    """Counts wrong passwords by name, of people and of nobody alike, so that a lock does not tell who exists."""

    def __init__(self, file: StateDatabase, clock: Callable[[], float]) -> None:
        self._file = file
        self._clock = clock

    def locked_for(self, name: str) -> float:
        """Seconds for which no password is tried for this name; 0 when it may be."""
        wanted = select(failures.c.last).where(failures.c.name == _digest(name), failures.c.times >= FAILURES)
        rows = self._file.rows(wanted)
        if not rows:
            return 0.0
        last, now = rows[0][0], self._clock()
        if last > now:
            # The clock was set back; the lock lasts from now on, not until the clock is there again.
            with self._file.transaction() as connection:
                connection.execute(update(failures).where(failures.c.last > now).values(last=now))
            last = now
        return max(0.0, last + LOCKED_S - now)

    def add(self, name: str) -> None:
        """Count one more."""
        now = self._clock()
        with self._file.transaction() as connection:
            connection.execute(delete(failures).where(failures.c.last <= now - LOCKED_S))
            first = insert_or_change(connection, failures).values(name=_digest(name), times=1, last=now)
            more = {"times": failures.c.times + 1, "last": first.excluded.last}
            connection.execute(first.on_conflict_do_update(index_elements=["name"], set_=more))

    def forget(self, name: str) -> None:
        """Start again from none."""
        with self._file.transaction() as connection:
            connection.execute(delete(failures).where(failures.c.name == _digest(name)))


def _digest(name: str) -> str:
    """A name as counted: now and then it is a password, typed into the wrong field."""
    return hashlib.sha256(name.strip().casefold().encode()).hexdigest()
