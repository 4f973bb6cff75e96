"""What goes wrong at the doors for programs: a status and English words, without paths or traces of the server."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request

from assistant.service import Assistant
from corpus.problem import Problem
from ui.said import said
from ui.web.workplace import Workplace

LANGUAGE = "en"
"""Programs are told in English; the answers themselves are in the language of the settings."""

ALL_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_SAID_OTHERWISE = {"index_empty": "program_index_empty", "failed": "program_failed"}
_STATUS = {
    "program_no_path": 404,
    "program_no_article": 404,
    "program_no_set": 404,
    "program_no_run": 404,
    "program_no_model": 404,
    "evals_busy": 409,
    "program_failed": 500,
    "evals_not_ready": 503,
    "index_empty": 503,
    "program_not_made": 503,
    "program_not_ready": 503,
}
_WRONG_INPUT = 422


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


def told(problem: Problem) -> str:
    """A problem in words for a program."""
    return said(problem, LANGUAGE, _SAID_OTHERWISE)


def http_error(problem: Problem) -> HTTPException:
    """A problem as the API's error."""
    return HTTPException(status_of(problem), told(problem))


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
