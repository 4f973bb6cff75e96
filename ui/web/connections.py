"""Connections: how many there may be, and how long one may be silent. One that asks nothing makes way for one that does.

A server that takes connections without end runs out of file descriptors, and then cannot open its own files either: an
index that is opened just then counts as broken.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from typing import ClassVar

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from assistant.messages import message

HEAD_S = 10.0
"""Seconds within which the head of a request must have come, from when a connection is made or the answer before is sent."""
IDLE_S = 5
"""Seconds for which a connection is kept after an answer."""
UNREAD_S = 60.0
"""Seconds for which an answer may wait for whoever does not read on."""
MOST_CONNECTIONS = 2000
LONGEST_HEAD = 32 * 1024
"""Bytes of a request's head."""
_FILES_OF_ITS_OWN = 400
"""File descriptors that the index, the models, uploads and logs may need."""
_FEWEST = 32
_SHARE_OF_ONE = 10
"""One person may have a tenth of the connections under way."""


def server_config(app: ASGIApp, host: str, port: int, last_seconds: int) -> uvicorn.Config:
    """How the application is served; the bound on connections leaves file descriptors for the program itself."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        http=bounded_protocol(most_connections()),
        ws="none",
        # What proxies pass on is read by `ui.web.forwarded`.
        proxy_headers=False,
        timeout_keep_alive=IDLE_S,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        # A page that is open holds a connection for good: it is not waited for.
        timeout_graceful_shutdown=last_seconds,
    )


def most_connections() -> int:
    """As many as file descriptors allow, once the soft limit is raised to the hard one where the system has such limits."""
    try:
        import resource
    except ImportError:
        return MOST_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + _FILES_OF_ITS_OWN
    if soft != resource.RLIM_INFINITY and soft < wanted:
        raised = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (raised, hard))
        soft = raised
    if soft == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(_FEWEST, min(MOST_CONNECTIONS, soft - _FILES_OF_ITS_OWN))


def most_of_one() -> int:
    """How many requests one person may have under way."""
    return max(_FEWEST // 2, most_connections() // _SHARE_OF_ONE)


def bounded_protocol(most: int, head_s: float = HEAD_S, unread_s: float = UNREAD_S) -> type[asyncio.Protocol]:
    """The protocol of a server with at most `most` connections.

    When there are as many, the one that has asked nothing for longest is closed for the new one; where all are being
    answered, the new one is told so (503) and closed.
    """

    shared = {"most": most, "head_s": head_s, "unread_s": unread_s, "silent": OrderedDict()}
    return type("Bounded", (_Bounded,), shared)


class _Bounded(H11Protocol):
    """One connection of a server; what all of them share is set by `bounded_protocol`."""

    most: ClassVar[int]
    head_s: ClassVar[float]
    unread_s: ClassVar[float]
    silent: ClassVar[OrderedDict[_Bounded, None]]
    _timer: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, if there is room."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            if not self.silent:
                self._refuse(503, "connections_full")
                return
            next(iter(self.silent)).let_go()
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._heard()
        self._set_unread(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on."""
        if not self.transport.is_closing():
            super().data_received(data)
            if self._is_answering():
                self._heard()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if not self.transport.is_closing() and not self._is_answering():
            self._wait_for_head()

    def pause_writing(self) -> None:
        """Whoever does not read is waited for only so long."""
        super().pause_writing()
        self._set_unread(self.loop.call_later(self.unread_s, self.transport.abort))

    def resume_writing(self) -> None:
        """It reads on."""
        super().resume_writing()
        self._set_unread(None)

    def send_400_response(self, msg: str) -> None:
        """Tell of a request that is none, in JSON as all errors."""
        self._refuse(400, "request_unreadable")

    def let_go(self) -> None:
        """Close a connection that is not being answered."""
        self._heard()
        self.connections.discard(self)
        if not self._is_answering():
            self.transport.abort()

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_for_head(self) -> None:
        self._heard()
        self.silent[self] = None
        self._timer = self.loop.call_later(self.head_s, self.let_go)

    def _heard(self) -> None:
        self.silent.pop(self, None)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _set_unread(self, timer: asyncio.TimerHandle | None) -> None:
        if self._unread is not None:
            self._unread.cancel()
        self._unread = timer

    def _refuse(self, status: int, code: str) -> None:
        self._heard()
        # Nothing was read that tells who asks: both languages.
        words = " ".join(message(code, language) for language in ("zh", "en"))
        body = json.dumps({"detail": words}, ensure_ascii=False).encode()
        phrase = {400: "Bad Request", 503: "Service Unavailable"}[status]
        head = (
            f"HTTP/1.1 {status} {phrase}\r\ncontent-type: application/json\r\nconnection: close\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()
