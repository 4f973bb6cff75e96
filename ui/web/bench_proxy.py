"""A proxy that counts what a server sends, byte for byte as it goes over the wire."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_AT_ONCE = 1 << 16


class CountingProxy:
    """Passes connections on to a server; `sent` is how many bytes came back from it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._target = (parts.hostname or "", parts.port or 80)
        self.sent = 0
        self.address = ""

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(*self._target)
        await asyncio.gather(
            self._pump(reader, to_server, counted=False), self._pump(from_server, writer, counted=True)
        )

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, counted: bool) -> None:
        with suppress(OSError):
            while data := await source.read(_AT_ONCE):
                self.sent += len(data) if counted else 0
                sink.write(data)
                await sink.drain()
        with suppress(OSError):
            sink.close()

    async def serve(self, started: threading.Event, listening: socket.socket) -> None:
        """Serve on a socket that listens until cancelled."""
        server = await asyncio.start_server(self._pass_on, sock=listening)
        started.set()
        await server.serve_forever()


@contextmanager
def counting(address: str) -> Iterator[CountingProxy]:
    """A proxy in front of the server at `address`."""
    proxy, started, loop = CountingProxy(address), threading.Event(), asyncio.new_event_loop()
    listening = socket.create_server(("127.0.0.1", 0))
    proxy.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    task = loop.create_task(proxy.serve(started, listening))

    def work() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)
