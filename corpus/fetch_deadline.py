"""A bound on how long a fetch takes in all: timeouts of single reads never end a server that sends a byte now and then."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx


class Deadline:
    """When the fetch under way must be done; `start` sets it anew, for one fetch with its redirects."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = 0.0

    def start(self) -> None:
        """A fetch begins."""
        self._until = time.monotonic() + self.seconds

    @property
    def left(self) -> float:
        """Seconds left; 0 or less when the time is over."""
        return self._until - time.monotonic()


def bound(client: httpx.Client, deadline: Deadline) -> httpx.Client:
    """Have every connection of a client, direct or through a proxy, end at the deadline.

    httpx hands its network backend to nobody, so that it is set in the pools themselves.
    """
    for transport in (client._transport, *client._mounts.values()):
        pool: Any = getattr(getattr(transport, "_inner", transport), "_pool", None)
        if pool is not None:
            pool._network_backend = _Backend(pool._network_backend, deadline)
    return client


class _Backend(httpcore.NetworkBackend):
    """Connections that end at the deadline."""

    def __init__(self, inner: httpcore.NetworkBackend, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect within the time that is left."""
        left = _shorter(timeout, self._deadline, httpcore.ConnectTimeout)
        stream = self._inner.connect_tcp(host, port, left, local_address, socket_options)
        return _Stream(stream, self._deadline)


class _Stream(httpcore.NetworkStream):
    """One connection; no step of it waits past the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there."""
        return self._inner.read(max_bytes, _shorter(timeout, self._deadline, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send."""
        self._inner.write(buffer, _shorter(timeout, self._deadline, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close."""
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Begin TLS."""
        left = _shorter(timeout, self._deadline, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What is known of the connection."""
        return self._inner.get_extra_info(info)


def _shorter(timeout: float | None, deadline: Deadline, over: type[Exception]) -> float:
    """The time that a step may take."""
    if deadline.left <= 0:
        raise over("the fetch took too long")
    return deadline.left if timeout is None else min(timeout, deadline.left)
