"""A GGUF file served to this program alone, by llama.cpp through the optional package `xllamacpp`."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from corpus.problem import Problem

CONTEXT = 4096
"""The least number of tokens that the model keeps in sight."""
_BESIDES = 2096
"""Tokens for the rules, the answer and its correction, besides passages, conversation and question."""
_MAGIC = b"GGUF"
_servers: dict[tuple[Path, int], Any] = {}
_starting = threading.Lock()


def address_of(file: Path, budget: int = 0) -> str:
    """The OpenAI-compatible address at which `file` answers; the first call loads it, and it stays until the program ends.

    Args:
        file: The GGUF file.
        budget: Tokens that passages, conversation and question may take.

    Raises:
        Problem: `llm_file_missing`, `llm_file_broken`, `llm_package_missing`.
    """
    file = checked_file(file)
    with _starting:
        loaded = file, max(CONTEXT, budget + _BESIDES)
        if loaded not in _servers:
            _servers[loaded] = _server_of(*loaded)
        return f"{_servers[loaded].listening_address}/v1"


def checked_file(file: Path) -> Path:
    """The whole path of a GGUF file, of which no more than the beginning is read.

    Raises:
        Problem: `llm_file_missing`, `llm_file_broken`.
    """
    file = file.expanduser().resolve()
    if not file.is_file():
        raise Problem("llm_file_missing", file=file)
    with file.open("rb") as opened:
        if opened.read(len(_MAGIC)) != _MAGIC:
            raise Problem("llm_file_broken", file=file)
    return file


def _server_of(file: Path, context: int) -> Any:
    try:
        from xllamacpp import CommonParams, Server
    except ImportError as error:
        raise Problem("llm_package_missing", file=file) from error
    parameters = CommonParams()
    parameters.model.path = str(file)
    parameters.n_ctx = context
    parameters.n_parallel = 1
    try:
        return Server(parameters)
    except Exception as error:  # the library raises what its C++ throws
        raise Problem("llm_file_broken", file=file) from error
