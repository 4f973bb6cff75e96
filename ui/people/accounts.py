"""People with accounts: who they are, what they may do, and how they prove it."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, bindparam, delete, func, literal, select, update
from sqlalchemy.exc import IntegrityError

from assistant.settings import Settings
from corpus.problem import Problem
from index.state.columns import TEXT
from ui.people.passwords import Failures, Passwords
from ui.people.people_file import accounts_place, open_people_file
from ui.people.person import Person, Role
from ui.people.tables import people
from ui.people.tokens import KeyInfo, Keys, Sessions

_NAME = re.compile(r"[\w.@-]{1,64}")
_ALONE = "people"
"""Changes wait for each other, so that an admin is left whoever else changes accounts at the same time."""


@dataclass(frozen=True)
class Account:
    """A person as kept: `created` in seconds since 1970; one that is `disabled` can neither sign in nor use keys."""

    person: Person
    created: float
    disabled: bool


class Accounts:
    """All accounts. Names are compared without regard to case. Every method but the lookups may raise `person_unknown`."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._file = open_people_file(accounts_place(settings))
        self._clock = clock
        self._passwords = Passwords()
        self._failures = Failures(self._file, clock)
        self._sessions = Sessions(
            self._file, settings.session_hours * 3600, settings.session_days * 86400, clock
        )
        self._keys = Keys(self._file, clock)
        self._one_at_a_time = threading.Lock()

    def close(self) -> None:
        """Close the file, or the connections."""
        self._file.close()

    def __bool__(self) -> bool:
        """Whether there is anybody."""
        return bool(self._file.rows(_ANYBODY))

    def all(self) -> list[Account]:
        """Everybody, by name."""
        return [_account(row) for row in self._file.rows(_ACCOUNT.order_by(func.lower(people.c.name)))]

    # -- changing accounts

    def check_new(self, name: str, role: Role) -> None:
        """Check, before a password is asked for, that the account can be made; raises as `add` does."""
        if not _NAME.fullmatch(name):
            raise Problem("person_name_wrong", name=name)
        if self._file.rows(select(people.c.id).where(_called(name))):
            raise Problem("person_exists", name=name)
        if role is not Role.ADMIN and not self:
            raise Problem("first_person_admin")

    def check_known(self, name: str) -> str:
        """Check that there is such a person; the name as it is kept, which chats are kept under too."""
        return self._known(name)[1]

    def add(self, name: str, password: str, role: Role, collections: Iterable[str] | None = None) -> None:
        """Make an account; the first one must be an admin's.

        Raises:
            Problem: `person_name_wrong`, `person_exists`, `first_person_admin`, `password_short`, `password_long`.
        """
        self.check_new(name, role)
        kept = self._passwords.hash(password)
        try:
            with self._file.transaction(_ALONE) as connection:
                values = {
                    "name": name,
                    "password": kept,
                    "role": role.value,
                    "collections": _as_json(collections),
                    "created": self._clock(),
                }
                connection.execute(people.insert(), values)
        except IntegrityError as error:
            raise Problem("person_exists", name=name) from error

    def set_password(self, name: str, password: str) -> None:
        """Change a password; the person is signed out everywhere, API keys stay."""
        person = self._id(name)
        kept = self._passwords.hash(password)
        with self._file.transaction() as connection:
            connection.execute(_with_id(person).values(password=kept))
            self._sessions.end_all_within(connection, person)
        self._failures.forget(name)

    def set_role(self, name: str, role: Role) -> None:
        """Change a role; raises `last_admin` where nobody could keep accounts then."""
        person = self._id(name)
        with self._file.transaction(_ALONE) as connection:
            connection.execute(_with_id(person).values(role=role.value))
            _check_an_admin_is_left(connection, name)

    def set_collections(self, name: str, collections: Iterable[str] | None) -> None:
        """Change which collections a person may see; None is every one."""
        person = self._id(name)
        with self._file.transaction() as connection:
            connection.execute(_with_id(person).values(collections=_as_json(collections)))

    def set_disabled(self, name: str, disabled: bool) -> None:
        """Shut an account or open it again; raises `last_admin`."""
        person = self._id(name)
        with self._file.transaction(_ALONE) as connection:
            connection.execute(_with_id(person).values(disabled=int(disabled)))
            _check_an_admin_is_left(connection, name)
            self._sessions.end_all_within(connection, person)

    def remove(self, name: str) -> None:
        """Delete an account with its keys and sessions; raises `last_admin` where others would be left without one."""
        person = self._id(name)
        with self._file.transaction(_ALONE) as connection:
            connection.execute(delete(people).where(people.c.id == person))
            if connection.execute(_ANYBODY).first():
                _check_an_admin_is_left(connection, name)

    # -- API keys

    def make_key(self, name: str, label: str = "") -> str:
        """A new API key, which cannot be read again later."""
        return self._keys.make(self._id(name), label)

    def keys(self, name: str) -> list[KeyInfo]:
        """A person's API keys."""
        return self._keys.of(self._id(name))

    def revoke(self, prefix: str) -> str:
        """Make the key with this visible beginning worthless, and tell the beginning; raises `key_unknown`."""
        return self._keys.revoke(prefix)

    # -- who it is

    def sign_in(self, name: str, password: str) -> str:
        """A session's token for the right password.

        Raises:
            Problem: `sign_in_wrong`, or `sign_in_locked` after too many wrong ones; neither tells whether the name exists.
        """
        # One at a time: a hash takes much memory, and passwords tried at once would all come before the lock.
        with self._one_at_a_time:
            locked_s = self._failures.locked_for(name)
            if locked_s:
                raise Problem("sign_in_locked", minutes=ceil(locked_s / 60))
            wanted = select(people.c.id, people.c.password, people.c.disabled).where(_called(name.strip()))
            rows = self._file.rows(wanted)
            found: Any = rows[0] if rows else (0, None, True)
            person, kept, disabled = found
            if not self._passwords.fits(kept, password) or disabled:
                self._failures.add(name)
                raise Problem("sign_in_wrong")
            self._failures.forget(name)
            renewed = self._passwords.renewed(kept, password)
            if renewed is not None:
                with self._file.transaction() as connection:
                    connection.execute(_with_id(person).values(password=renewed))
        return self._sessions.begin(person)

    def sign_out(self, token: str) -> None:
        """End a session."""
        self._sessions.end(token)

    def person_by_session(self, token: str) -> Person | None:
        """Whose session this is; None where it is over."""
        return self._person(self._sessions.person(token))

    def person_by_key(self, key: str) -> Person | None:
        """Whose API key this is; None where it is nobody's."""
        return self._person(self._keys.person(key))

    def _person(self, person: int | None) -> Person | None:
        rows = self._file.rows(_NOT_SHUT, {"of": person}) if person is not None else []
        return _account(rows[0]).person if rows else None

    def _id(self, name: str) -> int:
        return self._known(name)[0]

    def _known(self, name: str) -> tuple[int, str]:
        """The id of a person, and the name as it is kept."""
        rows = self._file.rows(select(people.c.id, people.c.name).where(_called(name)))
        if not rows:
            raise Problem("person_unknown", name=name)
        return int(rows[0][0]), str(rows[0][1])


_ANYBODY = select(people.c.id).limit(1)
_ACCOUNT = select(people.c.name, people.c.role, people.c.collections, people.c.created, people.c.disabled)
_NOT_SHUT = _ACCOUNT.where(people.c.id == bindparam("of"), people.c.disabled == 0)


def _called(name: str) -> ColumnElement[bool]:
    return func.lower(people.c.name) == func.lower(literal(name, TEXT))


def _with_id(person: int) -> Update:
    return update(people).where(people.c.id == person)


def _account(row: Sequence[Any]) -> Account:
    name, role, collections, created, disabled = row
    seen = None if collections is None else frozenset(json.loads(collections))
    return Account(Person(name, Role(role), seen), created, bool(disabled))


def _as_json(collections: Iterable[str] | None) -> str | None:
    return None if collections is None else json.dumps(sorted(set(collections)), ensure_ascii=False)


def _check_an_admin_is_left(connection: Connection, name: str) -> None:
    admins = _ANYBODY.where(people.c.role == Role.ADMIN.value, people.c.disabled == 0)
    if connection.execute(admins).first() is None:
        raise Problem("last_admin", name=name)
