"""What goes wrong at the doors for programs: a status and English words, without paths or traces of the server."""

from __future__ import annotations

from pathlib import Path

from fastapi import HTTPException

from assistant.messages import explain
from assistant.service import Assistant
from corpus.problem import Problem
from ui.web.workplace import Workplace

LANGUAGE = "en"
"""Programs are told in English; the answers themselves are in the language of the settings."""

_SAID_OTHERWISE = {"index_empty": "program_index_empty", "failed": "program_failed"}
_STATUS = {
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


def said(problem: Problem) -> str:
    """A problem in words; of a path of the server only the name of the file is told."""
    if problem.code in _SAID_OTHERWISE:
        problem = Problem(_SAID_OTHERWISE[problem.code])
    fields = {name: _without_folder(value) for name, value in problem.fields.items()}
    return explain(Problem(problem.code, **fields), LANGUAGE)


def http_error(problem: Problem) -> HTTPException:
    """A problem as the API's error."""
    return HTTPException(status_of(problem), said(problem))


def _without_folder(value: object) -> object:
    path = Path(value) if isinstance(value, str | Path) else None
    return path.name if path is not None and path.is_absolute() else value
