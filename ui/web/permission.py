"""Who may do what in the handlers of the Gradio page."""

from __future__ import annotations

import gradio as gr

from ui.people.access import Access
from ui.people.person import Person, Role


def person_behind(access: Access, request: gr.Request) -> Person | None:
    """The person whose browser sent an event; None where nobody is signed in."""
    return access.person_of(request.request) if request.request is not None else None


def may(access: Access, request: gr.Request, role: Role) -> bool:
    """Whether the person behind an event has the role."""
    person = person_behind(access, request)
    return person is not None and person.role.covers(role)
