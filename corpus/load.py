"""From paths to articles: every readable file under them, and what went wrong with the others."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.budget import budget_for, limits_for_splitting
from corpus.file_contents import ARTICLE, CHANGE, PASSAGE
from corpus.file_kinds import is_beside, not_read
from corpus.language.normalize import readable
from corpus.model import Article, Passage
from corpus.problem import Problem
from corpus.readers import READERS
from corpus.reasons import unreadable_file
from corpus.repair import Change
from corpus.sandbox import PROBLEM, Sandbox, Work, problem_of
from corpus.split import Splitter
from corpus.web import address_of

_log = logging.getLogger(__name__)
SAMPLE_CORPUS = Path(__file__).parent / "articles"
_READ_AT_ONCE, _BYTES_AT_ONCE = 64, 1_000_000
_READING, _SPLITTING = "corpus.file_contents:articles_of", "corpus.file_contents:passages_of"
sandbox = Sandbox()


def find_files(paths: Iterable[Path], problems: list[Problem] | None = None) -> Iterator[Path]:
    """Files to read: those named, and in folders every file with a known ending.

    In folders, what is no document (hidden files, lock files of editors and the like, see `corpus.file_kinds`) is left
    out; a file of a kind that is not read is added to `problems`.

    A link in a folder that leads out of it is not followed: whoever may write into the folder could have any file read
    by it. Such links are added to `problems` where a list is given.

    Raises:
        Problem: `no_such_path` for a path that does not exist.
    """
    for path in paths:
        if path.is_file():
            yield path.resolve()
        elif path.is_dir():
            root = path.resolve()
            for file in sorted(root.rglob("*")):
                if not _is_document(file, root):
                    continue
                if file.suffix.lower() not in READERS:
                    if problems is not None:
                        problems.append(not_read(file))
                    continue
                if file.is_symlink() and root not in file.resolve().parents:
                    if problems is not None:
                        problems.append(Problem("link_leaves_folder", file=file))
                    continue
                yield file
        else:
            raise Problem("no_such_path", file=path)


def _is_document(file: Path, root: Path) -> bool:
    """Whether a file of the folder `root` may be a document; no device and no pipe is a file."""
    return not is_beside(file.relative_to(root).as_posix()) and file.is_file()


def is_text(file: Path) -> bool:
    """Whether a file's path can be written down; some systems let any bytes be a name."""
    try:
        str(file).encode()
    except UnicodeEncodeError:
        return False
    return True


def read_articles(
    file: Path, changes: list[Change] | None = None, key: str = ""
) -> Iterator[Article | Problem]:
    """The articles of one file in order, mixed with the problems of those that could not be read.

    What repair changed is added to `changes` when a list is given, before each article. `key` makes the articles' ids;
    it is the file's path unless the file was moved.
    """
    work = _reading(file, key, explain=changes is not None)
    frames = sandbox.do([work])[0] if isinstance(work, Work) else []
    if isinstance(work, Problem):
        yield work
    for name, value in frames:
        if name == CHANGE and changes is not None:
            changes.append(Change(**value))
        elif name != CHANGE:
            yield _found(name, value, file)


def read_files(files: Iterable[tuple[Path, str]]) -> Iterator[list[Article | Problem]]:
    """For each file and key the articles and problems as `read_articles` gives them, small files several at once."""
    batch: list[tuple[Path, Work | Problem]] = []
    size = 0
    for file, key in files:
        batch.append((file, _reading(file, key, explain=False)))
        size += _size(file)
        if len(batch) >= _READ_AT_ONCE or size >= _BYTES_AT_ONCE:
            yield from _read_batch(batch)
            batch, size = [], 0
    yield from _read_batch(batch)


def _tables_named(article: Article) -> dict[str, object]:
    """What cutting needs of an article's layout, which is no part of its dump: where its tables stand and what names them."""
    of_table = {"start", "end", "caption", "unit"}
    return {
        "tables": [{**table.model_dump(include=of_table), "cells": []} for table in article.layout.tables]
    }


def split_articles(splitter: Splitter, articles: list[Article]) -> Iterator[list[Passage]]:
    """The passages of each article, cut within the limits of the sandbox.

    Raises:
        Problem: the first that keeps an article from being cut.
    """
    sizes = splitter.model_dump()
    works = [
        Work(
            _SPLITTING,
            {"article": {**article.model_dump(), "layout": _tables_named(article)}, "splitter": sizes},
            Path(article.file),
            limits_for_splitting(len(article.text)),
        )
        for article in articles
    ]
    for article, frames in zip(articles, sandbox.do(works), strict=True):
        passages = []
        for name, value in frames:
            if name == PROBLEM:
                raise problem_of(value, Path(article.file))
            if name == PASSAGE:
                passages.append(Passage.model_validate(value))
        yield passages


def _reading(file: Path, key: str, *, explain: bool) -> Work | Problem:
    """The work of reading a file, or why it is not to be read."""
    if not is_text(file):
        return Problem("file_name_is_no_text", file=readable(str(file)))
    budget = budget_for(file)
    try:
        size = file.stat().st_size
        address = address_of(file)
    except OSError as error:
        return unreadable_file(file, error)
    if size > budget.largest * 1024 * 1024:
        return Problem("file_too_large", file=file, most=budget.largest)
    arguments = {
        "file": str(file.absolute()),
        "key": key or str(file),
        "address": address,
        "explain": explain,
    }
    return Work(_READING, arguments, file, budget.of_file(size))


def _read_batch(batch: list[tuple[Path, Work | Problem]]) -> Iterator[list[Article | Problem]]:
    done = iter(sandbox.do([work for _, work in batch if isinstance(work, Work)]))
    for file, work in batch:
        if isinstance(work, Problem):
            yield [work]
        else:
            yield [_found(name, value, file) for name, value in next(done) if name != CHANGE]


def _found(name: str, value: dict, file: Path) -> Article | Problem:
    return Article.model_validate(value) if name == ARTICLE else _logged(problem_of(value, file))


def _logged(problem: Problem) -> Problem:
    """The problem; what no message tells of it stands in the log."""
    if "detail" in problem.fields:
        _log.info("%s", problem)
    return problem


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
