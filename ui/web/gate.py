"""The gate before everything that is served: routes, the Gradio pages and all that Gradio serves by itself."""

from __future__ import annotations

import logging
import sqlite3
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.messages import explain, message
from corpus.problem import Problem
from ui.page_language import language_at
from ui.people.access import Access
from ui.people.limits import address_of, who
from ui.web.api_errors import error_reply, problem_of, reply
from ui.web.login_page import refusal_page
from ui.web.shares import Share
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
    """Lets a request through when somebody sends it; else a page leads to the log-in, and all the rest is 401.

    Nobody has more than `most_at_once` requests under way: a person, or at the log-in an address, that holds
    connections open leaves those of the others alone.
    """

    def __init__(self, app: ASGIApp, access: Access, most_at_once: int) -> None:
        self._app = app
        self._access = access
        self._share = Share(most_at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or refuse a request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
        else:
            request = Request(scope)
            # Not `request.url.path`: it is read out of an address that begins with whatever stands in the header `Host`.
            if (request.method, scope["path"]) == _HEALTH:
                await self._app(scope, receive, _with_headers(send))
            else:
                let_in = await in_front(self._let_in, request)
                await self._serve(let_in, scope, receive, _with_headers(send))

    async def _serve(self, let_in: Response | str, scope: Scope, receive: Receive, send: Send) -> None:
        if not isinstance(let_in, str):
            await let_in(scope, receive, send)
        elif not self._share.take(let_in):
            refused = _error(
                Request(scope), 429, "share_requests", {"Retry-After": "5"}, most=self._share.most
            )
            await refused(scope, receive, send)
        else:
            try:
                await self._app(scope, receive, send)
            finally:
                self._share.give_back(let_in)

    def _let_in(self, request: Request) -> Response | str:
        """Under whose name a request is served, or why it is not."""
        asked = (request.method, request.scope["path"])
        try:
            code = self._access.refusal(request)
            if code is not None:
                return _error(request, 403, code)
            person = self._access.person_of(request)
            if person is not None:
                return who(person, request)
            if asked in _OPEN:
                return f"log-in {address_of(request)}"
        except Problem as problem:
            return _told(request, 503, explain(problem, language_at(request)))
        except sqlite3.Error as error:
            _log.exception("the accounts cannot be read")
            return error_reply(problem_of(error), request)
        if _is_page(request):
            return RedirectResponse(_login_address(request), 303)
        return _error(request, 401, "access_sign_in", {"WWW-Authenticate": "Bearer"})


def _error(
    request: Request, status: int, code: str, headers: dict[str, str] | None = None, **fields: object
) -> Response:
    return _told(request, status, message(code, language_at(request), **fields), headers)


def _told(request: Request, status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    """A refusal: to whoever wants a page a page, else JSON."""
    if _is_page(request):
        return HTMLResponse(refusal_page(language_at(request), words), status, headers)
    return reply(status, words, request.scope["path"], headers)


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
