"""Problems in words for a person at a browser: without the server's folders."""

from __future__ import annotations

import re

from assistant.messages import explain
from corpus.problem import Problem

_FOLDERS = re.compile(r"(?<![\w.:/\\])(?:[A-Za-z]:)?[/\\](?:[^/\\\s'\"]+[/\\])+")
_ON_THE_PAGE = {
    "index_busy": "library_busy",
    "no_such_article": "library_gone",
    "no_such_path": "library_file_gone",
}


def said(problem: Problem, language: str) -> str:
    """A problem in words; of paths only the last part is told."""
    fields = {
        name: _name_only(str(value)) if name in {"file", "folder"} else _without_folders(value)
        for name, value in problem.fields.items()
    }
    return explain(Problem(_ON_THE_PAGE.get(problem.code, problem.code), **fields), language)


def _name_only(path: str) -> str:
    """The last part of a path; a member of an archive keeps the archive's name ("a.zip!b/c.md")."""
    archive, mark, member = path.partition("!")
    return re.split(r"[/\\]", archive)[-1] + mark + member


def _without_folders(value: object) -> object:
    return value if isinstance(value, int | float) else _FOLDERS.sub("", str(value))
