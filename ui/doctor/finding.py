"""What a check found, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.messages import explain, message
from assistant.settings import Settings
from corpus.problem import Problem

State = Literal["ok", "warning", "fault"]
"""A fault keeps the assistant from doing something that it was set to do; with a warning it works."""


@dataclass(frozen=True)
class Finding:
    """What the check of that name found; `advice` is what to do, empty where there is nothing or the message says it."""

    check: str
    state: State
    message: str
    advice: str = ""


Check = Callable[[Settings], Iterable[Finding]]
"""Looks at one thing. It may raise anything: that is a fault of what it looks at."""


def found(check: str, language: str, state: State, code: str, advice: str = "", **fields: object) -> Finding:
    """A finding.

    Args:
        check: Name of what was looked at.
        language: Of the words.
        state: How it is.
        code: Of the message.
        advice: Code of what to do.
        fields: Fill the blanks of both.
    """
    what_to_do = message(advice, language, **fields) if advice else ""
    return Finding(check, state, message(code, language, **fields), what_to_do)


def of_problem(check: str, language: str, problem: Problem, state: State = "fault") -> Finding:
    """A finding in the words that the problem has everywhere else, which say what to do."""
    return Finding(check, state, explain(problem, language))
