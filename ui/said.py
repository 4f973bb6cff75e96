"""Problems in words for who is not at the server itself: of its paths only the last part is told."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.messages import explain
from corpus.problem import Problem

_FOLDERS = re.compile(r"(?<![\w.:/\\])(?:[A-Za-z]:)?[/\\](?:[^/\\\s'\"]+[/\\])+")


def said(problem: Problem, language: str, otherwise: Mapping[str, str] | None = None) -> str:
    """A problem in words; `otherwise` names the messages that take the place of some codes' own."""
    fields = {
        name: _name_only(str(value)) if name in {"file", "folder"} else _without_folders(value)
        for name, value in problem.fields.items()
    }
    return explain(Problem((otherwise or {}).get(problem.code, problem.code), **fields), language)


def _name_only(path: str) -> str:
    """The last part of a path; a member of an archive keeps the archive's name ("a.zip!b/c.md")."""
    archive, mark, member = path.partition("!")
    return re.split(r"[/\\]", archive)[-1] + mark + member


def _without_folders(value: object) -> object:
    return value if isinstance(value, int | float) else _FOLDERS.sub("", str(value))
