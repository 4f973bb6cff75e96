"""One file on its way into the index: its articles as they are known here, cut, embedded and stored.

What goes wrong with a file is a problem of that file; what goes wrong with the disk, the database or a server stops all.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from chromadb.errors import ChromaError, DuplicateIDError, InvalidArgumentError

from corpus.language.normalize import readable
from corpus.load import split_articles
from corpus.model import Article, Passage
from corpus.problem import Problem
from corpus.reasons import file_failed
from index.catalogue import FileRecord
from index.catalogue.corrections import REMOVED
from index.embedding import store_vectors
from index.given_collections import given_to, with_given
from index.store import Index

Check = Callable[[Article], Problem | None]
"""Why an article may not be taken in; None where it may."""

_log = logging.getLogger(__name__)
_EMBED_AT_ONCE = 64


@dataclass
class IngestReport:
    """What an ingest did, in files, and what it could not do."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    moved: int = 0
    articles: int = 0
    passages: int = 0
    left: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def store_file(
    index: Index,
    file: Path,
    digest: str,
    key: str,
    report: IngestReport,
    share_done: Callable[[float], None],
    contents: list[Article | Problem],
    *,
    again: bool = False,
    check: Check | None = None,
) -> None:
    """Cut, embed and store what was read from one file; `again` embeds even passages that are as they were.

    What goes wrong with it is a problem of the report, and the index keeps what it held of the file, unless it is the
    disk, the database or a server that fails.
    """
    problems = [found for found in contents if isinstance(found, Problem)]
    read = [found for found in contents if isinstance(found, Article)]
    refused = [problem for article in read if check is not None and (problem := check(article)) is not None]
    if refused:
        read, problems = [], refused[:1]
    # What is no fault of the file's is tried again, with a newer version of this program say.
    is_to_be_tried_again = any(problem.code == "file_failed" for problem in problems)
    record = FileRecord(str(file), "" if is_to_be_tried_again else digest, [], key)
    old = set(index.catalogue.passage_ids_of_file(str(file)))
    new: list[Passage] = []
    try:
        articles = _as_known(index, file, read)
        passages = _passages_of(index, file, articles)
        kept = set() if again else _in_step(index, articles, passages)
        new = [passage for passage in passages if passage.id not in kept]
        by_id = {article.id: article for article in articles}
        for start in range(0, len(new), _EMBED_AT_ONCE):
            part = new[start : start + _EMBED_AT_ONCE]
            store_vectors(index.embedder, index.stores, part, by_id)
            share_done((start + len(part)) / len(new))
        record.problems = _recorded(problems)
        index.catalogue.replace_file(record, articles, passages)
    except Exception as error:
        if is_of_surroundings(error):
            raise
        _log.exception("a file failed")
        problems.append(error.problem if isinstance(error, _FileFailedError) else failed(file, error))
        record.problems = _recorded(problems)
        index.catalogue.note_failure(record)
        index.stores.remove({passage.id for passage in new} - old)
    else:
        index.stores.remove(old - {passage.id for passage in passages})
    report.problems += problems


class _FileFailedError(Exception):
    """The sandbox tells that a file's article cannot be cut."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def is_of_surroundings(error: Exception) -> bool:
    """Whether an error is the disk's, the database's or a server's: the next file would fare no better."""
    if isinstance(error, Problem | OSError | sqlite3.OperationalError):
        return True
    if isinstance(error, ChromaError):
        return not isinstance(error, InvalidArgumentError | DuplicateIDError)
    # A database that is damaged raises the class itself; what is wrong with a value, one below it.
    return type(error) is sqlite3.DatabaseError


def failed(file: Path, error: Exception) -> Problem:
    """The problem of a file that an error nobody foresaw is."""
    return file_failed(file, error)


def _as_known(index: Index, file: Path, articles: list[Article]) -> list[Article]:
    """The articles as people set them right and gave them to collections; those removed are left out."""
    corrections = index.catalogue.corrections()
    _follow_first(index, articles, corrections)
    given = given_to(str(file), index.catalogue.given_collections(str(file)))
    return [
        corrected(with_given(article, given), corrections.get(article.id, {}))
        for article in articles
        if REMOVED not in corrections.get(article.id, {})
    ]


def _follow_first(index: Index, articles: list[Article], corrections: dict[str, dict[str, str]]) -> None:
    """Let new parts of a file follow its first document out of sight, and into the collection people put it in.

    Until its parts were told apart, all of the file was that document: what was hidden or removed stays so.
    """
    for article in articles:
        of_first = corrections.get(article.part_of, {}) if article.part_of else {}
        inherited = {name: of_first[name] for name in (REMOVED, "collection") if name in of_first}
        if inherited and article.id not in corrections and index.catalogue.article(article.id) is None:
            index.catalogue.correct(article.id, inherited)
            corrections[article.id] = inherited


def _in_step(index: Index, articles: list[Article], passages: list[Passage]) -> set[str]:
    """Ids of the passages whose vectors are as they would be made now: with the same text, times and article."""
    old: dict[str, Passage] = {}
    for article in articles:
        known = index.catalogue.article(article.id)
        if known is not None and _beside_vectors(known) == _beside_vectors(article):
            old.update({passage.id: passage for passage in index.catalogue.passages_of(article.id)})
    return {passage.id for passage in passages if old.get(passage.id) == passage}


def _beside_vectors(article: Article) -> tuple[str, ...]:
    """What is embedded or kept of an article with each of its vectors."""
    return article.title, article.date, article.source, article.region


def _passages_of(index: Index, file: Path, articles: list[Article]) -> list[Passage]:
    try:
        return [passage for passages in split_articles(index.splitter, articles) for passage in passages]
    except Problem as problem:
        raise _FileFailedError(Problem(problem.code, **{**problem.fields, "file": file})) from None


def _recorded(problems: list[Problem]) -> list[dict]:
    return [
        {"code": problem.code, **{name: _plain(value) for name, value in problem.fields.items()}}
        for problem in problems
    ]


def _plain(value: object) -> object:
    return value if isinstance(value, int | float) else readable(str(value))


def corrected(article: Article, values: dict[str, str]) -> Article:
    """The article with what a person set right."""
    if not values:
        return article
    origins = article.origins | dict.fromkeys(values, "correction")
    fields = {**article.model_dump(), **values, "origins": origins, "layout": article.layout}
    return Article.model_validate(fields)
