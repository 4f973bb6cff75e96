"""What a model writes around its answer: thoughts and fences, which are no part of it."""

from __future__ import annotations

import re

_NAMES = r"(?:think|thinking|thought|thoughts|reasoning|reflection)"
_THOUGHT = re.compile(
    rf"<{_NAMES}\s*/>|<{_NAMES}>.*?(?:</{_NAMES}>|\Z)|◁think▷.*?(?:◁/think▷|\Z)", re.IGNORECASE | re.DOTALL
)
_BEGINS = re.compile(rf"<{_NAMES}>|◁think▷", re.IGNORECASE)
_ENDS = re.compile(rf"</{_NAMES}>|◁/think▷", re.IGNORECASE)
_HALF_A_TAG = re.compile(r"\A\s*(?:<[a-z]{0,10}|◁[a-z]{0,5})\Z", re.IGNORECASE)
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


def is_thinking(text: str) -> bool:
    """Whether what was written so far is thought, or the beginning of the mark of one, and nothing else."""
    if _HALF_A_TAG.match(text):
        return True
    return bool(_BEGINS.match(text.lstrip())) and not without_thoughts(text)


def ends_thinking(text: str, *, without_a_beginning: bool = False) -> bool:
    """Whether thoughts end in a text; with `without_a_beginning` only such as were not begun in it."""
    end = _ENDS.search(text)
    return end is not None and not (without_a_beginning and _BEGINS.search(text[: end.start()]))


def thoughts_in(text: str) -> str:
    """What a text holds of thoughts."""
    answer = without_thoughts(text)
    thought = (
        text[: text.rfind(answer)] if answer else text if is_thinking(text) or ends_thinking(text) else ""
    )
    return _ENDS.sub("", _BEGINS.sub("", thought)).strip()
