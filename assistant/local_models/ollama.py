"""An Ollama that runs on this machine, and the models that it has."""

from __future__ import annotations

import httpx

from assistant.settings import Settings
from index.endpoint_client import read_json

_WAIT_S = 1.0
PREFIX = "ollama:"
"""Before a name where one of Ollama's models is meant."""


def ollama_models(settings: Settings) -> list[str] | None:
    """Names of its models; None where there is no Ollama."""
    try:
        # No proxy lies between this program and its own machine.
        read = read_json(f"{settings.ollama_url.rstrip('/')}/api/tags", seconds=_WAIT_S, trust_env=False)
        return sorted(str(each["name"]) for each in read["models"])
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError):
        return None


def ollama_address(settings: Settings) -> str:
    """Its OpenAI-compatible address."""
    return f"{settings.ollama_url.rstrip('/')}/v1"
