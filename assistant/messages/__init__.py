"""Every text a person sees, in Chinese and English, a file a place. Code elsewhere names them by their code."""

from __future__ import annotations

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
    rules,
    sheets,
)
from corpus.problem import Problem

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
    **rules.TEXTS,
    **language_model.TEXTS,
    **local_models.TEXTS,
}
"""Code → language → text; `{…}` blanks are filled from the fields of a `Problem`."""


def message(code: str, language: str = "zh", **fields: object) -> str:
    """The text of a message in a language."""
    texts = MESSAGES[code]
    return texts.get(language, texts["zh"]).format(**fields)


def explain(problem: Problem, language: str = "zh") -> str:
    """A problem in words."""
    fields = {name: _one_line(value) for name, value in problem.fields.items()}
    if problem.code == "eval_item_field":
        hint = f"hint_{problem.fields.get('known')}"
        fields["hint"] = message(hint if hint in MESSAGES else "hint_text", language)
    return message(problem.code, language, **fields)


def _one_line(value: object) -> object:
    return " ".join(str(value).split()) if not isinstance(value, int) else value
