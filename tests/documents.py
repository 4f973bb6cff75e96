"""The documents of the project, and the commands that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
OWN = ("assistant", "corpus", "index", "ui", "evals", "tests", "docs")
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in [
        *ROOT.glob("*.md"),
        *(page for folder in (*OWN, ".github") for page in (ROOT / folder).rglob("*.md")),
    ]
    if "articles" not in page.parts
)
_BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`]+)`")
_INDENTED = re.compile(r"(?<=\n\n)(?: {4,}\S.*\n)+")
_BETWEEN_COMMANDS = re.compile(r"\s(?:&&|\|\||\||;)\s|;\s")
_SETTING = re.compile(r"[A-Z_]+=\S*")
_BEFORE = frozenset({"!", "sudo", "exec", "then", "do"})


def commands_in(text: str) -> Iterator[list[str]]:
    """The words of every command that a text shows as code; what is no command comes too, as its words."""
    for line in _lines_of_code(text):
        for command in _BETWEEN_COMMANDS.split(line):
            words = command.split()
            while words and (_SETTING.fullmatch(words[0]) or words[0] in _BEFORE):
                del words[0]
            if words:
                yield words


def _lines_of_code(text: str) -> Iterator[str]:
    for block in _BLOCK.findall(text):
        yield from _lines(block)
    prose = _BLOCK.sub("\n", text)
    for block in _INDENTED.findall(prose):
        yield from _lines(block)
    for span in _SPAN.findall(prose):
        yield " ".join(span.split())


def _lines(block: str) -> Iterator[str]:
    for line in re.sub(r"\\\n\s*", " ", block).splitlines():
        yield re.split(r"(?:^|\s)#\s", line, maxsplit=1)[0]
