"""From paths to articles: every readable file under them, and what went wrong with the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.assemble import assemble
from corpus.model import Article
from corpus.problem import Problem
from corpus.readers import READERS, reader_for

SAMPLE_CORPUS = Path(__file__).parent / "articles"
_LARGEST_FILE = 512 * 1024 * 1024


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files to read: those named, and in folders every file with a known ending, hidden ones left out.

    Raises:
        Problem: `no_such_path` for a path that does not exist.
    """
    for path in paths:
        if path.is_file():
            yield path.resolve()
        elif path.is_dir():
            root = path.resolve()
            for file in sorted(root.rglob("*")):
                hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
                if file.is_file() and not hidden and file.suffix.lower() in READERS:
                    yield file
        else:
            raise Problem("no_such_path", file=path)


def read_articles(file: Path) -> Iterator[Article | Problem]:
    """The articles of one file in order, mixed with the problems of those that could not be read."""
    try:
        if file.stat().st_size > _LARGEST_FILE:
            yield Problem("file_too_large", file=file)
            return
        for number, draft in enumerate(reader_for(file)(file)):
            if isinstance(draft, Problem):
                yield draft
                continue
            try:
                yield assemble(draft, file, f"{file}#{number}")
            except Problem as problem:
                yield problem
    except Problem as problem:
        yield problem
    except OSError as error:
        yield Problem("unreadable_file", file=file, reason=error.strerror or str(error))
