"""Several articles set right or taken out at once, with what undoes it.

The articles are stored anew from their texts in the catalogue: no file is read, which may be gone, or a scan that takes long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.file_contents import READING
from corpus.model import Article
from corpus.partial_date import is_partial_date
from corpus.problem import Problem
from index.edits import CORRECTABLE
from index.file_store import IngestReport, store_file
from index.store import Index
from index.sync import REMOVED, link_articles, read_file_again, writing


@dataclass(frozen=True)
class Before:
    """A field before an edit: its value, where that was read, and the correction there was, if any."""

    value: str
    origin: str | None
    correction: str | None


Undo = dict[str, dict[str, Before]]
"""By article and field what was there before."""


def edit_articles(index: Index, article_ids: Iterable[str], values: Mapping[str, str]) -> Undo:
    """Set the same fields of several articles right, now and in every later ingest.

    Args:
        index: The index.
        article_ids: Those that are not there, or hold these values already, are left out.
        values: Fields of `CORRECTABLE` and what they become.

    Returns:
        What `undo_edits` takes, of the articles that were changed.

    Raises:
        Problem: `no_such_field`, `not_a_date`, `index_busy`.
    """
    for name, value in values.items():
        if name not in CORRECTABLE:
            raise Problem("no_such_field", field=name, known=", ".join(CORRECTABLE))
        if name == "date" and value and not is_partial_date(value):
            raise Problem("not_a_date", value=value)
    with writing(index):
        known = index.catalogue.corrections()
        undo: Undo = {}
        for article in _found(index, article_ids):
            fields = {name: value for name, value in values.items() if getattr(article, name) != value}
            if fields:
                of_article = known.get(article.id, {})
                undo[article.id] = {
                    name: Before(getattr(article, name), article.origins.get(name), of_article.get(name))
                    for name in fields
                }
                index.catalogue.correct(article.id, fields)
        _store_again(index, undo, lambda article: article)
    return undo


def undo_edits(index: Index, undo: Undo) -> list[str]:
    """Put back what an edit changed; the ids of the articles that are still there.

    A collection stays set by hand, to what it was: who may see an article is never left to a later reading.

    Raises:
        Problem: `index_busy`.
    """
    with writing(index):
        there = [article.id for article in _found(index, undo)]
        for id_ in there:
            kept = {
                name: before.value if before.correction is None else before.correction
                for name, before in undo[id_].items()
                if before.correction is not None or name == "collection"
            }
            index.catalogue.forget_corrections(id_, [name for name in undo[id_] if name not in kept])
            if kept:
                index.catalogue.correct(id_, kept)
        _store_again(index, there, lambda article: _as_before(article, undo.get(article.id, {})))
    return there


def remove_articles(index: Index, article_ids: Iterable[str]) -> list[str]:
    """Take several articles out and keep them out (`index.edits.remove_article`); the ids of those that were there.

    Raises:
        Problem: `index_busy`.
    """
    with writing(index):
        removed = _found(index, article_ids)
        for article in removed:
            index.catalogue.correct(article.id, {REMOVED: article.file})
        _store_files(index, {article.file for article in removed}, lambda article: article)
    return [article.id for article in removed]


def restore_articles(index: Index, article_ids: Iterable[str]) -> list[str]:
    """Bring removed articles back from their files; the ids of those that are there now.

    One whose file is gone stays among the removed, to be brought back when that is there again.

    Raises:
        Problem: `index_busy`.
    """
    ids = list(article_ids)
    with writing(index):
        corrections = index.catalogue.corrections()
        files = {id_: corrections.get(id_, {}).get(REMOVED, "") for id_ in ids}
        files = {id_: file for id_, file in files.items() if file and Path(file).is_file()}
        for id_ in files:
            index.catalogue.forget_corrections(id_, [REMOVED])
        for file in dict.fromkeys(files.values()):
            read_file_again(index, file)
    return [article.id for article in _found(index, files)]


def _found(index: Index, article_ids: Iterable[str]) -> list[Article]:
    articles = (index.catalogue.article(id_) for id_ in dict.fromkeys(article_ids))
    return [article for article in articles if article is not None]


def _as_before(article: Article, fields: Mapping[str, Before]) -> Article:
    """The article with what was read from its file in some fields."""
    origins = {name: origin for name, origin in article.origins.items() if name not in fields}
    origins |= {name: before.origin for name, before in fields.items() if before.origin is not None}
    values = {name: before.value for name, before in fields.items()}
    return article.model_copy(update={**values, "origins": origins})


def _store_again(index: Index, article_ids: Iterable[str], change: Callable[[Article], Article]) -> None:
    _store_files(index, {article.file for article in _found(index, article_ids)}, change)


def _store_files(index: Index, files: Iterable[str], change: Callable[[Article], Article]) -> None:
    """Store the articles of some files anew, as corrections have them; `writing` must hold."""
    for file in sorted(files):
        record = index.catalogue.file(file)
        if record is None:
            continue
        if record.reading != READING and Path(file).is_file():
            # An earlier version read it, which must not count as read now.
            read_file_again(index, file)
            continue
        contents: list[Article | Problem] = [
            change(article.model_copy(update={"layout": index.catalogue.layout(article.id)}))
            for article in _found(index, index.catalogue.article_ids_of_file(file))
        ]
        contents += [_problem(each) for each in record.problems]
        store_file(index, Path(file), record.digest, record.key, IngestReport(), lambda share: None, contents)
    link_articles(index)


def _problem(recorded: Mapping[str, object]) -> Problem:
    fields = {name: value for name, value in recorded.items() if name != "code"}
    return Problem(str(recorded["code"]), **fields)
