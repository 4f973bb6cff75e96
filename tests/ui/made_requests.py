"""Requests as a server gets them."""

from starlette.requests import Request


def request_of(host: str = "localhost:7860", method: str = "POST", **headers: str) -> Request:
    pairs = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Request(
        {
            "type": "http",
            "method": method,
            "path": "/",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in pairs.items()],
            "client": ("10.0.0.1", 5),
        }
    )
