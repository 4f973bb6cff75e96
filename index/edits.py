"""What a person changes in the index by hand: corrections, reading again, forgetting a file (`index.removal` takes out)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.partial_date import is_partial_date
from corpus.problem import Problem
from index.embedding import info_of
from index.hit import ArticleInfo
from index.store import Index
from index.stored_again import store_files_again
from index.sync import read_file_again, remove_file, writing

CORRECTABLE = ("title", "date", "source", "region", "url", "issuer", "number", "kind", "collection")


def check_values(values: Mapping[str, str]) -> None:
    """Check what fields are to become.

    Raises:
        Problem: `no_such_field`, `not_a_date`.
    """
    for name, value in values.items():
        if name not in CORRECTABLE:
            raise Problem("no_such_field", field=name, known=", ".join(CORRECTABLE))
        if name == "date" and value and not is_partial_date(value):
            raise Problem("not_a_date", value=value)


def correct_article(
    index: Index, article_id: str, values: dict[str, str], *, keeps_collection: bool = False
) -> ArticleInfo:
    """Set fields of an article right, now and in every later ingest; an empty `values` undoes it all.

    With `keeps_collection` the collection, which says who may see the article, is not among what is undone.

    Raises:
        Problem: `no_such_article`, `no_such_field`, `not_a_date`, `index_busy`; `no_such_path` when the file is gone
            from which what is undone would be read again.
    """
    article = index.catalogue.article(article_id)
    if article is None:
        raise Problem("no_such_article", article=article_id)
    check_values(values)
    if not values:
        _check_file(article.file)
    with writing(index):
        if values:
            index.catalogue.correct(article_id, values)
            if set(values) != {"collection"}:
                # Title and date go into what is embedded and into the passages' years.
                store_files_again(index, [article.file])
        else:
            kept = {"collection"} if keeps_collection else set()
            index.catalogue.forget_corrections(article_id, set(CORRECTABLE) - kept)
            read_file_again(index, article.file)
    return info_of(index.catalogue.article(article_id) or article)


def read_article_again(index: Index, article_id: str) -> None:
    """Read an article's file again, as if it had changed; corrections stay.

    Raises:
        Problem: `no_such_article`, `no_such_path` when the file is gone, `index_busy`.
    """
    article = index.catalogue.article(article_id)
    if article is None:
        raise Problem("no_such_article", article=article_id)
    _check_file(article.file)
    with writing(index):
        read_file_again(index, article.file)


def forget_file(index: Index, file: Path) -> None:
    """Take a file and its articles out of the index; the file stays as it is.

    Raises:
        Problem: `index_busy`.
    """
    with writing(index):
        remove_file(index, str(file.resolve()))


def _check_file(file: str) -> None:
    if not Path(file).is_file():
        raise Problem("no_such_path", file=file)
