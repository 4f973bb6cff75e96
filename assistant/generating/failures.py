"""Why a language model gave no answer, as a `Problem` that a person understands, whatever its endpoint says."""

from __future__ import annotations

import re
import time
from email.utils import parsedate_to_datetime
from typing import Any

from assistant.generating.redact import without_secrets
from assistant.messages import explain
from assistant.settings import Settings
from corpus.problem import Problem

TIMED_OUT, THOUGHT_TOO_LONG = "llm_why_timeout", "llm_why_thinking"
"""Codes of the limits that `assistant.generating.any_endpoint` keeps itself."""
BY_FINISH = {
    "content_filter": "llm_why_filtered",
    "tool_calls": "llm_why_tools",
    "function_call": "llm_why_tools",
    "length": "llm_why_length",
    "broken": "llm_why_broken",
    "timeout": "llm_why_cut_off",
}
"""Why a model stopped → what is said where it wrote nothing that can be used."""
_BY_STATUS = {
    401: "llm_why_key",
    402: "llm_why_paid",
    403: "llm_why_key",
    408: TIMED_OUT,
    **dict.fromkeys((301, 302, 303, 307, 308), "llm_why_moved"),
    429: "llm_why_busy",
}
_UNPAID = re.compile(r"insufficient[_ ](?:quota|balance)|arrears|余额不足|欠费", re.IGNORECASE)
_TOO_LONG = re.compile(
    r"context[_ ](?:length|window|size)|maximum context|too many tokens|(?:prompt|input) is too long|input length|exceeds? the (?:available )?context",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"model[^.]{0,80}(?:not (?:exist|found|supported|available)|does not exist|unknown|invalid)|"
    r"(?:unknown|invalid|no such|not found)[^.]{0,20}model|model_not_found|模型[^。]{0,20}(?:不存在|未找到|无效)",
    re.IGNORECASE,
)
_LONGEST_WAIT = 3600.0


def status_of(error: BaseException) -> int:
    """The HTTP status that an endpoint answered with; 0 where it did not answer."""
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    return status if isinstance(status, int) else 0


def is_timeout(error: BaseException) -> bool:
    """Whether a client gave up waiting."""
    return isinstance(error, TimeoutError) or "timeout" in type(error).__name__.lower()


def is_unreachable(error: BaseException) -> bool:
    """Whether nothing answered at the address, or it hung up."""
    name = type(error).__name__.lower()
    return (
        isinstance(error, ConnectionError)
        or "connect" in name
        or "protocolerror" in name
        or name == "readerror"
    )


def is_unknown_model(error: BaseException) -> bool:
    """Whether an endpoint says that it has no such model."""
    return status_of(error) in {400, 404, 422} and bool(_NO_MODEL.search(str(error)))


def is_too_long(error: BaseException) -> bool:
    """Whether an endpoint refused a request because it holds more than its model takes."""
    return status_of(error) in {400, 413, 422} and bool(_TOO_LONG.search(str(error)))


def is_unpaid(error: BaseException) -> bool:
    """Whether an endpoint wants to be paid first: waiting helps nothing."""
    return status_of(error) == 402 or (status_of(error) == 429 and bool(_UNPAID.search(str(error))))


def wait_wanted(error: BaseException) -> float | None:
    """The seconds after which an endpoint wants to be asked again; None where it does not say."""
    headers: Any = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        if milliseconds := headers.get("retry-after-ms"):
            return min(max(float(milliseconds) / 1000, 0.0), _LONGEST_WAIT)
        told = headers.get("retry-after")
        if not told:
            return None
        seconds = float(told) if re.fullmatch(r"[\d.]+", told.strip()) else _until(told)
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), _LONGEST_WAIT)


def _until(day: str) -> float:
    return parsedate_to_datetime(day).timestamp() - time.time()


def known_failure(error: BaseException) -> Problem | None:
    """What went wrong, where it is one of the things that are known to go wrong."""
    if isinstance(error, Problem):
        return error
    status = status_of(error)
    if is_unpaid(error):
        return Problem("llm_why_paid")
    if is_unknown_model(error):
        return Problem("llm_why_model")
    if is_too_long(error):
        return Problem("llm_why_too_long")
    if status >= 500:
        return Problem("llm_why_server", status=status)
    if status == 404:
        return Problem("llm_why_address")
    if status in _BY_STATUS:
        return Problem(_BY_STATUS[status])
    if not status and is_timeout(error):
        return Problem(TIMED_OUT)
    return Problem("llm_why_unreachable") if not status and is_unreachable(error) else None


def in_words(
    error: BaseException, settings: Settings, language: str = "zh", *, of_settings: bool = True
) -> str:
    """Why a model did not answer, in one line that holds neither key nor address.

    Of a model that the settings do not name (not `of_settings`) the keys are not known: the kind of failure is all that is told.
    """
    known = known_failure(error)
    if known is not None:
        return explain(known, language)
    return without_secrets(error, settings) if of_settings else type(error).__name__
