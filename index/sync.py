"""Keeping the index true to its files: adds what is new, replaces what changed, removes what is gone.

A file is stored in three steps: its passages are added to the store, the catalogue changes in one transaction,
and vectors that nothing names any more are removed. The catalogue decides: whatever step a stop falls on,
the next ingest removes vectors the catalogue does not know and makes those that are missing from its texts.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from chromadb.errors import ChromaError

from corpus.load import find_files, is_text, read_articles, read_files
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.amendments import TELLING_WORDS, links_of_changes
from index.duplicates import find_links, signature
from index.file_at_rest import digest_of, read_at_rest, state_of
from index.file_changes import ChangedFile, FileChanges, nameless
from index.file_store import Check, IngestReport, failed, store_file
from index.folder_lock import HOLDER_NAME, note_holder, take_folder
from index.given_collections import give
from index.keyword_search import WORDS_AT_ONCE
from index.mend import mend
from index.renewal import is_due, renew
from index.store import Index
from index.vector_damage import damaged, is_damage

__all__ = ["Check", "IngestReport", "ingest", "writing"]
Progress = Callable[[int, int, str], None]
"""Called with characters done, characters in all, and the name of the file at hand."""

_log = logging.getLogger(__name__)


def ingest(
    index: Index,
    paths: Iterable[Path],
    progress: Progress | None = None,
    collection: str | None = None,
    check: Check | None = None,
    leave: Callable[[Path], bool] | None = None,
) -> IngestReport:
    """Bring the index in step with the files under `paths`; other files in it stay as they are.

    Where a `collection` is given, all articles under `paths` belong to it, now and in later ingests, also of files
    that are not there yet; an empty one takes back what was given. A file with an article that `check` refuses, as
    the file itself tells of it, is left out whole. Files that `leave` names are passed over as if they were not there yet;
    it is asked once nobody else writes to the index.

    An index that was made with another splitter or model is made anew from its own texts first.

    Ctrl-C ends it after the file at hand; `report.left` then names the files not reached.

    Raises:
        Problem: `index_busy` when another ingest holds the folder, `no_such_path` for a wrong path.
    """
    paths = list(paths)
    named = [path for path in paths if is_text(path.resolve())]
    with writing(index, renews=True) as was_killed:
        if collection is not None:
            # Before anything is read: nothing of it is ever seen by everybody.
            give(index.catalogue, named, collection)
        progress = progress or (lambda done, total, name: None)
        report = _ingest(index, named, progress, check, leave, was_killed=was_killed)
    report.problems[:0] = [nameless(path) for path in paths if path not in named]
    return report


@contextmanager
def writing(index: Index, *, renews: bool = False) -> Iterator[bool]:
    """Hold the index for writing; others that want to write are told who holds it.

    Gives whether the one who held it before was killed. Who does not renew the index (`renews`) may not add to one
    that is to be made anew: passages of two kinds would be mixed.

    Raises:
        Problem: `index_busy`, naming process and time; `index_to_renew`; `index_not_writable` when the disk is full,
            say.
    """
    with index.catalogue.alone():
        yield from _writing(index, renews=renews)


def _writing(index: Index, *, renews: bool) -> Iterator[bool]:
    lock = take_folder(index.folder)
    holder = index.folder / HOLDER_NAME
    try:
        was_killed = holder.exists()
        note_holder(index.folder)
        # On top of what another process has stored, not in its place.
        index.follow(at_once=True)
        if not renews and is_due(index, thoroughly=False):
            raise Problem("index_to_renew", folder=index.folder)
        yield was_killed
        index.passages.catch_up()
    except (OSError, sqlite3.OperationalError, ChromaError) as error:
        if isinstance(error, ChromaError) and is_damage(error):
            raise damaged(index.folder / "chroma", error) from error
        raise Problem("index_not_writable", folder=index.folder, **reason_and_detail(error)) from error
    finally:
        with suppress(OSError, sqlite3.Error, Problem):
            index.passages.catch_up()
        # A server that went away in the meantime must not keep the folder locked.
        with suppress(OSError, sqlite3.OperationalError, Problem):
            # The last change is one of the catalogue, so that other processes look again.
            index.catalogue.set_meta("stored_at", datetime.now().isoformat())
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _ingest(
    index: Index,
    paths: list[Path],
    progress: Progress,
    check: Check | None,
    leave: Callable[[Path], bool] | None,
    *,
    was_killed: bool,
) -> IngestReport:
    report = IngestReport()
    files = _files_under(paths, index, report)
    if leave is not None:
        files = {file: None for file in files if not leave(file)}
    if not _renewed(index, progress):
        report.left = list(files)
        return report
    mend(index, thoroughly=was_killed)
    changes = FileChanges(index.catalogue, paths, files)
    changed = list(changes.changed(report))
    for name in changes.gone:
        remove_file(index, name)
        report.removed += 1
    if changed and not _renewed(index, progress, thoroughly=True):
        report.left = [each.file for each in changed]
        return report
    if changed:
        # A model that cannot be loaded is no fault of any file.
        _ = index.embedder
    _store(index, changed, report, progress, check)
    report.problems += link_articles(index)
    report.articles, report.passages = index.catalogue.counts()
    return report


def _files_under(paths: list[Path], index: Index, report: IngestReport) -> dict[Path, None]:
    """The files to be looked at, each once; what is wrong with a path is a problem of the report."""
    files: dict[Path, None] = {}
    for path in paths:
        try:
            files.update(dict.fromkeys(find_files([path], report.problems)))
            report.problems = [problem for problem in report.problems if not _is_of_index(problem, index)]
        except Problem as problem:
            report.problems.append(problem)
    return files


def _store(
    index: Index, changed: list[ChangedFile], report: IngestReport, progress: Progress, check: Check | None
) -> None:
    """Read the changed files and store what they hold; Ctrl-C leaves the file at hand and those after it."""
    total, done = sum(each.size for each in changed), 0
    contents = read_files((each.file, each.key) for each in changed)
    for number, each in enumerate(changed):
        progress(done, total, each.file.name)
        try:
            share_done = partial(_part_done, progress, done, each.size, total, each.file.name)
            found, digest = next(contents), each.digest
            if state_of(each.file) != each.state:
                found, digest = read_at_rest(each.file, each.key)
            store_file(index, each.file, digest, each.key, report, share_done, found, check=check)
        except KeyboardInterrupt:
            report.left = [left.file for left in changed[number:]]
            break
        index.passages.catch_up(at_least=WORDS_AT_ONCE)
        done += each.size
        if each.record is not None:
            report.replaced += 1
        else:
            report.added += 1
    progress(done, total, "")


def _renewed(index: Index, progress: Progress, *, thoroughly: bool = False) -> bool:
    """Make the index anew where that is due; tells whether it is as it should be, which it is not after Ctrl-C."""
    if not is_due(index, thoroughly=thoroughly):
        return True
    try:
        renew(index, progress)
    except KeyboardInterrupt:
        return False
    return True


def _part_done(progress: Progress, done: int, size: int, total: int, name: str, share: float) -> None:
    progress(done + int(share * size), total, name)


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
                problems.append(failed(Path(article.file), error))
                new[id_] = None
    infos = catalogue.articles()
    links = find_links(
        catalogue.signatures() | {id_: data for id_, data in new.items() if data},
        {info.id: info.title for info in infos},
        {info.id: info.date for info in infos},
    )
    known = {(link.older, link.newer) for link in links}
    changes = links_of_changes(catalogue.texts_with(TELLING_WORDS), infos)
    links += [link for link in changes if (link.older, link.newer) not in known]
    catalogue.store_links(new, links)
    return problems


def read_file_again(index: Index, file: str) -> None:
    """Read a file as if it had changed; `writing` must hold."""
    record = index.catalogue.files().get(file)
    if record is not None and Path(file).is_file():
        report = IngestReport()
        path = Path(file)
        digest, contents = digest_of(path), list(read_articles(path, key=record.key))
        store_file(index, path, digest, record.key, report, lambda share: None, contents, again=True)
        link_articles(index)


def remove_file(index: Index, file: str) -> None:
    """Take what the index holds of a file out; `writing` must hold."""
    ids = index.catalogue.passage_ids_of_file(file)
    index.catalogue.remove_file(file)
    index.stores.remove(set(ids))


def _is_of_index(problem: Problem, index: Index) -> bool:
    """Whether a problem is about a file of the index itself, which may lie in a folder that is read."""
    return index.folder.resolve() in Path(str(problem.fields.get("file", ""))).parents
