"""The gate before everything that is served: routes, the Gradio pages and all that Gradio serves by itself."""

from __future__ import annotations

import logging
import sqlite3
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.messages import explain, message
from corpus.problem import Problem
from ui.people.access import Access
from ui.web.api_errors import error_reply, problem_of, reply
from ui.web.waiting import in_front

_log = logging.getLogger(__name__)
_OPEN = {("GET", "/login"), ("POST", "/login")}
_HEALTH = ("GET", "/api/health")
_PAGES = {"/", "/en", "/en/"}
_NO_PAGES = {"api", "gradio_api", "v1", "mcp"}
"""Parts of paths that programs ask for."""
_HEADERS = {
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class Gate:
    """Lets a request through when somebody sends it; else a page leads to the log-in, and all the rest is 401."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse a request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
        else:
            refused = await self._refusal(Request(scope))
            await (refused or self._app)(scope, receive, _with_headers(send))

    async def _refusal(self, request: Request) -> Response | None:
        # Not `request.url.path`: it is read out of an address that begins with whatever stands in the header `Host`.
        if (request.method, request.scope["path"]) == _HEALTH:
            return None
        return await in_front(self._refuse, request)

    def _refuse(self, request: Request) -> Response | None:
        asked = (request.method, request.scope["path"])
        try:
            code = self._access.refusal(request)
            if code is not None:
                return _error(request, 403, code)
            if asked in _OPEN or self._access.person_of(request) is not None:
                return None
        except Problem as problem:
            return reply(503, explain(problem, "en"), request.scope["path"])
        except sqlite3.Error as error:
            _log.exception("the accounts cannot be read")
            return error_reply(problem_of(error), request.scope["path"])
        if _is_page(request):
            return RedirectResponse(_login_address(request), 303)
        return _error(request, 401, "access_sign_in")


def _error(request: Request, status: int, code: str) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    told = message(code, "en")
    return reply(status, told, request.scope["path"], headers)


def _is_page(request: Request) -> bool:
    path = request.scope["path"]
    if request.method not in {"GET", "HEAD"}:
        return False
    wants_page = "text/html" in request.headers.get("accept", "")
    return path in _PAGES or (wants_page and not _NO_PAGES & set(path.split("/")))


def _login_address(request: Request) -> str:
    path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
    asked = f"{path}?{query}" if query else path
    language = "&lang=en" if path in {"/en", "/en/"} else ""
    return f"/login?next={quote(asked, safe='')}{language}"


def _with_headers(send: Send) -> Send:
    """Pages of other sites may show nothing of this one in a frame of theirs."""

    async def send_with_headers(sent: Message) -> None:
        if sent["type"] == "http.response.start":
            headers = MutableHeaders(scope=sent)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(sent)

    return send_with_headers
