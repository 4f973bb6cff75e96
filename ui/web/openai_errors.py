"""Errors in the shape that OpenAI clients read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from assistant.limits import CODES as LIMITS
from assistant.messages import message
from corpus.problem import Problem
from corpus.wrong_values import wrong_value
from ui.web.api_errors import LANGUAGE, headers_of, problem_of, short, status_of, told
from ui.web.error_pages import field_of

_log = logging.getLogger(__name__)
_PARAMS = {
    "empty_question": "messages",
    "question_too_long": "messages",
    "program_no_user_message": "messages",
    "program_part_not_text": "messages",
    "program_one_choice": "n",
    "program_no_model": "model",
}
_CODES = {"program_no_model": "model_not_found"}
_OF_STATUS = {401: "invalid_api_key", 403: "forbidden", 429: "rate_limit_exceeded"}


def error_of(problem: Problem) -> tuple[int, dict[str, object]]:
    """Status and body of a problem: what is wrong with a request is 400 here, as OpenAI has it; a limit is told as everywhere."""
    is_limit = problem.code in LIMITS
    status = 400 if status_of(problem) == 422 and not is_limit else status_of(problem)
    code = _CODES.get(problem.code, problem.code.removeprefix("program_"))
    param = str(problem.fields["field"]) if is_limit else _PARAMS.get(problem.code)
    return status, _body(told(problem), status, code, param)


def unexpected() -> dict[str, object]:
    """The body that tells of an error of the server, whose log has the details."""
    return error_of(Problem("program_failed"))[1]


def refusal(told: str, status: int) -> dict[str, object]:
    """The body of a refusal: 401 for nobody, 403 for somebody who may not."""
    return _body(told, status, _OF_STATUS.get(status), None)


class OpenAIRoute(APIRoute):
    """A route whose every error is in OpenAI's shape."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with errors told."""
        handler = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handler(request)
            except Problem as problem:
                status, body = error_of(problem)
                return JSONResponse(body, status, headers=headers_of(problem))
            except RequestValidationError as error:
                first = error.errors()[0]
                field = field_of(tuple(first["loc"])) or "body"
                words = message("program_field_wrong", LANGUAGE, field=field, **wrong_value(first))
                status, body = 400, _body(f"{words}.", 400, "invalid_value", field)
            except HTTPException as error:
                status = error.status_code
                body = _body(str(error.detail), status, _OF_STATUS.get(status), None)
                return JSONResponse(body, status, headers=error.headers)
            except Exception as error:
                _log.exception("a completion failed")
                status, body = error_of(problem_of(error))
            return JSONResponse(body, status)

        return told


def _body(words: str, status: int, code: str | None, param: str | None) -> dict[str, object]:
    kind = "server_error" if status >= 500 else "invalid_request_error"
    named = short(param) if param else param
    return {"error": {"message": short(words), "type": kind, "param": named, "code": code}}
