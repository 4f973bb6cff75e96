"""Failures of foreign endpoints in words that hold no key: some repeat the one they were sent."""

from __future__ import annotations

from assistant.settings import Settings, fields_of

_LONGEST = 120


def without_secrets(error: BaseException, settings: Settings) -> str:
    """What went wrong, in one line, without the keys and without the address of the endpoint."""
    told = " ".join(str(error).split()) or type(error).__name__
    secrets = [
        settings.llm_api_key,
        settings.embedding_api_key,
        settings.judge_api_key,
        settings.llm_small_api_key,
    ]
    hidden = [secret.get_secret_value() for secret in secrets] + [
        settings.llm_base_url,
        settings.llm_small_base_url,
    ]
    hidden += map(str, fields_of(settings.llm_headers.get_secret_value()).values())
    hidden += map(str, fields_of(settings.llm_query, query=True).values())
    for text in hidden:
        if text:
            told = told.replace(text, "…")
    return told[:_LONGEST]
