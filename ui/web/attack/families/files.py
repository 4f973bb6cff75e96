"""Files of the server that an event of a page may try to name: `FileData` in every event's every input."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

import httpx

from ui.web.attack.gradio_events import PAGES, PageEvent, events_of, send_event
from ui.web.attack.registry import Attempt, at_once, family
from ui.web.attack.target import Attacker, Target

_FILE = "/etc/passwd"
_IN_FILE = "root:"
_META = {"_type": "gradio.FileData"}
_COPIED = re.compile(r"""[^\s"'\\=]*/[0-9a-f]{64}/[^\s"'\\&<]+""")
"""Where Gradio keeps what it copied for a page: a folder named after a hash."""


def file_payloads(path: str) -> dict[str, Any]:
    """Ways to name a file in a value of an event, by what is special about each."""
    plain = {"path": path, "meta": _META}
    return {
        "FileData": plain,
        "in a list": [plain],
        "deep": {"a": [[{"b": {"c": [plain]}}]]},
        "with orig_name": {**plain, "orig_name": "report.md", "size": 1, "mime_type": "text/plain"},
        "without meta": {"path": path},
        "other meta": {"path": path, "meta": {"_type": "gradio.FileData", "x": 1}},
        "as a stream": {**plain, "is_stream": True},
        "with url": {"path": "x", "url": f"/gradio_api/file={path}", "meta": _META},
        "relative": {"path": "../" * 20 + path.lstrip("/"), "meta": _META},
        "file:// address": {"path": f"file://{path}", "meta": _META},
        "http address": {"path": "http://127.0.0.1:9/x", "meta": _META},
    }


@family("files")
def files(target: Target) -> Iterator[Attempt]:
    """`FileData` in every input of every event of every page, as everybody; the other ways to name one in one input each."""
    yield from at_once(partial(_of_page, target, person, page) for person in target.people for page in PAGES)


def _of_page(target: Target, person: Attacker, page: str) -> Iterator[Attempt]:
    payloads = file_payloads(_FILE)
    door = f"POST {page}/gradio_api/queue/join ({person.role})"
    with target.client(person) as client:
        for event in events_of(client, page):
            for attack, data, beside in _bodies(event, payloads):
                sent = send_event(client, event, data, event_data=beside)
                yield Attempt(door, f"event {event.index}, {attack}", *_held(client, page, *sent))


def _bodies(event: PageEvent, payloads: dict[str, Any]) -> Iterator[tuple[str, list[Any], Any]]:
    """What is tried, the values of the inputs, and what is sent beside them."""
    for number, (name, payload) in enumerate(payloads.items()):
        every = range(len(event.values))
        positions = every if name == "FileData" else [number % len(every)] if every else []
        for position in positions:
            data = [*event.values[:position], payload, *event.values[position + 1 :]]
            yield f"input {position}: {name}", data, None
    yield "event data", list(event.values), payloads["FileData"]


def _held(client: httpx.Client, page: str, status: int, told: str) -> tuple[bool, str]:
    """Whether nothing of the file came back, neither at once nor behind any path that was told."""
    if _IN_FILE in told or status == 429:  # a full share refuses all alike: nothing was tried
        return False, told
    for path in set(_COPIED.findall(told)):
        reply = client.get(f"{page}/gradio_api/file={quote(path)}")
        if _IN_FILE in reply.text:
            return False, f"{path} was served"
    return True, f"{status} {told[:80]}"
