"""Who sends a request, and whether it is served at all."""

from __future__ import annotations

import threading

from fastapi import HTTPException
from starlette.requests import Request

from assistant.messages import message
from assistant.settings import Settings
from corpus.problem import Problem
from ui.page_language import language_at
from ui.people.accounts import Accounts
from ui.people.people_file import may_have_accounts
from ui.people.person import LOCAL, Person, Role
from ui.people.same_site import comes_from_elsewhere, comes_from_this_machine, is_loopback, names_loopback

COOKIE = "policy_assistant_session"
_BEARER = "bearer "


def check_binding(settings: Settings, host: str) -> None:
    """Other machines may reach the server only where people sign in, or where `open` says that all may do all.

    Raises:
        Problem: `open_without_accounts` or `people_broken`.
    """
    if not (Access(settings, host).has_accounts or is_loopback(host) or settings.open):
        raise Problem("open_without_accounts", host=host)


class Access:
    """Tells who sends a request.

    Where accounts exist, it is a person by session cookie or API key. Where none exist, everybody is `LOCAL`, given
    that the server listens to this machine only or is `open`. An account made while the server runs counts at once.

    Routes call `need(request, role)`. Gradio's event handlers take a `gr.Request` and call `person_of(request.request)`.
    Nobody reaches either without being somebody: `ui.web.gate` stands before all of them.
    """

    def __init__(self, settings: Settings, host: str = "127.0.0.1") -> None:
        self._settings = settings
        self._unguarded = settings.open or is_loopback(host)
        self._opened: Accounts | None = None
        self._lock = threading.Lock()

    @property
    def accounts(self) -> Accounts | None:
        """The accounts, or None where there never were any.

        Raises:
            Problem: `people_broken`, `database_unreachable`.
        """
        with self._lock:
            if self._opened is None and may_have_accounts(self._settings):
                self._opened = Accounts(self._settings)
            return self._opened

    @property
    def has_accounts(self) -> bool:
        """Whether people must sign in."""
        return bool(self.accounts)

    def person_of(self, request: Request) -> Person | None:
        """The person by API key or session cookie; None where nobody is signed in."""
        accounts = self.accounts
        if not accounts:
            return LOCAL if self._unguarded else None
        key = _key_of(request)
        if key is not None:
            return accounts.person_by_key(key)
        token = request.cookies.get(COOKIE)
        return accounts.person_by_session(token) if token else None

    def need(self, request: Request, role: Role = Role.READER) -> Person:
        """The person, or the HTTP error 401 (nobody) or 403 (may not)."""
        person = self.person_of(request)
        if person is None:
            raise HTTPException(
                401, message("access_sign_in", language_at(request)), {"WWW-Authenticate": "Bearer"}
            )
        if not person.role.covers(role):
            raise HTTPException(403, message("access_needs_role", language_at(request), role=role.value))
        return person

    def still(self, request: Request, person: Person) -> bool:
        """Whether a request that was let in is still this person's, who may see no less than then.

        Asked again before what took long is sent: meanwhile the person may have signed out, been shut out, or lost a
        collection that the answer was read from.
        """
        now = self.person_of(request)
        if now is None or now.name != person.name:
            return False
        return now.collections is None or (
            person.collections is not None and person.collections <= now.collections
        )

    def need_still(self, request: Request, person: Person) -> None:
        """The HTTP error 401 where `still` says no."""
        if not self.still(request, person):
            raise HTTPException(
                401, message("access_changed", language_at(request)), {"WWW-Authenticate": "Bearer"}
            )

    def refusal(self, request: Request) -> str | None:
        """Code of the message why a request is not served whoever sends it, or None.

        A page of another site must drive neither a person's session nor a server that only this machine reaches.
        """
        has_accounts = self.has_accounts
        if not has_accounts and not self._settings.open:
            if not names_loopback(request):
                return "access_wrong_host"
            if not comes_from_this_machine(request):
                return "access_other_machine"
        if has_accounts and _key_of(request) is not None:
            return None
        if comes_from_elsewhere(request, has_cookie=COOKIE in request.cookies):
            return "access_cross_site"
        return None


def _key_of(request: Request) -> str | None:
    """The API key that a request brings; pages elsewhere cannot make a browser send one."""
    bearer = request.headers.get("authorization", "")
    if bearer[: len(_BEARER)].lower() == _BEARER:
        return bearer[len(_BEARER) :].strip()
    return request.headers.get("x-api-key")
