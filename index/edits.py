"""What a person changes in the index by hand: corrections, removal and its undoing, reading again."""

from __future__ import annotations

from pathlib import Path

from corpus.partial_date import is_partial_date
from corpus.problem import Problem
from index.embedding import info_of
from index.hit import ArticleInfo
from index.store import Index
from index.sync import REMOVED, read_file_again, remove_file, writing

CORRECTABLE = ("title", "date", "source", "region", "url", "issuer", "number", "kind", "collection")


def is_file_of_removed(index: Index, file: Path) -> bool:
    """Whether an article of this file was taken out by `remove_article`."""
    path = str(file.resolve())
    return any(values.get(REMOVED) == path for values in index.catalogue.corrections().values())


def correct_article(
    index: Index, article_id: str, values: dict[str, str], *, keeps_collection: bool = False
) -> ArticleInfo:
    """Set fields of an article right, now and in every later ingest; an empty `values` undoes it all.

    With `keeps_collection` the collection, which says who may see the article, is not among what is undone.

    Raises:
        Problem: `no_such_article`, `no_such_field`, `not_a_date`, `index_busy`.
    """
    article = index.catalogue.article(article_id)
    if article is None:
        raise Problem("no_such_article", article=article_id)
    for name, value in values.items():
        if name not in CORRECTABLE:
            raise Problem("no_such_field", field=name, known=", ".join(CORRECTABLE))
        if name == "date" and value and not is_partial_date(value):
            raise Problem("not_a_date", value=value)
    with writing(index):
        if values:
            index.catalogue.correct(article_id, values)
        else:
            kept = {"collection"} if keeps_collection else set()
            index.catalogue.forget_corrections(article_id, set(CORRECTABLE) - kept)
        if set(values) != {"collection"}:
            # Title and date go into what is embedded and into the passages' years.
            read_file_again(index, article.file)
    return info_of(index.catalogue.article(article_id) or article)


def remove_article(index: Index, article_id: str) -> None:
    """Take an article out and keep it out, also when its file is ingested again; the file stays as it is.

    Raises:
        Problem: `no_such_article`, `index_busy`.
    """
    article = index.catalogue.article(article_id)
    if article is None:
        raise Problem("no_such_article", article=article_id)
    with writing(index):
        index.catalogue.correct(article_id, {REMOVED: article.file})
        read_file_again(index, article.file)


def restore_article(index: Index, article_id: str) -> None:
    """Bring a removed article back.

    Raises:
        Problem: `no_such_article` when none of that id was removed, `index_busy`.
    """
    file = index.catalogue.corrections().get(article_id, {}).get(REMOVED)
    if file is None:
        raise Problem("no_such_article", article=article_id)
    with writing(index):
        index.catalogue.forget_corrections(article_id, [REMOVED])
        read_file_again(index, file)


def read_article_again(index: Index, article_id: str) -> None:
    """Read an article's file again, as if it had changed; corrections stay.

    Raises:
        Problem: `no_such_article`, `no_such_path` when the file is gone, `index_busy`.
    """
    article = index.catalogue.article(article_id)
    if article is None:
        raise Problem("no_such_article", article=article_id)
    if not Path(article.file).is_file():
        raise Problem("no_such_path", file=article.file)
    with writing(index):
        read_file_again(index, article.file)


def forget_file(index: Index, file: Path) -> None:
    """Take a file and its articles out of the index; the file stays as it is.

    Raises:
        Problem: `index_busy`.
    """
    with writing(index):
        remove_file(index, str(file.resolve()))
