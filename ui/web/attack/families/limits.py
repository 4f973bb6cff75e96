"""More than any field may hold: refused with its name and the bound, at every edge, and soon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx

from assistant.limits import BODY_BYTES
from ui.web.attack.registry import Attempt, family
from ui.web.attack.target import Target

_QUESTION = "上海2025年集成电路产业营收多少？"
_FAR = 10**30
_MANY = [str(number) for number in range(40_000)]
_LONG = "答" * 300_000
_TURN = {"question": "问", "standalone_question": "问"}
_BODIES: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("/api/ask", "history of 300,000 characters", {"history": [{**_TURN, "answer": _LONG}]}, "history"),
    ("/api/ask", "1,000 turns", {"history": [_TURN] * 1000}, "history"),
    ("/api/ask", "40,000 regions", {"filters": {"regions": _MANY}}, "regions"),
    ("/api/ask", "the year 10^30", {"filters": {"years": [_FAR]}}, "years"),
    ("/api/search", "the year 10^30", {"filters": {"years": [_FAR]}}, "years"),
    ("/api/search", "a region of 300,000 characters", {"filters": {"regions": [_LONG]}}, "regions"),
    ("/api/search", "a question of 300,000 characters", {"question": _LONG}, "question"),
    ("/api/evals/runs", "a set's name of 300,000 characters", {"set": _LONG}, "set"),
)
_REFUSED = frozenset([400, 413, 422])


@family("limits", alone=True)
def limits(target: Target) -> Iterator[Attempt]:
    """Fields and bodies over their bounds, sent by an editor or an admin."""
    person = target.person("editor") or target.person("admin")
    if person is None:
        return
    with target.client(person) as client:
        for path, attack, body, field in _BODIES:
            reply = client.post(path, json={"question": _QUESTION, **body})
            yield Attempt(f"POST {path}", attack, *_is_told(reply, field))
        for path in ("/api/search", "/api/articles"):
            reply = client.get(path, params={"question": _QUESTION, "year": str(_FAR)})
            yield Attempt(f"GET {path}", "the year 10^30", *_is_told(reply, "year"))
        asked = {"messages": [{"role": "user", "content": "问"}, {"role": "assistant", "content": _LONG}]}
        reply = client.post("/v1/chat/completions", json=asked)
        yield Attempt(
            "POST /v1/chat/completions", "a message of 300,000 characters", *_is_told(reply, "messages")
        )
        for path in ("/api/ask", "/v1/chat/completions", "/mcp", "/gradio_api/queue/join", "/login"):
            yield Attempt(f"POST {path}", "a body without end or length", *_endless(client, path))


@family("errors")
def errors(target: Target) -> Iterator[Attempt]:
    """Every error of an address for programs is JSON with a sentence."""
    person = target.person("reader") or target.person("admin")
    with target.client(person) as client:
        for root in ("/api", "/v1", "/mcp"):
            for method, path in (
                ("GET", "/nothing"),
                ("PATCH", "/ask"),
                ("OPTIONS", "/nothing"),
                ("TRACE", "/x"),
            ):
                reply = client.request(method, root + path)
                held = reply.status_code >= 400 and _sentence(reply).endswith(".")
                yield Attempt(f"{method} {root}", "what is not there", held, reply.text[:80])


def _is_told(reply: httpx.Response, field: str) -> tuple[bool, str]:
    told = _sentence(reply)
    return reply.status_code in _REFUSED and field in told, f"{reply.status_code} {told[:80]}"


def _sentence(reply: httpx.Response) -> str:
    try:
        told = reply.json()
    except json.JSONDecodeError:
        return ""
    return str(told["error"]["message"] if "error" in told else told.get("detail", ""))


def _endless(client: httpx.Client, path: str) -> tuple[bool, str]:
    """Whether the server stops reading in time."""
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        while sent < 20 * BODY_BYTES:
            sent += 65_536
            yield b" " * 65_536

    headers = {"content-type": "application/json", "origin": str(client.base_url).rstrip("/")}
    try:
        reply = client.post(path, content=pieces(), headers=headers)
    except httpx.TransportError as error:
        return sent < 20 * BODY_BYTES, f"closed after {sent} bytes: {type(error).__name__}"
    return reply.status_code in _REFUSED, f"{reply.status_code} after {sent} bytes"
