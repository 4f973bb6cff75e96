"""The language model, where one is set: whether its endpoint answers, takes the key and knows the model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.generating.chat_models import small_settings
from assistant.generating.local_model import checked_file
from assistant.generating.redact import without_keys
from assistant.generating.try_model import NOT_YET, WRONG, try_model
from assistant.local_models.choose import has_runtime
from assistant.messages import message
from assistant.settings import Settings
from corpus.problem import Problem
from ui.doctor.finding import Finding, State, found

_LONGEST_WAIT_S = 15.0


def language_model(settings: Settings) -> Iterator[Finding]:
    """The model that writes answers."""
    if settings.llm_file is not None:
        yield _of_file(settings.llm_file, settings.language)
    elif settings.llm_base_url or settings.llm_model:
        yield _tried("language_model", settings)
    else:
        yield found("language_model", settings.language, "ok", "doctor_no_language_model")


def small_model(settings: Settings) -> Iterator[Finding]:
    """The small model that understands questions, where there is one besides."""
    if settings.llm_small_model:
        yield _tried("small_model", small_settings(settings))


def _of_file(given: Path, language: str) -> Finding:
    """Whether the file can be run; it is not loaded, which takes long and all the memory that it needs."""
    file = checked_file(given)
    if not has_runtime():
        raise Problem("llm_package_missing", file=file)
    return found("language_model", language, "ok", "doctor_language_file", file=file.name)


def _tried(check: str, settings: Settings) -> Finding:
    """What the settings page finds in its trial, with a shorter wait."""
    tried = try_model(settings, settings.language, seconds=_LONGEST_WAIT_S)
    text = without_keys(" ".join(tried.told(settings.language)), settings)
    if tried.works:
        return Finding(check, "ok", text)
    state: State = "warning" if tried.findings[0][0] in {NOT_YET, WRONG} else "fault"
    return Finding(check, state, text, message("doctor_language_model_advice", settings.language))
