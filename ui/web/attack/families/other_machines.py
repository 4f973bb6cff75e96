"""Without accounts: requests that other sites, other names of this machine, or proxies lead to the server."""

from __future__ import annotations

from collections.abc import Iterator

from ui.web.attack.registry import Attempt, family
from ui.web.attack.target import Target

_PATHS = ("/api/me", "/api/articles", "/config", "/en/config", "/gradio_api/info", "/v1/models")
_HEADERS = (
    {"host": "evil.example"},
    {"host": "127.0.0.1.evil.example"},
    {"host": "192.168.0.9:7860"},
    {"origin": "https://evil.example"},
    {"sec-fetch-site": "cross-site"},
    {"x-forwarded-for": "127.0.0.1"},
    {"x-forwarded-for": "8.8.8.8"},
    {"x-forwarded-host": "localhost"},
    {"forwarded": "for=127.0.0.1"},
    {"x-real-ip": "127.0.0.1"},
)


@family("other machines")
def other_machines(target: Target) -> Iterator[Attempt]:
    """Headers that tell of another site, name or machine; with accounts there is nothing to try here."""
    if target.has_accounts:
        return
    with target.client() as client:
        for path in _PATHS:
            for headers in _HEADERS:
                reply = client.get(path, headers=headers)
                named = " ".join(f"{name}: {value}" for name, value in headers.items())
                yield Attempt(f"GET {path}", named, reply.status_code == 403, str(reply.status_code))
