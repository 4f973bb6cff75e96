"""Several articles set right at once, with what undoes it (`index.removal` takes several out)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Article
from index.edits import check_values
from index.store import Index
from index.stored_again import articles_there, store_files_again
from index.sync import read_file_again, writing


@dataclass(frozen=True)
class Before:
    """A field before an edit: its value, where that was read, and the correction there was, if any.

    `became` is what the edit made of it, and `digest` that of the file as it was then.
    """

    value: str
    origin: str | None
    correction: str | None
    became: str
    digest: str


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
    check_values(values)
    with writing(index):
        known = index.catalogue.corrections()
        undo: Undo = {}
        changed = []
        for article in articles_there(index, article_ids):
            fields = {name: value for name, value in values.items() if getattr(article, name) != value}
            if fields:
                of_article, digest = known.get(article.id, {}), _digest(index, article)
                undo[article.id] = {
                    name: Before(
                        getattr(article, name),
                        article.origins.get(name),
                        of_article.get(name),
                        value,
                        digest,
                    )
                    for name, value in fields.items()
                }
                index.catalogue.correct(article.id, fields)
                changed.append(article.file)
        store_files_again(index, changed)
    return undo


def undo_edits(index: Index, undo: Undo) -> list[str]:
    """Put back what an edit changed, except where somebody set it to something else, or reset it, since.

    A collection stays set by hand, to what it was: who may see an article is never left to a later reading.

    Returns:
        The ids of the articles of which all was put back.

    Raises:
        Problem: `index_busy`.
    """
    with writing(index):
        corrections = index.catalogue.corrections()
        there = articles_there(index, undo)
        still = {
            article.id: {
                name: before
                for name, before in undo[article.id].items()
                if corrections.get(article.id, {}).get(name) == before.became
            }
            for article in there
        }
        for id_, fields in still.items():
            _put_back(index, id_, fields)
        read_since = {
            article.file
            for article in there
            if any(before.digest != _digest(index, article) for before in still[article.id].values())
            and Path(article.file).is_file()
        }
        for file in sorted(read_since):
            # What was read from it before the edit is not what it holds now.
            read_file_again(index, file)
        others = {article.file for article in there if still[article.id]} - read_since
        store_files_again(index, others, lambda article: _as_before(article, still.get(article.id, {})))
    return [id_ for id_, fields in still.items() if len(fields) == len(undo[id_])]


def _digest(index: Index, article: Article) -> str:
    record = index.catalogue.file(article.file)
    return record.digest if record is not None else ""


def _put_back(index: Index, article_id: str, fields: Mapping[str, Before]) -> None:
    """Make the corrections of an article those that there were before."""
    kept = {
        name: before.value if before.correction is None else before.correction
        for name, before in fields.items()
        if before.correction is not None or name == "collection"
    }
    index.catalogue.forget_corrections(article_id, [name for name in fields if name not in kept])
    if kept:
        index.catalogue.correct(article_id, kept)


def _as_before(article: Article, fields: Mapping[str, Before]) -> Article:
    """The article with what was read from its file in some fields."""
    origins = {name: origin for name, origin in article.origins.items() if name not in fields}
    origins |= {name: before.origin for name, before in fields.items() if before.origin is not None}
    values = {name: before.value for name, before in fields.items()}
    return article.model_copy(update={**values, "origins": origins})
