"""Extras: what not every installation has. Whether one is there, and the command that installs it."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from corpus.problem import Problem

MODULES = {
    "page": ("gradio", "fastapi", "uvicorn", "argon2", "docx"),
    "mcp": ("mcp", "fastapi"),
    "ocr": ("rapidocr",),
    "postgres": ("psycopg",),
    "milvus": ("pymilvus",),
}
"""Extra of pyproject.toml → the modules without which nothing of it works."""
_PROJECT = Path(__file__).parent.parent


def missing(extra: str) -> list[str]:
    """The modules of an extra that are not installed."""
    return [module for module in MODULES[extra] if find_spec(module) is None]


def is_installed(extra: str) -> bool:
    """Whether every module of an extra is there."""
    return not missing(extra)


def need(extra: str, what: str) -> None:
    """Stop, before anything is loaded, where an extra is not installed.

    Args:
        extra: A key of `MODULES`.
        what: The command that needs it, as a person types it.

    Raises:
        Problem: `extra_missing`, with the command that installs it.
    """
    if modules := missing(extra):
        raise Problem(
            "extra_missing",
            what=what,
            extra=extra,
            modules=", ".join(modules),
            command=install_command(extra),
        )


def install_command(extra: str) -> str:
    """The command that adds an extra to the Python that runs this, from a checkout or from an installed package."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    if (_PROJECT / "pyproject.toml").is_file():
        return f'{python} -m pip install -e "{_PROJECT}[{extra}]"'
    return f'{python} -m pip install "policy-assistant[{extra}]"'
