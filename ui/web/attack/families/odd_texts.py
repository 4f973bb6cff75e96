"""Texts that no database takes, errors that repeat what was sent, and deeds of the page that are long."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from secrets import token_hex

import httpx

from ui.web.attack.gradio_events import PAGES, events_of
from ui.web.attack.registry import Attempt, family
from ui.web.attack.target import Target, is_ready

_HALF = "\\ud800"
"""Half a character, as JSON can write it."""
_LONG = "x" * 1_500_000
_LONGEST_ERROR = 2000
_QUESTION = "上海2025年集成电路产业营收多少？"
_SOON_S, _AFTER_S = 2.0, 5.0
_BODIES = {
    "half a character as a region": ("/api/search", f'{{"question": "{_QUESTION}", "filters": {{"regions": ["{_HALF}"]}}}}'),
    "half a character as a source": ("/api/ask", f'{{"question": "{_QUESTION}", "filters": {{"sources": ["{_HALF}"]}}}}'),
    "half a character as a collection": ("/api/ask", f'{{"question": "{_QUESTION}", "filters": {{"collections": ["{_HALF}"]}}}}'),
    "half a character in the history": (
        "/api/ask",
        f'{{"question": "{_QUESTION}", "history": [{{"question": "{_HALF}", "standalone_question": "{_HALF}", "answer": "{_HALF}"}}]}}',
    ),
    "half a character as the question": ("/api/ask", f'{{"question": "{_HALF}"}}'),
    "half a character as a message": ("/v1/chat/completions", f'{{"messages": [{{"role": "user", "content": "{_HALF}"}}]}}'),
    "half a character as the model": ("/v1/chat/completions", f'{{"model": "{_HALF}", "messages": [{{"role": "user", "content": "问"}}]}}'),
    "a long model's name": ("/v1/chat/completions", f'{{"model": "{_LONG}", "messages": [{{"role": "user", "content": "问"}}]}}'),
    "a long field": ("/api/search", f'{{"question": "问", "filters": {{"{_LONG}": 1}}}}'),
    "40,000 collections": ("/api/search", f'{{"question": "问", "filters": {{"collections": [{",".join(["1"] * 40_000)}]}}}}'.replace("1", '"1"')),
    "half a character as a chosen article": ("/api/ask", f'{{"question": "{_QUESTION}", "filters": {{"articles": ["{_HALF}"]}}}}'),
    "half a character as a kind": ("/api/search", f'{{"question": "{_QUESTION}", "filters": {{"kinds": ["{_HALF}"], "since": "{_HALF}"}}}}'),
    "half a character as a briefing's article": ("/api/briefing", f'{{"articles": ["{_HALF}"], "title": "{_HALF}"}}'),
    "40,000 articles of a briefing": ("/api/briefing", f'{{"articles": [{",".join(["1"] * 40_000)}]}}'.replace("1", '"1"')),
    "a long title of a briefing": ("/api/briefing", f'{{"articles": ["1"], "title": "{_LONG}"}}'),
    "a long collection": ("/v1/chat/completions", f'{{"messages": [{{"role": "user", "content": "问"}}], "filters": {{"collections": ["{_LONG}"]}}}}'),
}  # fmt: skip


@family("odd texts")
def odd_texts(target: Target) -> Iterator[Attempt]:
    """Half characters are read or refused; no error is the server's, and none repeats what was sent."""
    person = target.person("reader") or target.person("admin")
    if not is_ready(target, person):
        yield Attempt("GET /api/status", "ready to be attacked", False, "no question is answered")
        return
    with target.client(person) as client:
        for attack, (path, body) in _BODIES.items():
            try:
                reply = client.post(path, content=body, headers={"content-type": "application/json"})
            except httpx.HTTPError as error:
                yield Attempt(f"POST {path}", attack, False, type(error).__name__)
                continue
            is_short = reply.status_code == 200 or len(reply.content) < _LONGEST_ERROR
            told = f"{reply.status_code} {len(reply.content)} bytes"
            yield Attempt(f"POST {path}", attack, reply.status_code < 500 and is_short, told)


@family("long deeds", alone=True)
def long_deeds(target: Target) -> Iterator[Attempt]:
    """A deed of the page ("search without this") whose text is 300,000 characters: nobody waits while it is read.

    Not longer, that is, than beside the same deeds with a short text: a busy machine answers late in any case.
    """
    person = target.person("reader") or target.person("admin")
    with target.client(person) as client:
        for page in PAGES:
            door = f"POST {page}/gradio_api/queue/join"
            short = _wait_beside(target, client, page, "上海")
            long = _wait_beside(target, client, page, "上海" * 150_000)
            told = f"health: {long:.2f} s, {short:.2f} s beside short ones"
            yield Attempt(door, "a long deed to every event", long < max(_SOON_S, 3 * short), told)


def _wait_beside(target: Target, client: httpx.Client, page: str, text: str) -> float:
    deed = {"name": "without", "of": "1", "text": text}
    sending = threading.Thread(target=_send_all, args=(client, page, deed))
    sending.start()
    return _longest_wait(target, sending)


def _send_all(client: httpx.Client, page: str, deed: dict[str, str]) -> None:
    """Send a deed to every event of a page; what comes of it is not waited for."""
    for event in events_of(client, page):
        sent = {"data": list(event.values), "fn_index": event.index, "session_hash": token_hex(6)}
        client.post(f"{page}/gradio_api/queue/join", json={**sent, "event_data": deed})


def _longest_wait(target: Target, sending: threading.Thread) -> float:
    """The longest that the health check takes while something is sent and for a few seconds after."""
    longest, until = 0.0, time.monotonic() + _AFTER_S
    with target.client() as client:
        while sending.is_alive() or time.monotonic() < until:
            since = time.monotonic()
            try:
                client.get("/api/health", timeout=30)
            except httpx.HTTPError:
                return 30.0
            longest = max(longest, time.monotonic() - since)
            time.sleep(0.02)
    return longest
