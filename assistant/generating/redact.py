"""Failures of foreign endpoints in words that hold no key: some repeat the one they were sent."""

from __future__ import annotations

import re

from assistant.settings import Settings, fields_of

_LONGEST = 120
_LOGIN = re.compile(r"(?<=://)[^/?#\s]+@")


def without_secrets(error: BaseException, settings: Settings) -> str:
    """What went wrong, in one line, without the keys and without the address of the endpoint."""
    told = " ".join(str(error).split()) or type(error).__name__
    for address in (settings.llm_base_url, settings.llm_small_base_url):
        if address:
            told = told.replace(address, "…")
    return without_keys(told, settings)[:_LONGEST]


def without_keys(text: str, settings: Settings) -> str:
    """A text without the keys, the values of headers and queries, and the names and passwords in addresses."""
    secrets = [
        settings.llm_api_key,
        settings.embedding_api_key,
        settings.judge_api_key,
        settings.llm_small_api_key,
    ]
    hidden = [secret.get_secret_value() for secret in secrets]
    hidden += map(str, fields_of(settings.llm_headers.get_secret_value()).values())
    hidden += map(str, fields_of(settings.llm_query, query=True).values())
    for each in hidden:
        if each:
            text = text.replace(each, "…")
    return _LOGIN.sub("…@", text)
