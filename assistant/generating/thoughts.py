"""What a model writes around its answer: thoughts and fences, which are no part of it."""

from __future__ import annotations

import re

_NAMES = r"(?:think|thinking|thought|thoughts|reasoning|reflection)"
_THOUGHT = re.compile(
    rf"<{_NAMES}>.*?(?:</{_NAMES}>|\Z)|◁think▷.*?(?:◁/think▷|\Z)", re.IGNORECASE | re.DOTALL
)
_BEFORE_THE_END = re.compile(rf"\A.*?(?:</{_NAMES}>|◁/think▷)", re.IGNORECASE | re.DOTALL)
_FENCE = re.compile(
    r"^[ \t]*(?:```+|~~~+)[ \t]*(?:markdown|md|text|plaintext|html)?[ \t]*$\n?", re.IGNORECASE | re.MULTILINE
)


def without_thoughts(text: str) -> str:
    """A written text without its thoughts; one that breaks off in the middle of thinking has nothing left.

    Some endpoints send the end of the thoughts without their beginning: what stands before it is thought too.
    """
    text = _THOUGHT.sub("", text)
    return _BEFORE_THE_END.sub("", text).strip()


def without_fences(text: str) -> str:
    """A written text without the lines that fence it as a block of Markdown."""
    return _FENCE.sub("", text).strip()
