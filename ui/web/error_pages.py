"""Errors told in a sentence, whichever part of the server they come from: a page where a browser opens one, else JSON."""

from __future__ import annotations

import logging
from html import escape
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from assistant.messages import message
from corpus.problem import Problem
from corpus.wrong_values import wrong_value
from ui.page_language import is_for_programs, language_at
from ui.web.api_errors import LANGUAGE, error_reply, problem_of, reply, short, status_of, told
from ui.web.article import STYLE
from ui.web.html_page import NO_SCRIPTS, html_page

_log = logging.getLogger(__name__)
_PHRASES = frozenset(status.phrase for status in HTTPStatus)
_CODES = {404: "program_no_path", 405: "program_wrong_method", 503: "program_not_ready_now"}


def add_error_handlers(app: FastAPI) -> None:
    """Have an application tell its errors so."""

    @app.exception_handler(Problem)
    async def on_problem(request: Request, problem: Problem) -> Response:
        if opens_a_page(request):
            return error_page(request, status_of(problem), told(problem, language_at(request)))
        return error_reply(problem, request)

    @app.exception_handler(RequestValidationError)
    async def on_wrong_input(request: Request, error: RequestValidationError) -> Response:
        # Not FastAPI's own answer: it repeats what was sent, however long.
        words = in_words(error, language_at(request))
        return (
            error_page(request, 422, words)
            if opens_a_page(request)
            else reply(422, words, request.scope["path"])
        )

    @app.exception_handler(HTTPException)
    async def on_http_error(request: Request, error: HTTPException) -> Response:
        path = request.scope["path"]
        if not is_for_programs(path):
            return await http_exception_handler(request, error)
        return reply(error.status_code, _sentence(error, request), path, error.headers)

    @app.exception_handler(Exception)
    async def on_failure(request: Request, error: Exception) -> Response:
        # Starlette raises it again afterwards, so that the log has it whole.
        return error_reply(problem_of(error), request)


def opens_a_page(request: Request) -> bool:
    """Whether a browser asks for a page to show, beside the chat or by itself."""
    is_read = request.method == "GET" and not is_for_programs(request.scope["path"])
    return is_read and "text/html" in request.headers.get("accept", "")


def error_page(request: Request, status: int, words: str) -> Response:
    """Why there is nothing to show, as a page that looks as what was to be shown."""
    body = f'<main><p class="about" role="alert">{escape(short(words))}</p></main>'
    look = request.query_params.get("look", "")
    page = html_page(escape(short(words)), body, STYLE, language_at(request), look)
    return HTMLResponse(page, status, NO_SCRIPTS)


def in_words(error: RequestValidationError, language: str = LANGUAGE) -> str:
    """The first thing that is wrong with a request: which field, and what is wrong with it."""
    first = error.errors()[0]
    field = field_of(tuple(first["loc"])) or "body"
    return message("program_field_wrong", language, field=field, **wrong_value(first))


def field_of(place: tuple[int | str, ...]) -> str:
    """A field's name as it is written: `filters.years[3]`."""
    name = ""
    for part in place[1:]:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else str(part)
    return name


def _sentence(error: HTTPException, request: Request) -> str:
    """The error's own words, or a sentence where it has none but the name of its status."""
    words = str(error.detail)
    if words and words not in _PHRASES:
        return words
    code = _CODES.get(error.status_code)
    if code is not None:
        return told(Problem(code, method=request.method))
    return message("program_refused", LANGUAGE, status=error.status_code, reason=words.lower())
