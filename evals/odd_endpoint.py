"""An OpenAI-compatible endpoint that behaves as its `play` says: statuses, headers, pieces, and where it hangs up."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Asked:
    """A request: its path with what stands behind the question mark, headers in small letters, and body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What comes back: with `pieces` a stream of deltas, each after `pause` seconds, else `body` as JSON or `page` as it is.

    `hangs_up` closes the connection behind the pieces without an end; `silent` seconds pass before anything comes.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: tuple[dict[str, Any], ...] = ()
    finish: str | None = "stop"
    usage: tuple[int, int] | None = None
    pause: float = 0.0
    silent: float = 0.0
    hangs_up: bool = False
    body: dict[str, Any] | None = None
    page: str = ""


def says(*texts: str, **more: Any) -> Reply:
    """A streamed reply of these texts."""
    return Reply(pieces=tuple({"content": text} for text in texts), **more)


def refuses(status: int, told: str, **headers: str) -> Reply:
    """A reply that is an error."""
    return Reply(status=status, headers=headers, body={"error": {"message": told}})


class OddEndpoint:
    """The server, started at once; `asked` are the requests so far."""

    def __init__(self, play: Callable[[Asked], Reply], *, models: tuple[str, ...] = ()) -> None:
        self.asked: list[Asked] = []
        self._server = _Server(play, self.asked, models)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """The address to set as `ASSISTANT_LLM_BASE_URL`."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def close(self) -> None:
        """Stop the server."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, play: Callable[[Asked], Reply], asked: list[Asked], models: tuple[str, ...]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.play, self.asked, self.models = play, asked, models


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        if urlsplit(self.path).path.endswith("/models") and self.server.models:
            self._send_body(
                200, {}, {"object": "list", "data": [{"id": name} for name in self.server.models]}
            )
        else:
            self._send_body(404, {}, {"error": {"message": "not found"}})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        self.server.asked.append(asked)
        reply = self.server.play(asked)
        # Who asks may hang up.
        with suppress(ConnectionError):
            time.sleep(reply.silent)
            if reply.body is not None or reply.page:
                self._send_body(reply.status, reply.headers, reply.body, reply.page)
            else:
                self._stream(reply)

    def _send_body(
        self, status: int, headers: dict[str, str], body: dict[str, Any] | None, page: str = ""
    ) -> None:
        data = (page or json.dumps(body)).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-type", "text/html" if page else "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for delta in reply.pieces:
            time.sleep(reply.pause)
            self._send_event([{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": None}])
        if reply.hangs_up:
            self.connection.close()
            return
        if reply.finish is not None:
            self._send_event([{"index": 0, "delta": {}, "finish_reason": reply.finish}])
        if reply.usage:
            read, written = reply.usage
            total = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
            self._send_event([], usage=total)
        self.wfile.write(b"data: [DONE]\n\n")

    def _send_event(self, choices: list[dict[str, Any]], **more: Any) -> None:
        event = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": choices,
            **more,
        }
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *args: object) -> None:
        pass


def whole(text: str, **message: Any) -> Reply:
    """A reply that is not streamed."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text, **message},
        "finish_reason": "stop",
    }
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    body = {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [choice],
        "usage": usage,
    }
    return Reply(body=body)
