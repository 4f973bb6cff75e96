"""Every text a person sees, in Chinese and English, a file a place. Code elsewhere names them by their code."""

from __future__ import annotations

import logging
from functools import lru_cache

from assistant.messages import (
    answers,
    backup,
    chats_page,
    command_line,
    database,
    demo,
    doctor,
    evals,
    guard,
    input,
    language_model,
    library_bulk,
    library_page,
    limits,
    local_models,
    overview,
    page,
    people,
    printed,
    programs,
    reasons,
    rules,
    search_page,
    sheets,
    sources,
    tables,
)
from corpus.problem import Problem
from corpus.reasons import PREFIX

_log = logging.getLogger(__name__)

MESSAGES: dict[str, dict[str, str]] = {
    **answers.TEXTS,
    **input.TEXTS,
    **evals.TEXTS,
    **command_line.TEXTS,
    **doctor.TEXTS,
    **demo.TEXTS,
    **page.TEXTS,
    **chats_page.TEXTS,
    **people.TEXTS,
    **programs.TEXTS,
    **backup.TEXTS,
    **database.TEXTS,
    **library_page.TEXTS,
    **limits.TEXTS,
    **guard.TEXTS,
    **sheets.TEXTS,
    **sources.TEXTS,
    **tables.TEXTS,
    **rules.TEXTS,
    **search_page.TEXTS,
    **language_model.TEXTS,
    **local_models.TEXTS,
    **reasons.TEXTS,
    **overview.TEXTS,
    **printed.TEXTS,
    **library_bulk.TEXTS,
}
"""Code → language → text; `{…}` blanks are filled from the fields of a `Problem`."""


def message(code: str, language: str = "zh", **fields: object) -> str:
    """The text of a message in a language.

    Args:
        code: A name in `MESSAGES`.
        language: "zh" or "en".
        fields: Fill its blanks. A `reason` that is a code, as `corpus.reasons` gives them, stands in it in words, which
            the other fields fill; any other is in words already, those of another server for example.
    """
    texts = MESSAGES[code]
    reason = str(fields.get("reason", ""))
    if reason.startswith(PREFIX) and reason in MESSAGES:
        others = {name: each for name, each in fields.items() if name != "reason"}
        fields["reason"] = message(reason, language, **others)
    return texts.get(language, texts["zh"]).format(**fields)


def explain(problem: Problem, language: str = "zh") -> str:
    """A problem in words; what a library, the disk or a database said of it goes to the log."""
    if "detail" in problem.fields:
        _log_once(f"{problem.code}: {problem.fields['detail']}")
    fields = {name: _one_line(value) for name, value in problem.fields.items()}
    if problem.code == "eval_item_field":
        hint = f"hint_{problem.fields.get('field')}"
        fields["hint"] = message(hint if hint in MESSAGES else "hint_text", language)
    return message(problem.code, language, **fields)


@lru_cache(maxsize=200)
def _log_once(text: str) -> None:
    _log.info("%s", text)


def _one_line(value: object) -> object:
    return " ".join(str(value).split()) if not isinstance(value, int) else value
