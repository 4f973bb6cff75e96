"""Keeping the index true to its files: adds what is new, replaces what changed, removes what is gone.

A file is stored in three steps: its vectors are added to Chroma, the catalogue changes in one transaction,
and vectors that nothing names any more are removed. The catalogue decides: whatever step a stop falls on,
the next ingest removes vectors the catalogue does not know and reads again files whose vectors are missing.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from chromadb.errors import ChromaError, DuplicateIDError, InvalidArgumentError

from corpus.clean import readable
from corpus.label import label_of
from corpus.load import find_files, is_text, read_articles, read_files, split_articles
from corpus.model import Article, Passage
from corpus.problem import Problem
from corpus.sentences import sentence_spans
from index.catalogue import FileRecord
from index.duplicates import find_links, signature
from index.embeddings.base import PartEmbedder
from index.folder_lock import HOLDER_NAME, note_holder, take_folder
from index.given_collections import follow_move, give, given_to, is_applied, with_given
from index.hit import ArticleInfo
from index.store import Index

Progress = Callable[[int, int, str], None]
"""Called with characters done, characters in all, and the name of the file at hand."""

_log = logging.getLogger(__name__)
_EMBED_AT_ONCE = 64
REMOVED = "removed"
"""The correction that keeps an article out; its value is the article's file."""


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


def embedding_text(article: Article, passage: Passage) -> str:
    """What is embedded for a passage: its label, which says whose and when, then its text."""
    return label_of(article.title, passage) + "\n" + passage.text


def ingest(
    index: Index, paths: Iterable[Path], progress: Progress | None = None, collection: str | None = None
) -> IngestReport:
    """Bring the index in step with the files under `paths`; other files in it stay as they are.

    Where a `collection` is given, all articles under `paths` belong to it, now and in later ingests, also of files
    that are not there yet; an empty one takes back what was given.

    Ctrl-C ends it after the file at hand; `report.left` then names the files not reached.

    Raises:
        Problem: `index_busy` when another ingest holds the folder, `no_such_path` for a wrong path.
    """
    paths = list(paths)
    named = [path for path in paths if is_text(path.resolve())]
    with writing(index) as was_killed:
        if collection is not None:
            # Before anything is read: nothing of it is ever seen by everybody.
            give(index.catalogue, named, collection)
        report = _ingest(index, named, progress or (lambda done, total, name: None), was_killed=was_killed)
    report.problems[:0] = [_nameless(path) for path in paths if path not in named]
    return report


@contextmanager
def writing(index: Index) -> Iterator[bool]:
    """Hold the index for writing; others that want to write are told who holds it.

    Gives whether the one who held it before was killed.

    Raises:
        Problem: `index_busy`, naming process and time; `index_not_writable` when the disk is full, say.
    """
    lock = take_folder(index.folder)
    holder = index.folder / HOLDER_NAME
    try:
        was_killed = holder.exists()
        note_holder(index.folder)
        yield was_killed
    except (OSError, sqlite3.OperationalError, ChromaError) as error:
        raise Problem("index_not_writable", folder=index.folder, reason=str(error)[:120]) from error
    finally:
        with suppress(OSError, sqlite3.OperationalError):
            # The last change is one of the catalogue, so that other processes look again.
            index.catalogue.set_meta("stored_at", datetime.now().isoformat())
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _ingest(index: Index, paths: list[Path], progress: Progress, *, was_killed: bool) -> IngestReport:
    report = IngestReport()
    files: dict[Path, None] = {}
    for path in paths:
        try:
            files.update(dict.fromkeys(find_files([path], report.problems)))
            report.problems = [problem for problem in report.problems if not _is_of_index(problem, index)]
        except Problem as problem:
            report.problems.append(problem)
    unfinished = mend(index, thoroughly=was_killed)
    known = index.catalogue.files()
    given = index.catalogue.given_collections()
    collected = index.catalogue.collections_by_file() if given else {}
    gone = _files_gone(known, paths, files)
    gone_by_digest = {known[name].digest: name for name in gone}
    changed: list[tuple[Path, str]] = []
    sizes: dict[Path, int] = {}
    for file in files:
        if not is_text(file):
            report.problems.append(_nameless(file))
            continue
        try:
            sizes[file] = file.stat().st_size
            digest = _digest(file)
        except OSError as error:
            report.problems.append(Problem("unreadable_file", file=file, reason=error.strerror or str(error)))
            continue
        record = known.get(str(file))
        moved = record is None and digest in gone_by_digest
        if moved:
            old = gone_by_digest.pop(digest)
            follow_move(index.catalogue, given, old, str(file))
            index.catalogue.move_file(old, str(file))
            gone.remove(old)
            record = known[str(file)] = known.pop(old)
            collected[str(file)] = collected.pop(old, set())
            report.moved += 1
        of_its_collection = is_applied(collected.get(str(file), set()), given_to(str(file), given))
        in_step = record is not None and record.digest == digest and of_its_collection
        if record is not None and in_step and str(file) not in unfinished:
            report.unchanged += not moved
            report.problems += [Problem(**problem) for problem in record.problems]
        else:
            changed.append((file, digest))
    for name in gone:
        remove_file(index, name)
        report.removed += 1
    total, done = sum(sizes[file] for file, _ in changed), 0
    keys = {file: known[str(file)].key if str(file) in known else "" for file, _ in changed}
    contents = read_files(keys.items())
    if changed:
        # A model that cannot be loaded is no fault of any file.
        _ = index.embedder
    for number, (file, digest) in enumerate(changed):
        progress(done, total, file.name)
        try:
            share_done = partial(_part_done, progress, done, sizes[file], total, file.name)
            _store_file(index, file, digest, keys[file], report, share_done, next(contents))
        except KeyboardInterrupt:
            report.left = [file for file, _ in changed[number:]]
            break
        done += sizes[file]
        if str(file) in known:
            report.replaced += 1
        else:
            report.added += 1
    progress(done, total, "")
    report.problems += link_articles(index)
    report.articles, report.passages = index.catalogue.counts()
    return report


