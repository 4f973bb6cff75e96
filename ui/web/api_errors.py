"""What goes wrong at the addresses for programs: a status and English words, without paths or traces of the server."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from http import HTTPStatus
from math import ceil

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse

from assistant.limits import TOO_LARGE
from assistant.service import Assistant
from corpus.language.normalize import readable
from corpus.problem import Problem
from corpus.reasons import reason_of
from ui.page_language import is_below, language_at
from ui.said import said
from ui.web.workplace import Workplace

LANGUAGE = "en"
"""Programs are told in English; the answers themselves are in the language of the settings."""

ALL_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"]
_SAID_OTHERWISE = {"index_empty": "program_index_empty", "failed": "program_failed"}
_STATUS = {
    "program_no_path": 404,
    "program_no_article": 404,
    "briefing_not_there": 404,
    "briefing_busy": 409,
    "program_no_set": 404,
    "program_no_run": 404,
    "program_no_model": 404,
    "no_such_report": 404,
    "no_article_here": 404,
    "no_such_answer": 404,
    "page_not_there": 404,
    "page_file_gone": 404,
    "page_file_changed": 409,
    "page_busy": 503,
    "versions_busy": 503,
    "versions_too_long": 413,
    "no_such_export": 404,
    "program_wrong_method": 405,
    "body_too_slow": 408,
    "evals_busy": 409,
    "questions_waiting": 429,
    "questions_waiting_in_all": 429,
    "program_failed": 500,
    "mcp_not_installed": 501,
    "evals_not_ready": 503,
    "index_empty": 503,
    "program_not_made": 503,
    "program_not_ready": 503,
    "program_not_ready_now": 503,
    "program_disk_full": 503,
    "access_changed": 401,
    **dict.fromkeys(
        (
            "index_broken",
            "vectors_broken",
            "index_of_other_model",
            "index_to_renew",
            "database_newer",
            "chats_broken",
            "people_broken",
            "database_unreachable",
            "chroma_server_down",
            "milvus_down",
        ),
        503,
    ),
    **dict.fromkeys(TOO_LARGE, 413),
}
_WRONG_INPUT = 422
_OPENAI = "/v1"
_LONGEST_WORDS = 500
_NOT_WRITABLE = frozenset(["reason_no_space", "reason_read_only", "reason_database_closed", "reason_disk"])
"""What an error of SQLite tells where nothing can be written."""


def ready(workplace: Workplace) -> Assistant:
    """The assistant.

    Raises:
        Problem: `program_not_ready` while the index is being made, `program_not_made` where that failed.
    """
    if workplace.assistant is not None:
        return workplace.assistant
    status = workplace.status
    if status.phase == "failed":
        raise Problem("program_not_made")
    raise Problem("program_not_ready", phase=status.phase, done=status.done, total=status.total)


def status_of(problem: Problem) -> int:
    """The HTTP status that tells of a problem."""
    return _STATUS.get(problem.code, _WRONG_INPUT)


def told(problem: Problem, language: str = LANGUAGE) -> str:
    """A problem in words: for a program, or in the language of the page that asked."""
    return said(problem, language, _SAID_OTHERWISE)


def http_error(problem: Problem) -> HTTPException:
    """A problem as the API's error."""
    return HTTPException(status_of(problem), told(problem), headers_of(problem) or None)


def headers_of(problem: Problem) -> dict[str, str]:
    """What a problem tells in headers: after how many seconds to try again."""
    seconds = problem.fields.get("seconds")
    is_for_later = status_of(problem) == HTTPStatus.TOO_MANY_REQUESTS
    return {"Retry-After": str(ceil(float(str(seconds))))} if is_for_later and seconds else {}


def error_reply(problem: Problem, request: Request, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer that tells of a problem, in the shape and the language that are read where it was asked."""
    words = told(problem, language_at(request))
    path = request.scope["path"]
    return reply(status_of(problem), words, path, {**headers_of(problem), **(headers or {})})


def reply(status: int, words: str, path: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error as JSON: OpenAI's shape below /v1, `detail` elsewhere."""
    from ui.web.openai_errors import refusal

    words = short(words)
    words = words if words.endswith((".", "…", "。")) else f"{words}."
    body = refusal(words, status) if is_below(path, _OPENAI) else {"detail": words}
    return JSONResponse(body, status, headers=dict(headers or {}))


def short(words: str) -> str:
    """What an error tells, without most of what was sent where it repeats that, and so that it can be sent."""
    words = readable(words[: _LONGEST_WORDS + 1])
    return words if len(words) <= _LONGEST_WORDS else words[: _LONGEST_WORDS - 1] + "…"


def problem_of(error: BaseException) -> Problem:
    """An error that nobody foresaw, as the problem that is told: a disk that is full, or a failure of the server."""
    if isinstance(error, Problem):
        return error
    is_full = isinstance(error, sqlite3.OperationalError) and reason_of(error) in _NOT_WRITABLE
    return Problem("program_disk_full" if is_full or _is_no_space(error) else "program_failed")


def _is_no_space(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in {28, 30, 122}


def no_path(request: Request) -> Problem:
    """The problem that nothing is served at an address with this method."""
    return Problem("program_no_path", method=request.method)


def no_path_router() -> APIRouter:
    """What is asked of the API beside its paths; goes after them all."""
    routes = APIRouter()

    @routes.api_route("/api/{path:path}", methods=ALL_METHODS, include_in_schema=False)
    def no_such_path(path: str, request: Request) -> None:
        """Told as the API tells its errors, not with the page's."""
        raise http_error(no_path(request))

    return routes


def no_mcp_router() -> APIRouter:
    """What is asked of the MCP tools where they are not installed; told to programs, not with the page."""
    routes = APIRouter()

    @routes.api_route("/mcp", methods=ALL_METHODS, include_in_schema=False)
    @routes.api_route("/mcp/{path:path}", methods=ALL_METHODS, include_in_schema=False)
    def not_installed(path: str = "") -> None:
        """Told with what is missing."""
        raise http_error(Problem("mcp_not_installed"))

    return routes
