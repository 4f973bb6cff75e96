"""An Ollama that runs on this machine, and the models that it has."""

from __future__ import annotations

import httpx

from assistant.settings import Settings

_WAIT_S = 1.0
PREFIX = "ollama:"
"""Before a name where one of Ollama's models is meant."""


def ollama_models(settings: Settings) -> list[str] | None:
    """Names of its models; None where there is no Ollama."""
    try:
        # No proxy lies between this program and its own machine.
        with httpx.Client(trust_env=False, timeout=_WAIT_S) as client:
            read = client.get(f"{settings.ollama_url.rstrip('/')}/api/tags").json()
        return sorted(str(each["name"]) for each in read["models"])
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError):
        return None


def ollama_address(settings: Settings) -> str:
    """Its OpenAI-compatible address."""
    return f"{settings.ollama_url.rstrip('/')}/v1"
