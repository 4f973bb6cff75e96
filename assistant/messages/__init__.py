"""Every text a person sees, in Chinese and English, a file a place. Code elsewhere names them by their code."""

from __future__ import annotations

import logging
import re
from functools import lru_cache

from assistant.messages import (
    answers,
    backup,
    command_line,
    evals,
    guard,
    input,
    language_model,
    library_page,
    limits,
    local_models,
    page,
    people,
    programs,
    reasons,
    rules,
    sheets,
    tables,
)
from corpus.problem import Problem
from corpus.reasons import PREFIX, is_foreign, reason_of_text

_log = logging.getLogger(__name__)

MESSAGES: dict[str, dict[str, str]] = {
    **answers.TEXTS,
    **input.TEXTS,
    **evals.TEXTS,
    **command_line.TEXTS,
    **page.TEXTS,
    **people.TEXTS,
    **programs.TEXTS,
    **backup.TEXTS,
    **library_page.TEXTS,
    **limits.TEXTS,
    **guard.TEXTS,
    **sheets.TEXTS,
    **tables.TEXTS,
    **rules.TEXTS,
    **language_model.TEXTS,
    **local_models.TEXTS,
    **reasons.TEXTS,
}
"""Code → language → text; `{…}` blanks are filled from the fields of a `Problem`."""
_QUOTED = frozenset(
    ["llm_failed", "try_failed", "judge_failed", "embedding_endpoint_failed", "model_hosts_silent", "model_fetch_broke",
     "eval_item_field", "program_refused"]
)  # fmt: skip
"""Messages whose reason is in words already, or another server's own words."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def message(code: str, language: str = "zh", **fields: object) -> str:
    """The text of a message in a language."""
    texts = MESSAGES[code]
    if "reason" in fields and code not in _QUOTED:
        fields["reason"] = _reason(fields, language)
    return texts.get(language, texts["zh"]).format(**fields)


def explain(problem: Problem, language: str = "zh") -> str:
    """A problem in words."""
    fields = {name: _one_line(value) for name, value in problem.fields.items()}
    if problem.code == "eval_item_field":
        hint = f"hint_{problem.fields.get('known')}"
        fields["hint"] = message(hint if hint in MESSAGES else "hint_text", language)
    return message(problem.code, language, **fields)


def _reason(fields: dict[str, object], language: str) -> str:
    """A reason in words: of its code, or in Chinese of the English text that a library, the disk or a database wrote."""
    text = str(fields["reason"])
    if text.startswith(PREFIX) and text in MESSAGES:
        return message(text, language, **{name: each for name, each in fields.items() if name != "reason"})
    if language == "en" or _CHINESE.search(text):
        return text
    code, blanks = reason_of_text(text)
    if not code and is_foreign(text):
        code = "reason_other"
    if not code:
        return text
    _log_once(text)
    return message(code, language, **blanks)


@lru_cache(maxsize=200)
def _log_once(text: str) -> None:
    """What is told in other words stands in the log as it was written."""
    _log.info("a reason as it was written: %s", text)


def _one_line(value: object) -> object:
    return " ".join(str(value).split()) if not isinstance(value, int) else value
