"""One reader with more questions than anybody may have: others, the log-in and the health check do not wait behind them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx

from ui.web.attack.registry import Attempt, family
from ui.web.attack.target import Attacker, Target

_QUESTIONS = 200
_QUESTION = "上海2025年集成电路产业营收多少？"
_SOON_S, _TIMES = 10.0, 3
"""Within which others are served; where the machine is slow already, so many times as long as without the flood."""
_FLOOD_S = 120.0


@family("flood", alone=True)
def flood(target: Target) -> Iterator[Attempt]:
    """Two hundred questions at once of one reader, and what the others wait meanwhile."""
    readers = [person for person in target.people if person.role == "reader"]
    if len(readers) < 2:
        return
    flooding, other = readers[:2]
    since = time.monotonic()
    _ask(target, other, None)
    soon_s = max(_SOON_S, _TIMES * (time.monotonic() - since))
    begun = threading.Barrier(2, timeout=_FLOOD_S)
    with ThreadPoolExecutor(_QUESTIONS) as pool:
        asked = [
            pool.submit(_ask, target, flooding, begun if not number else None) for number in range(_QUESTIONS)
        ]
        begun.wait()
        time.sleep(1)
        yield Attempt(
            "GET /api/health", "beside 200 questions of one reader", *_soon(target, "/api/health", soon_s)
        )
        yield Attempt("GET /login", "beside 200 questions of one reader", *_soon(target, "/login", soon_s))
        since = time.monotonic()
        status = _ask(target, other, None)
        spent = time.monotonic() - since
        held = status == 200 and spent < soon_s
        yield Attempt("POST /api/ask", "another's question", held, f"{status} after {spent:.1f} s")
        statuses = [each.result() for each in asked]
    held = 429 in statuses and set(statuses) <= {200, 429}
    yield Attempt("POST /api/ask", "200 questions of one reader", held, f"{sorted(set(statuses))}")


def _ask(target: Target, person: Attacker, begun: threading.Barrier | None) -> int:
    with target.client(person) as client:
        if begun is not None:
            begun.wait()
        try:
            reply = client.post("/api/ask", json={"question": _QUESTION}, timeout=_FLOOD_S)
        except httpx.HTTPError:
            return 0
        if reply.status_code == 429 and "retry-after" not in reply.headers:
            return -429
        return reply.status_code


def _soon(target: Target, path: str, soon_s: float) -> tuple[bool, str]:
    since = time.monotonic()
    try:
        with target.client() as client:
            reply = client.get(path, timeout=soon_s)
    except httpx.HTTPError as error:
        return False, type(error).__name__
    return reply.status_code == 200, f"{reply.status_code} after {time.monotonic() - since:.2f} s"
