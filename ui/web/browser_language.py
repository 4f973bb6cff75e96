"""The page's first address leads to the language that the browser asks for; who chose one keeps it by a cookie."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.page_language import COOKIE, wants_english

_ENGLISH_PAGE = "/en/"


class BrowserLanguage:
    """Sends "/" on to "/en/" where English is wanted; every other address says its language itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead on, or serve."""
        if scope["type"] == "http" and scope["path"] == "/" and scope["method"] == "GET":
            request = Request(scope)
            if wants_english(request.cookies.get(COOKIE, ""), request.headers.get("accept-language", "")):
                query = scope["query_string"].decode("latin-1")
                leads_to = RedirectResponse(_ENGLISH_PAGE + (f"?{query}" if query else ""), 303)
                await leads_to(scope, receive, send)
                return
        await self._app(scope, receive, send)
