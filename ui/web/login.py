"""Signing in and out: plain forms without a script, in both languages. Also who one is, and whether the server lives."""

from __future__ import annotations

from math import ceil
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.limits import FORM_BYTES
from assistant.messages import explain, message
from corpus.problem import Problem
from ui.page_language import COOKIE as LANGUAGE_COOKIE
from ui.page_language import language_at
from ui.people.access import COOKIE, Access
from ui.people.limits import Limits, address_of
from ui.web.login_page import language_of, login_page, logout_page
from ui.web.waiting import in_front

_TRIES_A_MINUTE = 30
_A_YEAR_S = 31536000
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
}


def login_router(access: Access, longest_session_s: float) -> APIRouter:
    """`/login`, `/logout` and `/api/me`; the browser keeps its cookie for `longest_session_s`."""
    routes = APIRouter()
    _add_login(routes, access, longest_session_s)
    _add_logout(routes, access)

    @routes.get("/api/me")
    async def me(request: Request) -> dict[str, str]:
        """Who asks, and what they may do; the name is empty where there are no accounts."""
        person = await in_front(access.need, request)
        return {"name": person.name, "role": person.role.value}

    return routes


def _add_login(routes: APIRouter, access: Access, longest_session_s: float) -> None:
    tries = Limits(_TRIES_A_MINUTE)

    @routes.get("/login", include_in_schema=False)
    async def login_form(request: Request, next: str = "") -> Response:
        """The form, or on to the page for whoever is somebody already."""
        language = language_of(request)
        if await in_front(access.person_of, request) is not None:
            return RedirectResponse(_local(next, language), 303)
        return _page(login_page(language, next))

    @routes.post("/login", include_in_schema=False)
    async def login(request: Request) -> Response:
        """A session for the right name and password."""
        fields = await _fields(request)
        return await in_front(_sign_in, access, tries, longest_session_s, request, fields)


def _sign_in(
    access: Access, tries: Limits, longest_session_s: float, request: Request, fields: dict[str, str]
) -> Response:
    language = language_of(request, fields.get("lang", ""))
    name, next = fields.get("name", ""), fields.get("next", "")
    wait_s = tries.wait_s(address_of(request))
    if wait_s:
        told = message("sign_in_too_often", language, seconds=ceil(wait_s))
        return _page(login_page(language, next, name, told), 429, {"Retry-After": str(ceil(wait_s))})
    try:
        accounts = access.accounts
        if accounts is None:
            raise Problem("sign_in_wrong")
        token = accounts.sign_in(name, fields.get("password", ""))
    except Problem as problem:
        status = 429 if problem.code == "sign_in_locked" else 401
        return _page(login_page(language, next, name, explain(problem, language)), status)
    before = request.cookies.get(COOKIE)
    if before:
        accounts.sign_out(before)
    response = RedirectResponse(_local(next, language), 303)
    if fields.get("lang"):
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=_A_YEAR_S, samesite="lax")
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(longest_session_s),
        httponly=True,
        samesite="lax",
        secure=request.scope["scheme"] == "https",
    )
    return response


def _add_logout(routes: APIRouter, access: Access) -> None:
    @routes.get("/logout", include_in_schema=False)
    def logout_form(request: Request) -> Response:
        """Asks before signing out, so that a link elsewhere cannot do it."""
        language = language_of(request)
        person = access.need(request)
        return _page(logout_page(language, person.name)) if person.name else RedirectResponse("/", 303)

    @routes.post("/logout", include_in_schema=False)
    def logout(request: Request) -> Response:
        """End the session."""
        token = request.cookies.get(COOKIE)
        accounts = access.accounts
        if token and accounts is not None:
            accounts.sign_out(token)
        response = RedirectResponse(f"/login?lang={language_of(request)}", 303)
        response.delete_cookie(
            COOKIE, httponly=True, samesite="lax", secure=request.scope["scheme"] == "https"
        )
        return response


async def _fields(request: Request) -> dict[str, str]:
    """The form's fields; read here, for nobody has signed in yet and a parser would take a body of any length."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES:
            raise HTTPException(413, message("sign_in_form_long", language_at(request)))
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        return {}


def _local(next: str, language: str) -> str:
    """Where to go after signing in: a path of this site, never another site."""
    is_path = next.startswith("/") and next[1:2] not in {"/", "\\"} and next.isprintable()
    return next if is_path else "/en/" if language == "en" else "/"


def _page(html: str, status: int = 200, headers: dict[str, str] | None = None) -> HTMLResponse:
    return HTMLResponse(html, status, {**_HEADERS, **(headers or {})})
