"""Using a model of this machine, and doing without it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import SecretStr

from assistant.local_models.catalogue import OpenModel, model_named
from assistant.local_models.fetch import parts_of
from assistant.local_models.ollama import PREFIX, ollama_address, ollama_models
from assistant.saved_settings import is_same_address, save
from assistant.settings import Settings
from corpus.problem import Problem


def has_runtime() -> bool:
    """Whether the package that runs GGUF files in this program is installed."""
    return importlib.util.find_spec("xllamacpp") is not None


def in_use(settings: Settings) -> str:
    """The name of the model of this machine that writes: of the list, a file's, or Ollama's; empty where another one does."""
    if settings.llm_file is not None:
        listed = [settings.llm_file.name.lower()]
        try:
            return model_named(listed[0]).name
        except Problem:
            return settings.llm_file.name
    if settings.llm_model and is_same_address(settings.llm_base_url, ollama_address(settings)):
        return PREFIX + settings.llm_model
    return ""


def state_of(each: OpenModel, settings: Settings) -> str:
    """The code of what there is of a model here; empty where there is nothing."""
    if in_use(settings) == each.name:
        return "model_in_use"
    if each.path_in(settings).is_file():
        return "model_fetched"
    return "model_begun" if parts_of(each, settings) else ""


def use_model(name: str, settings: Settings) -> Settings:
    """Let a model that lies here write from now on; the settings from now on.

    Args:
        name: Of the list, or with "ollama:" before it one of Ollama's.
        settings: Those until now; what they say of the environment stays above what is saved.

    Raises:
        Problem: `model_not_listed`, `model_not_fetched`, `ollama_not_there`, `ollama_model_missing`.
    """
    if name.startswith(PREFIX):
        return save(settings, _of_ollama(name.removeprefix(PREFIX), settings))
    model = model_named(name)
    path = model.path_in(settings)
    if not path.is_file():
        raise Problem("model_not_fetched", model=model.name)
    return save(settings, {"llm_file": str(path.resolve())})


def _of_ollama(name: str, settings: Settings) -> dict[str, Any]:
    there = ollama_models(settings)
    if there is None:
        raise Problem("ollama_not_there", address=settings.ollama_url)
    wanted = name if name in there else f"{name}:latest"
    if wanted not in there:
        raise Problem("ollama_model_missing", name=name, names=", ".join(there) or "–")
    return {
        "llm_base_url": ollama_address(settings),
        "llm_model": wanted,
        "llm_api_key": SecretStr(""),
        "llm_file": "",
    }


def remove_model(name: str, settings: Settings) -> tuple[OpenModel, int]:
    """Remove a model's file and what was begun of it; the model, and the bytes that are free again.

    Where it was the one that writes, the built-in reader answers again.

    Raises:
        Problem: `model_not_listed`, `model_not_fetched`, `model_being_fetched`.
    """
    model = model_named(name)
    files: list[Path] = [
        file for file in (model.path_in(settings), *parts_of(model, settings)) if file.is_file()
    ]
    if not files:
        raise Problem("model_not_fetched", model=model.name)
    lock = FileLock(model.path_in(settings).with_suffix(".lock"))
    try:
        with lock.acquire(timeout=0):
            freed = _remove_files(model, files, settings)
    except Timeout as error:
        raise Problem("model_being_fetched", model=model.name) from error
    model.path_in(settings).with_suffix(".lock").unlink(missing_ok=True)
    return model, freed


def _remove_files(model: OpenModel, files: list[Path], settings: Settings) -> int:
    """Remove files of a model that nobody is fetching; the bytes that are free again."""
    if settings.llm_file is not None and settings.llm_file.resolve() == model.path_in(settings).resolve():
        save(settings, {"llm_file": ""})
    freed = sum(file.stat().st_size for file in files)
    for file in files:
        file.unlink()
    return freed


def set_in_environment() -> list[str]:
    """Names of settings of the environment that stand above what is saved."""
    given = Settings().model_fields_set
    return [
        f"ASSISTANT_{name.upper()}" for name in ("llm_file", "llm_base_url", "llm_model") if name in given
    ]
