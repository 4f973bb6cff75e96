"""The readers of files as a loader of LangChain's."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from langchain_core.document_loaders import BaseLoader

from assistant.langchain.documents import ArticleDocument
from corpus.load import find_files, read_files
from corpus.problem import Problem

_log = logging.getLogger(__name__)


class ArticleLoader(BaseLoader):
    """Reads every article of files and folders, repaired and with title, date and source, as `assistant ingest` does.

    A file that cannot be read is left out: it is logged, and a `Problem` in `problems` tells why.

    Args:
        paths: Files and folders.

    Example:
        ```python
        loader = ArticleLoader(["articles"])
        for document in loader.lazy_load():
            print(document.metadata["title"], len(document.page_content))
        ```
    """

    def __init__(self, paths: Iterable[Path | str]) -> None:
        self._paths = [Path(path) for path in paths]
        self.problems: list[Problem] = []

    def lazy_load(self) -> Iterator[ArticleDocument]:
        """The articles one after another; `problems` are those of this reading.

        Raises:
            Problem: `no_such_path` for a path that does not exist.
        """
        self.problems = []
        files = find_files(self._paths, self.problems)
        for contents in read_files((file, "") for file in files):
            for found in contents:
                if isinstance(found, Problem):
                    _log.warning("not read: %s", found)
                    self.problems.append(found)
                else:
                    yield ArticleDocument.of(found)