def _part_done(progress: Progress, done: int, size: int, total: int, name: str, share: float) -> None:
    progress(done + int(share * size), total, name)


def _nameless(path: Path) -> Problem:
    return Problem("file_name_is_no_text", file=readable(str(path)))


def _store_file(
    index: Index,
    file: Path,
    digest: str,
    key: str,
    report: IngestReport,
    share_done: Callable[[float], None],
    contents: list[Article | Problem],
    *,
    again: bool = False,
) -> None:
    """Cut, embed and store what was read from one file; `again` embeds even passages whose text is the same.

    What goes wrong with it is a problem of the report, and the index keeps what it held of the file, unless it is the
    disk, the database or a server that fails.
    """
    problems = [found for found in contents if isinstance(found, Problem)]
    # What is no fault of the file's is tried again, with a newer version of this program say.
    is_to_be_tried_again = any(problem.code == "file_failed" for problem in problems)
    record = FileRecord(str(file), "" if is_to_be_tried_again else digest, [], key)
    old = set(index.catalogue.passage_ids_of_file(str(file)))
    new: list[Passage] = []
    try:
        articles = _as_known(index, file, [found for found in contents if isinstance(found, Article)])
        passages = _passages_of(index, file, articles)
        new = [passage for passage in passages if again or passage.id not in old]
        by_id = {article.id: article for article in articles}
        infos = {article.id: info_of(article) for article in articles}
        for start in range(0, len(new), _EMBED_AT_ONCE):
            part = new[start : start + _EMBED_AT_ONCE]
            _store_vectors(index, part, by_id, infos)
            share_done((start + len(part)) / len(new))
        record.problems = _recorded(problems)
        index.catalogue.replace_file(record, articles, passages)
    except Exception as error:
        if is_of_surroundings(error):
            raise
        _log.exception("a file failed")
        problems.append(error.problem if isinstance(error, _FileFailedError) else _failed(file, error))
        record.problems = _recorded(problems)
        index.catalogue.note_failure(record)
        _forget(index, {passage.id for passage in new} - old)
    else:
        _forget(index, old - {passage.id for passage in passages})
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


def _failed(file: Path, error: Exception) -> Problem:
    return Problem("file_failed", file=file, reason=type(error).__name__)


def _as_known(index: Index, file: Path, articles: list[Article]) -> list[Article]:
    """The articles as people set them right and gave them to collections; those removed are left out."""
    corrections = index.catalogue.corrections()
    given = given_to(str(file), index.catalogue.given_collections(str(file)))
    return [
        corrected(with_given(article, given), corrections.get(article.id, {}))
        for article in articles
        if REMOVED not in corrections.get(article.id, {})
    ]


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


