"""An OpenAI-compatible endpoint played by a small server: it writes what `reply` says, or fails where that is empty.

It may pause before every piece, end for another reason than "stop", or break off after some pieces; where it fails it `says` why.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Endpoint:
    """The server, started at once; `asked` are the bodies of the requests so far."""

    def __init__(
        self,
        reply: Callable[[str], str],
        *,
        pause: float = 0.0,
        finish: str = "stop",
        breaks_after: int | None = None,
        says: str = "broken",
    ) -> None:
        self.asked: list[str] = []
        self._server = _Server(_Play(reply, pause, finish, breaks_after, says), self.asked)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """The address to set as `ASSISTANT_LLM_BASE_URL`."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def close(self) -> None:
        """Stop the server."""
        self._server.shutdown()


@dataclass(frozen=True)
class _Play:
    """What the server does, as `Endpoint` is told."""

    reply: Callable[[str], str]
    pause: float
    finish: str
    breaks_after: int | None
    says: str


class _Server(ThreadingHTTPServer):
    def __init__(self, play: _Play, asked: list[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.play = play
        self.asked = asked


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.server.asked.append(body)
        text = self.server.play.reply(body)
        if not text:
            self._refuse()
        elif json.loads(body).get("stream"):
            # Who asks may hang up.
            with suppress(ConnectionError):
                self._stream(text, bool(json.loads(body).get("stream_options")))
        else:
            self._whole(text)

    def _refuse(self) -> None:
        says = self.server.play.says
        self._send_json(400 if says != "broken" else 500, {"error": {"message": says}})

    def _whole(self, text: str) -> None:
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        body = {
            "id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }  # fmt: skip
        self._send_json(200, body)

    def _send_json(self, status: int, body: dict) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, text: str, counts: bool) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        play = self.server.play
        base = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
        for number, piece in enumerate(pieces):
            if number == play.breaks_after:
                self.connection.close()
                return
            time.sleep(play.pause)
            delta = {"role": "assistant", "content": piece}
            last = number == len(pieces) - 1
            choice = {"index": 0, "delta": delta, "finish_reason": play.finish if last else None}
            self._send_event({**base, "choices": [choice]})
        if counts:
            usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
            self._send_event({**base, "choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def _send_event(self, data: dict) -> None:
        self.wfile.write(f"data: {json.dumps(data)}\n\n".encode())

    def log_message(self, *args: object) -> None:
        pass
