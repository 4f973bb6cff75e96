"""Settings that were made on the page: kept in the data folder, beneath flags, environment and `.env`.

A key belongs to the address that it was given with, wherever the two come from, and goes to no other; so do the headers, the
query and further fields of requests, which only the environment sets.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError

from assistant.settings import Settings
from corpus.problem import Problem
from corpus.wrong_values import wrong_value

SAVED = ("llm_base_url", "llm_model", "llm_api_key", "llm_file", "llm_timeout")
"""What can be set on the page."""
_FILE = "settings.json"


def with_saved(settings: Settings) -> Settings:
    """`settings` with what was saved, as far as nothing else set it.

    Raises:
        Problem: `saved_settings_broken`.
    """
    file = settings.data / _FILE
    if not file.is_file():
        return settings
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(known, dict):
            raise TypeError(f"{_FILE} holds no object")
        values = {
            name: known[name] for name in SAVED if name in known and name not in settings.model_fields_set
        }
        changed = _changed(settings, _with_key_of_receiver(settings, known, values))
        return changed if is_same_receiver(changed, settings) else without_extras(changed)
    except (ValueError, TypeError) as error:
        raise Problem("saved_settings_broken", file=_FILE) from error


def save(settings: Settings, values: dict[str, Any]) -> Settings:
    """Keep `values` (names of `SAVED`; a key as plain text, None leaves it as it is); the settings from now on.

    Raises:
        Problem: `setting_wrong`, naming the setting; `key_for_new_address` where the address is another one, a key is
            known for the one before, and none is given.
    """
    given = {name: value for name, value in values.items() if name in SAVED and value is not None}
    try:
        changed = _changed(settings, given)
    except ValidationError as error:
        first = error.errors()[0]
        raise Problem("setting_wrong", name=str(first["loc"][0]), **wrong_value(first)) from error
    leaves = bool(changed.llm_base_url or changed.llm_provider) and not is_same_receiver(changed, settings)
    if leaves and settings.llm_api_key.get_secret_value() and "llm_api_key" not in given:
        raise Problem("key_for_new_address")
    if leaves:
        changed = without_extras(changed)
    file = settings.data / _FILE
    kept = {}
    for name in SAVED:
        value = getattr(changed, name)
        kept[name] = value.get_secret_value() if isinstance(value, SecretStr) else str(value or "")
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    with os.fdopen(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as stream:
        json.dump(kept, stream, ensure_ascii=False, indent=1)
    os.replace(part, file)
    return changed


def is_same_address(one: str, other: str) -> bool:
    """Whether two addresses of an endpoint are the same, but for a slash at the end."""
    return one.strip().rstrip("/") == other.strip().rstrip("/")


def is_same_receiver(one: Settings, other: Settings) -> bool:
    """Whether the questions of two settings go to the same endpoint or provider."""
    return is_same_address(one.llm_base_url, other.llm_base_url) and one.llm_provider == other.llm_provider


def without_extras(settings: Settings) -> Settings:
    """Settings without the headers, query and further fields that were given for another address."""
    return settings.model_copy(update={"llm_headers": SecretStr(""), "llm_query": "", "llm_body": ""})


def _with_key_of_receiver(
    settings: Settings, known: dict[str, Any], values: dict[str, Any]
) -> dict[str, Any]:
    """The saved values that count, with the key that belongs to the endpoint or provider that counts.

    The environment's key is for what the environment names, the saved one for what was saved with it.
    """
    changed = _changed(settings, values)
    saved_with = settings.model_copy(
        update={name: str(known.get(name, "")) for name in ("llm_base_url", "llm_model")}
    )
    is_for_saved = is_same_receiver(changed, saved_with)
    if not is_same_receiver(changed, settings):
        values["llm_api_key"] = known.get("llm_api_key", "") if is_for_saved else ""
    elif not is_for_saved:
        values.pop("llm_api_key", None)
    return values


def _changed(settings: Settings, values: dict[str, Any]) -> Settings:
    """A checked copy with other values; empty ones take a setting away."""
    checked = {
        name: (None if name == "llm_file" and not value else Path(value) if name == "llm_file" else value)
        for name, value in values.items()
        if not (name == "llm_timeout" and not value)
    }
    whole = Settings.model_validate({**settings.model_dump(), **checked})
    return settings.model_copy(update={name: getattr(whole, name) for name in checked})
