"""Uploads: who may send one, and whether anybody gets at another person's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from secrets import token_hex

import httpx

from ui.web.attack.gradio_events import PAGES, events_of, send_event
from ui.web.attack.registry import Attempt, at_once, family
from ui.web.attack.target import Attacker, Target

_META = {"_type": "gradio.FileData"}


@family("uploads")
def uploads(target: Target) -> Iterator[Attempt]:
    """A reader sends files; everybody else names what an editor has sent."""
    reader, editor = target.person("reader"), target.person("editor") or target.person("admin")
    marker = token_hex(16)
    for page in PAGES:
        door = f"POST {page}/gradio_api/upload"
        for role, person in (("nobody", None), ("reader", reader)):
            if person is not None or target.has_accounts:
                with target.client(person) as client:
                    reply = _sent(client, page, marker)
                yield Attempt(door, f"{role} sends a file", reply.status_code >= 400, str(reply.status_code))
    if editor is None:
        return
    with target.client(editor) as client:
        path = _sent(client, "", marker).json()[0]
    others = [each for each in target.people if each.name != editor.name]
    yield from at_once(
        partial(_named, target, person, page, path, marker) for person in others for page in PAGES
    )


def _sent(client: httpx.Client, page: str, marker: str) -> httpx.Response:
    return client.post(f"{page}/gradio_api/upload", files={"files": ("a.md", marker.encode())})


def _named(target: Target, person: Attacker, page: str, path: str, marker: str) -> Iterator[Attempt]:
    with target.client(person) as client:
        reply = client.get(f"{page}/gradio_api/file={path}")
        told = f"{reply.status_code}"
        door = f"GET {page}/gradio_api/file= ({person.role})"
        yield Attempt(door, "another's upload", marker not in reply.text, told)
        for event in events_of(client, page):
            values = [[{"path": path, "meta": _META}]] * len(event.values)
            status, told = send_event(client, event, values) if values else (403, "")
            door = f"POST {page}/gradio_api/queue/join ({person.role})"
            held = status >= 400 and status != 429
            yield Attempt(door, f"event {event.index}: another's upload", held, f"{status} {told[:80]}")
