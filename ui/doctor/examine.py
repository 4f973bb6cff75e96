"""All checks in their order. None of them changes anything, and none keeps the others from being done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from assistant.settings import Settings
from corpus.problem import Problem
from corpus.reasons import reason_of
from ui.doctor.finding import Check, Finding, found, of_problem
from ui.terminal import language, read_settings


def settings_as_they_are(index: Path | None = None) -> tuple[Settings | None, Finding | None]:
    """The settings, None where they cannot be read at all, and what is wrong with them.

    Args:
        index: The index folder, where it is another one than the settings name.
    """
    try:
        return read_settings(index), None
    except Problem as problem:
        wrong = of_problem("settings", language(), problem)
        if problem.code != "saved_settings_broken":
            return None, wrong
    except OSError as error:
        reason = reason_of(error, "reason_system")
        tell = partial(found, "settings", language())
        wrong = tell("fault", "doctor_settings_closed", "doctor_data_advice", reason=reason)
    # Those of the environment and of `.env` count all the same.
    settings = Settings()
    return (settings.model_copy(update={"index": index}) if index else settings), wrong


def examine(settings: Settings | None) -> Iterator[Finding]:
    """Look at everything, at the machine only where there are no settings; findings come as they are made."""
    if settings is None:
        yield from _done(_of_machine, Settings.model_construct(language=language()))
        return
    for group in (_of_machine, _of_data, _of_index, _of_models, _of_language_model):
        yield from _done(group, settings)


def _done(group: Callable[[], list[Check]], settings: Settings) -> Iterator[Finding]:
    """What the checks of a group find; whatever one of them raises is a finding too."""
    try:
        checks = group()
    except ImportError as error:
        yield _failed("packages", error, settings)
        return
    for check in checks:
        try:
            yield from check(settings)
        except Exception as error:
            yield _failed(check.__name__, error, settings)


def _failed(name: str, error: Exception, settings: Settings) -> Finding:
    if isinstance(error, Problem):
        return of_problem(name, settings.language, error)
    tell = partial(found, name, settings.language)
    if isinstance(error, ImportError):
        return tell("fault", "doctor_packages_missing", "doctor_install", names=error.name or str(error))
    # What the error says of itself may hold a key.
    kind, reason = type(error).__name__, reason_of(error, "reason_program")
    return tell("fault", "doctor_not_looked_at", kind=kind, reason=reason)


def _of_machine() -> list[Check]:
    from ui.doctor import environment

    return [
        environment.python,
        environment.packages,
        environment.processor,
        environment.memory,
        environment.ocr,
        environment.gguf,
    ]


def _of_data() -> list[Check]:
    from ui.doctor import data_folder

    return [
        data_folder.data,
        data_folder.permissions,
        data_folder.disk,
        data_folder.database,
        data_folder.chats,
        data_folder.accounts,
    ]


def _of_index() -> list[Check]:
    from ui.doctor import index_folder

    return [index_folder.index, index_folder.vector_server]


def _of_models() -> list[Check]:
    from ui.doctor import models

    return [models.embedding_model, models.reader, models.claims, models.calculations, models.rewriting]


def _of_language_model() -> list[Check]:
    from ui.doctor import language_model

    return [language_model.language_model, language_model.small_model]
