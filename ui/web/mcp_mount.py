"""The MCP tools over HTTP, at /mcp of the web application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from assistant.messages import message
from ui.people.access import Access
from ui.people.limits import Limits, who
from ui.people.person import Person
from ui.web.api_errors import LANGUAGE, error_reply, no_path, ready
from ui.web.mcp_tools import mcp_server
from ui.web.waiting import in_front
from ui.web.workplace import Workplace

_LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def mount_mcp(app: FastAPI, workplace: Workplace, access: Access, limits: Limits) -> None:
    """Serve the tools at /mcp (streamable HTTP) as long as the application runs.

    No call needs what an earlier one left, so no sessions are kept and the answers are plain JSON.
    """

    def person_of(request: Request | None) -> tuple[Person, str]:
        if request is None:
            raise HTTPException(401, message("access_sign_in", LANGUAGE))
        person = access.need(request)
        limits.take(person, request)
        return person, who(person, request)

    def need_still(request: Request | None, person: Person) -> None:
        if request is not None:
            access.need_still(request, person)

    server = mcp_server(workplace, lambda: ready(workplace), person_of, need_still)
    server.streamable_http_app(
        stateless_http=True,
        json_response=True,
        transport_security=allowed_hosts(workplace.settings.mcp_hosts),
    )
    for path in ("/mcp", "/mcp/"):
        app.router.routes.append(Route(path, endpoint=_Door(server, access), include_in_schema=False))
    app.router.routes.append(Route("/mcp/{path:path}", endpoint=_NoPath(), include_in_schema=False))
    others = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with others(running) as state, server.session_manager.run():
            yield state

    app.router.lifespan_context = lifespan


def allowed_hosts(more: str) -> TransportSecuritySettings:
    """Names under which /mcp answers: this machine's, and those that a person set.

    Without this a web page could point a name of its own at this machine and use the tools through a browser.
    """
    names = [*_LOCAL_HOSTS, *(name.strip() for name in more.split(",") if name.strip())]
    hosts = [host for name in names for host in (name, f"{name}:*")]
    return TransportSecuritySettings(
        allowed_hosts=hosts,
        allowed_origins=[f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts],
    )


class _Door:
    """Lets in whoever may read; the tools ask again, for what the person may see."""

    def __init__(self, server: MCPServer[Any], access: Access) -> None:
        self._server = server
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await in_front(self._access.need, Request(scope))
        except HTTPException as error:
            headers = {"WWW-Authenticate": "Bearer"} if error.status_code == 401 else None
            refusal = JSONResponse({"detail": error.detail}, error.status_code, headers=headers)
            await refusal(scope, receive, send)
            return
        await self._server.session_manager.handle_request(scope, receive, with_json_errors(send))


class _NoPath:
    """Tells that nothing is served below /mcp."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        await error_reply(no_path(request), request)(scope, receive, send)


def with_json_errors(send: Send) -> Send:
    """Sends errors as JSON with their sentence, whatever text they were."""
    begun: Message | None = None
    text = b""

    async def send_json(sent: Message) -> None:
        nonlocal begun, text
        if sent["type"] == "http.response.start":
            kind = Headers(raw=sent["headers"]).get("content-type", "")
            if sent["status"] >= 400 and not kind.startswith("application/json"):
                begun = sent
                return
        elif begun is not None:
            text += sent.get("body", b"")
            if sent.get("more_body", False):
                return
            words = text.decode("utf-8", "replace") or str(HTTPStatus(begun["status"]).phrase)
            answer = JSONResponse({"detail": words.rstrip(".") + "."}, begun["status"])
            await send({**begun, "headers": answer.raw_headers})
            sent, begun = {**sent, "body": answer.body}, None
        await send(sent)

    return send_json
