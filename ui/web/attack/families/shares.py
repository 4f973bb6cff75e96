"""One reader who takes all that there is of connections, of the pages' queue, and of memory for open pages."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from ui.web.attack.gradio_events import PageEvent, events_of
from ui.web.attack.registry import Attempt, family
from ui.web.attack.target import Attacker, Target

_STREAMS = 500
_EVENTS = 1500
_AT_ONCE = 40
_MOST_MEGABYTES = 250
_SOON_S = 10.0


@family("shares", alone=True)
def shares(target: Target) -> Iterator[Attempt]:
    """Streams that stay open, and events of pages that nobody reads; what another reader has meanwhile."""
    readers = [person for person in target.people if person.role == "reader"]
    if len(readers) < 2:
        return
    greedy, other = readers[:2]
    yield from _streams(target, greedy, other)
    yield from _events(target, greedy, other)


def _streams(target: Target, greedy: Attacker, other: Attacker) -> Iterator[Attempt]:
    door, parts = "GET /gradio_api/heartbeat/…", urlsplit(target.url)
    statuses: Counter[str] = Counter()
    with ExitStack() as stack:
        for number in range(_STREAMS):
            head = (
                f"GET /gradio_api/heartbeat/stream{number} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
                f"Authorization: Bearer {greedy.key}\r\n\r\n"
            )
            try:
                each = stack.enter_context(
                    socket.create_connection((parts.hostname, parts.port), timeout=_SOON_S)
                )
                each.sendall(head.encode())
                statuses[each.recv(12).decode("latin-1")[9:]] += 1
            except OSError as error:
                statuses[type(error).__name__] += 1
        yield Attempt(door, f"{_STREAMS} streams of one reader", statuses["429"] > 0, str(dict(statuses)))
        yield Attempt(door, "another reader beside them", *_is_served(target, other))
    yield Attempt(door, "another reader after them", *_is_served(target, other))


def _events(target: Target, greedy: Attacker, other: Attacker) -> Iterator[Attempt]:
    door = "POST /gradio_api/queue/join"
    with target.client(other) as client:
        event = next(each for each in events_of(client, "") if not each.values)
    before = _megabytes(target.process)
    with (
        target.client(greedy) as theirs,
        target.client(other) as ours,
        ThreadPoolExecutor(_AT_ONCE) as pool,
    ):
        sent = [pool.submit(_join, theirs, event, f"page{number}") for number in range(_EVENTS)]
        time.sleep(1)
        statuses = [_join(ours, event, f"other{number}") for number in range(5)]
        yield Attempt(door, "another's events beside them", set(statuses) == {200}, str(statuses))
        yield Attempt(door, "another reader beside them", *_is_served(target, other))
        got = Counter(each.result() for each in sent)
    held = set(got) <= {200, 429}
    yield Attempt(door, f"{_EVENTS} events of as many pages of one reader", held, str(dict(got)))
    if target.process is not None:
        more = _megabytes(target.process) - before
        yield Attempt(door, "memory for pages that are not there", more < _MOST_MEGABYTES, f"{more:.0f} MB")


def _join(client: httpx.Client, event: PageEvent, session: str) -> int:
    body = {"data": [], "fn_index": event.index, "session_hash": session}
    try:
        return client.post(f"{event.page}/gradio_api/queue/join", json=body).status_code
    except httpx.HTTPError:
        return 0


def _is_served(target: Target, person: Attacker) -> tuple[bool, str]:
    since = time.monotonic()
    with target.client(person) as client:
        try:
            status = client.get("/api/me", timeout=_SOON_S).status_code
        except httpx.HTTPError as error:
            return False, type(error).__name__
    return status == 200, f"{status} after {time.monotonic() - since:.2f} s"


def _megabytes(process: int | None) -> float:
    """What a process holds in memory; 0 where that cannot be known."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
    return 0.0
