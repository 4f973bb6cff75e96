"""Connections that ask nothing, or ask without end: others are served all the same."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from urllib.parse import urlsplit

import httpx

from ui.web.attack.registry import Attempt, at_once, family
from ui.web.attack.target import Target

_CONNECTIONS = 1100
_LONGEST_WAIT_S = 60.0
_BEGINNINGS = {
    "nothing": b"",
    "half a head": b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX: ",
    "a body that does not come": b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
}


@family("slow connections", alone=True)
def slow_connections(target: Target) -> Iterator[Attempt]:
    """1,100 connections that are half open; then whether one alone is ever closed."""
    for name, beginning in _BEGINNINGS.items():
        with ExitStack() as stack:
            opened = _open_many(stack, target.url, beginning)
            held, detail = _is_well(target)
            yield Attempt("any", f"{opened} connections that send {name}", held, detail)
        yield Attempt("any", f"after connections that sent {name}", *_is_well(target))
    yield from at_once(partial(_closed, target, name) for name in ("nothing", "half a head"))


def _closed(target: Target, name: str) -> Iterator[Attempt]:
    held, detail = _is_closed(target, _BEGINNINGS[name])
    yield Attempt("any", f"a connection that sends {name} is closed", held, detail)


def _open_many(stack: ExitStack, url: str, beginning: bytes) -> int:
    parts = urlsplit(url)
    opened = 0
    for _ in range(_CONNECTIONS):
        try:
            each = socket.create_connection((parts.hostname, parts.port), timeout=10)
        except OSError:
            break  # as many files as this process may have
        stack.enter_context(each)
        opened += 1
        try:
            each.sendall(beginning)
        except OSError:
            continue  # made way for another already
    return opened


def _is_well(target: Target) -> tuple[bool, str]:
    try:
        with target.client() as client:
            reply = client.get("/api/health", timeout=_LONGEST_WAIT_S)
    except httpx.HTTPError as error:
        return False, type(error).__name__
    return reply.status_code == 200, f"{reply.status_code} {reply.text[:60]}"


def _is_closed(target: Target, beginning: bytes) -> tuple[bool, str]:
    parts = urlsplit(target.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=_LONGEST_WAIT_S) as connection:
        connection.sendall(beginning)
        try:
            return connection.recv(1) == b"", "closed"
        except TimeoutError:
            return False, f"open after {_LONGEST_WAIT_S:.0f} s"
        except OSError as error:
            return True, type(error).__name__
