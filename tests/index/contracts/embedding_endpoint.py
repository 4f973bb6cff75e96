"""An OpenAI-compatible embeddings endpoint played by a small server; `reply` may be changed while it runs."""

import json
import threading
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

DIMENSIONS = 64
Reply = tuple[int, str, str]
"""Status, content type, body."""


class EmbeddingEndpoint:
    """`asked` holds the bodies of all requests, `keys` what each brought in its authorization header."""

    def __init__(self) -> None:
        self.reply: Callable[[list[str]], Reply] = good
        self.asked: list[dict] = []
        self.keys: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                outer.asked.append(body)
                outer.keys.append(self.headers.get("authorization", ""))
                status, kind, text = outer.reply(body["input"])
                data = text.encode()
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda request, client_address: None  # clients that gave up waiting
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def texts(self) -> list[str]:
        """All texts that were sent."""
        return [text for body in self.asked for text in body["input"]]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def vector_of(text: str, dimensions: int = DIMENSIONS) -> list[float]:
    """Counts of a text's characters and pairs of characters, not of length one."""
    vector = [0.0] * dimensions
    for piece in [*text, *map("".join, pairwise(text))]:
        vector[zlib.crc32(piece.encode()) % dimensions] += 1.0
    return vector


def rows_of(texts: list[str], dimensions: int = DIMENSIONS) -> list[dict]:
    return [
        {"object": "embedding", "index": number, "embedding": vector_of(text, dimensions)}
        for number, text in enumerate(texts)
    ]


def of_rows(rows: list[dict]) -> Reply:
    return 200, "application/json", json.dumps({"object": "list", "model": "m", "data": rows})


def good(texts: list[str]) -> Reply:
    return of_rows(rows_of(texts))
