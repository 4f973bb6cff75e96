"""Problems of the library in words for its tab, which has buttons where the command line has commands."""

from __future__ import annotations

from corpus.problem import Problem
from ui.said import said

_ON_THE_PAGE = {
    "index_busy": "library_busy",
    "no_such_article": "library_gone",
    "no_such_path": "library_file_gone",
}


def said_of_library(problem: Problem, language: str) -> str:
    """A problem in words."""
    return said(problem, language, _ON_THE_PAGE)
