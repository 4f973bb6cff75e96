"""Connections that ask nothing: closed after a while, or at once where others want their place."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from socket import create_connection, socket
from typing import Any

import pytest
import uvicorn

from ui.web.connections import LONGEST_HEAD, bounded_protocol, most_connections

REQUEST = b"GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
LONG = 60.0


class App:
    """Answers at once, but at /held only when it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.held = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/held":
            self.held += 1
            while not self.let.is_set():
                await asyncio.sleep(0.01)
        headers = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ok"})


@contextmanager
def serving(app: App, **bounds: Any) -> Iterator[int]:
    config = uvicorn.Config(
        app, port=0, http=bounded_protocol(**bounds), ws="none", lifespan="off", log_level="critical",
        h11_max_incomplete_event_size=LONGEST_HEAD, timeout_keep_alive=LONG,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + LONG
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        app.let.set()
        server.should_exit = server.force_exit = True
        thread.join(20)


def opened(port: int, sent: bytes = b"") -> socket:
    connection = create_connection(("127.0.0.1", port), timeout=LONG)
    connection.sendall(sent)
    return connection


def answer(connection: socket) -> bytes:
    """The status line of what comes back; empty where the connection is closed instead."""
    try:
        return connection.recv(65_536)
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HT", REQUEST[:-2] % b"x", b"POST / HTTP/1.1\r\nX: " + b"a" * 100]
)
def test_a_request_whose_head_does_not_come_is_not_waited_for(sent: bytes) -> None:
    with serving(App(), most=100, head_s=0.2) as port, opened(port, sent) as connection:
        assert answer(connection) == b""


def test_neither_is_the_next_request_of_a_connection() -> None:
    with serving(App(), most=100, head_s=0.5) as port, opened(port, REQUEST % b"") as connection:
        assert answer(connection).startswith(b"HTTP/1.1 200")
        connection.sendall(REQUEST % b"")
        assert answer(connection).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET / HTTP/1.1\r\n")
        assert answer(connection) == b""


def test_an_answer_that_takes_long_is_not_cut_off() -> None:
    app = App()
    with serving(app, most=100, head_s=0.1) as port, opened(port, REQUEST % b"held") as connection:
        time.sleep(0.5)
        app.let.set()
        assert answer(connection).startswith(b"HTTP/1.1 200")


def test_silent_connections_make_way_for_one_that_asks() -> None:
    with serving(App(), most=5, head_s=LONG) as port:
        silent = [opened(port, b"GET") for _ in range(30)]
        for _ in range(5):
            with opened(port, REQUEST % b"") as asking:
                assert answer(asking).startswith(b"HTTP/1.1 200")
        assert answer(silent[0]) == b"", "the one that was silent for longest is gone"
        for each in silent:
            each.close()


def test_where_all_are_being_answered_the_next_is_told_so() -> None:
    app = App()
    with serving(app, most=3, head_s=LONG) as port:
        held = [opened(port, REQUEST % b"held") for _ in range(3)]
        deadline = time.monotonic() + LONG
        while app.held < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        with opened(port) as refused:
            told = answer(refused)
        assert told.startswith(b"HTTP/1.1 503")
        assert json.loads(told.partition(b"\r\n\r\n")[2])["detail"].endswith(".")
        app.let.set()
        assert all(answer(each).startswith(b"HTTP/1.1 200") for each in held)
        for each in held:
            each.close()


@pytest.mark.parametrize(
    "sent", [b"\x16\x03\x01\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 4 * LONGEST_HEAD]
)
def test_what_is_no_request_is_told_so_in_json(sent: bytes) -> None:
    with serving(App(), most=10, head_s=LONG) as port, opened(port, sent) as connection:
        told = answer(connection)
        assert told.startswith(b"HTTP/1.1 4")
        assert json.loads(told.partition(b"\r\n\r\n")[2])["detail"].endswith(".")


def test_files_are_left_for_the_program_itself() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (600, before[1]))
        most = most_connections()
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert most < soft
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