def _store_vectors(
    index: Index, passages: list[Passage], articles: dict[str, Article], infos: dict[str, ArticleInfo]
) -> None:
    texts = [embedding_text(articles[passage.article_id], passage) for passage in passages]
    if isinstance(index.embedder, PartEmbedder) and index.embedder.embeds_parts:
        spans = []
        for text, passage in zip(texts, passages, strict=True):
            shift = len(text) - len(passage.text)
            spans.append([(start + shift, end + shift) for start, end in sentence_spans(passage.text)])
        vectors, of_sentences = index.embedder.embed_parts(texts, spans)
        index.sentences.add([passage.id for passage in passages], of_sentences)
    else:
        vectors = index.embedder.embed_passages(texts)
    index.vectors.add(passages, infos, vectors)


def _forget(index: Index, ids: set[str]) -> None:
    index.vectors.remove(ids)
    index.sentences.remove(ids)


def _plain(value: object) -> object:
    return value if isinstance(value, int | float) else readable(str(value))


def info_of(article: Article) -> ArticleInfo:
    """An article without its text."""
    return ArticleInfo(**article.model_dump(include=set(ArticleInfo.model_fields)))


def link_articles(index: Index) -> list[Problem]:
    """Compare the articles not compared yet with all others; links of articles that went are gone already.

    An article that cannot be compared is a problem of its file and stands alone.
    """
    catalogue = index.catalogue
    fresh = catalogue.articles_without_signature()
    if not fresh:
        return []
    problems = []
    new: dict[str, bytes | None] = {}
    for id_ in fresh:
        article = catalogue.article(id_)
        if article is not None:
            try:
                new[id_] = signature(article)
            except Exception as error:
                _log.exception("an article cannot be compared")
                problems.append(_failed(Path(article.file), error))
                new[id_] = None
    infos = catalogue.articles()
    links = find_links(
        catalogue.signatures() | {id_: data for id_, data in new.items() if data},
        {info.id: info.title for info in infos},
        {info.id: info.date for info in infos},
    )
    catalogue.store_links(new, links)
    return problems


def corrected(article: Article, values: dict[str, str]) -> Article:
    """The article with what a person set right."""
    if not values:
        return article
    origins = article.origins | dict.fromkeys(values, "correction")
    fields = {**article.model_dump(), **values, "origins": origins, "layout": article.layout}
    return Article.model_validate(fields)


def mend(index: Index, *, thoroughly: bool = False) -> set[str]:
    """Remove vectors the catalogue does not know; returns the files whose vectors are missing.

    `thoroughly` asks for every vector, which finds what a kill in the midst of Chroma's writing left.
    """
    in_catalogue, in_vectors = index.catalogue.all_passage_ids(), index.vectors.ids()
    if thoroughly:
        lost = index.vectors.unreadable(sorted(in_vectors))
        index.vectors.remove(lost)
        in_vectors -= lost
    _forget(index, (in_vectors | index.sentences.ids()) - in_catalogue)
    missing = in_catalogue - in_vectors
    files = (
        {article.file for _, article in index.catalogue.passages(sorted(missing)).values()}
        if missing
        else set()
    )
    for file in files:
        index.catalogue.remove_file(file)
    return files


def read_file_again(index: Index, file: str) -> None:
    """Read a file as if it had changed; `writing` must hold."""
    record = index.catalogue.files().get(file)
    if record is not None and Path(file).is_file():
        report = IngestReport()
        path = Path(file)
        digest, contents = _digest(path), list(read_articles(path, key=record.key))
        _store_file(index, path, digest, record.key, report, lambda share: None, contents, again=True)
        link_articles(index)


def remove_file(index: Index, file: str) -> None:
    """Take what the index holds of a file out; `writing` must hold."""
    ids = index.catalogue.passage_ids_of_file(file)
    index.catalogue.remove_file(file)
    _forget(index, set(ids))


def _is_of_index(problem: Problem, index: Index) -> bool:
    """Whether a problem is about a file of the index itself, which may lie in a folder that is read."""
    return index.folder.resolve() in Path(str(problem.fields.get("file", ""))).parents


def _files_gone(known: dict[str, FileRecord], paths: list[Path], files: dict[Path, None]) -> list[str]:
    """Known files under an ingested folder that are no longer there.

    What is there and not found stays: uploads lie in a hidden folder that may be inside the corpus.
    """
    folders = [path.resolve() for path in paths if path.is_dir()]
    return [
        name
        for name in known
        if Path(name) not in files
        and any(folder in Path(name).parents for folder in folders)
        and not os.path.isfile(name)
    ]


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return (
            hashlib.file_digest(stream, "sha256").hexdigest()
            if hasattr(hashlib, "file_digest")
            else (hashlib.sha256(stream.read()).hexdigest())
        )
