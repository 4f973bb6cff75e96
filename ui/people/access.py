"""Who sends a request."""

from __future__ import annotations

from fastapi import HTTPException
from starlette.requests import Request

from assistant.settings import Settings
from ui.people.person import LOCAL, Person, Role


class Access:
    """Tells who sends a request; without accounts everybody is `LOCAL`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def has_accounts(self) -> bool:
        """Whether people must sign in."""
        return False

    def person_of(self, request: Request) -> Person | None:
        """The person by session cookie or API key; None where nobody is signed in."""
        return LOCAL

    def need(self, request: Request, role: Role = Role.READER) -> Person:
        """The person, or the HTTP error 401 (nobody) or 403 (may not)."""
        person = self.person_of(request)
        if person is None:
            raise HTTPException(401, "sign in, or send an API key")
        if not person.role.covers(role):
            raise HTTPException(403, f"this needs the role {role.value}")
        return person
