"""What proxies say of who is behind them counts only from proxies that the settings name."""

from __future__ import annotations

from typing import Any, cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from ui.people.same_site import BY_UNKNOWN_PROXY

_HEADERS = {
    b"forwarded", b"via", b"x-real-ip", b"x-client-ip", b"x-cluster-client-ip", b"x-original-forwarded-for",
    b"x-original-host", b"true-client-ip", b"cf-connecting-ip", b"fastly-client-ip", b"x-envoy-external-address",
}  # fmt: skip
_BEGINNING = b"x-forwarded-"


class Forwarded:
    """Takes address and scheme from the headers of named proxies; from all others such headers are taken away."""

    def __init__(self, app: ASGIApp, trusted_proxies: str) -> None:
        self._app = app
        # Starlette and uvicorn name the same protocol by types of their own.
        self._behind_proxy: Any = ProxyHeadersMiddleware(cast(Any, app), trusted_proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, knowing whom."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        peer = scope.get("client")
        if peer is not None and peer[0] in self._behind_proxy.trusted_hosts:
            await self._behind_proxy(scope, receive, send)
            return
        kept = [(name, value) for name, value in scope["headers"] if not _tells_of_others(name)]
        was_passed_on = len(kept) < len(scope["headers"])
        await self._app({**scope, "headers": kept, BY_UNKNOWN_PROXY: was_passed_on}, receive, send)


def _tells_of_others(name: bytes) -> bool:
    name = name.lower()
    return name in _HEADERS or name.startswith(_BEGINNING)
