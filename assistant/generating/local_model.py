"""A GGUF file served to this program alone, by llama.cpp through the optional package `xllamacpp`."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from corpus.problem import Problem

CONTEXT = 4096
"""Tokens the model keeps in sight: the longest prompt (2,000 tokens of passages) with room for question and answer."""
_MAGIC = b"GGUF"
_servers: dict[Path, Any] = {}
_starting = threading.Lock()


def address_of(file: Path) -> str:
    """The OpenAI-compatible address at which `file` answers; the first call loads it, and it stays until the program ends.

    Raises:
        Problem: `llm_file_missing`, `llm_file_broken`, `llm_package_missing`.
    """
    file = file.expanduser().resolve()
    if not file.is_file():
        raise Problem("llm_file_missing", file=file)
    with file.open("rb") as opened:
        if opened.read(len(_MAGIC)) != _MAGIC:
            raise Problem("llm_file_broken", file=file)
    with _starting:
        if file not in _servers:
            _servers[file] = _server_of(file)
        return f"{_servers[file].listening_address}/v1"


def _server_of(file: Path) -> Any:
    try:
        from xllamacpp import CommonParams, Server
    except ImportError as error:
        raise Problem("llm_package_missing", file=file) from error
    parameters = CommonParams()
    parameters.model.path = str(file)
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 1
    try:
        return Server(parameters)
    except Exception as error:  # the library raises what its C++ throws
        raise Problem("llm_file_broken", file=file) from error
