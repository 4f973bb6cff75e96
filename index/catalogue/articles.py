"""Articles: one with its text, and lists of those that may be seen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from string import ascii_lowercase, ascii_uppercase

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, bindparam, case, func, literal, or_, select

from corpus.model import Article, Layout, Section
from index.catalogue.article_list import ArticleRow, Listing, arrived_after
from index.catalogue.filter_conditions import KIND, YEAR, filter_conditions
from index.catalogue.tables import article_layouts, articles
from index.catalogue.visibility import Visibility
from index.hit import ArticleInfo
from index.query import Filters
from index.state.columns import TEXT
from index.state.statements import TEXTS, json_field, one_of, place_in

_SECTIONS = TypeAdapter(list[Section])
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
"""What a database makes of a text by `lower`."""
_NUMBER = json_field(articles.c.info, "number")
_NEW, _NEW_LAYOUT = articles.insert(), article_layouts.insert()
_INFO = select(articles.c.info)
_ARTICLE = select(articles.c.info, articles.c.sections, articles.c.text).where(
    articles.c.id == bindparam("id")
)
_LENGTHS = select(articles.c.id, func.length(articles.c.text)).where(
    one_of(articles.c.id, bindparam("ids", type_=TEXTS))
)
_LAYOUT = select(article_layouts.c.data).where(article_layouts.c.article_id == bindparam("id"))
_VALUES: dict[str, ColumnElement[str]] = {
    "source": articles.c.source,
    "region": articles.c.region,
    "year": YEAR,
    "kind": KIND,
}


class ArticleTables(Visibility):
    """Articles with what is known of them, and how they were printed."""

    def articles(self, collections: list[str] | None = None) -> list[ArticleInfo]:
        """Every article that may be seen (`Filters.collections`) without its text, newest first."""
        seen = self._seen(articles.c.id, collections)
        rows = self.rows(_INFO.where(seen).order_by(articles.c.date.desc(), articles.c.title))
        return [ArticleInfo.model_validate_json(row[0]) for row in rows]

    def find_articles(
        self, filters: Filters, text: str = "", *, article_id: str = "", offset: int = 0, most: int = -1
    ) -> tuple[list[ArticleInfo], int]:
        """Articles within `filters` whose title or document number holds `text`, newest first, and how many there are.

        `most` of them from `offset` on, all where it is negative; `article_id` keeps only the one with that id.
        """
        conditions = [*filter_conditions(filters), self._seen(articles.c.id, filters.collections)]
        if article_id:
            conditions.append(articles.c.id == article_id)
        if text:
            part = literal(text.translate(_SMALL), TEXT)
            named = (place_in(func.lower(each), part) > 0 for each in (articles.c.title, _NUMBER))
            conditions.append(or_(*named))
        order = articles.c.date.desc(), articles.c.title, articles.c.id
        found = _INFO.where(*conditions).order_by(*order).offset(offset or None)
        rows = self.rows(found.limit(most) if most >= 0 else found)
        return [ArticleInfo.model_validate_json(row[0]) for row in rows], self._how_many(conditions)

    def list_articles(self, listing: Listing, filters: Filters) -> tuple[list[ArticleRow], int]:
        """A page of the articles that meet the filters and the listing's words, and how many there are in all."""
        seen = self._seen(articles.c.id, filters.collections)
        conditions = [seen, *filter_conditions(filters), *listing.conditions()]
        rows = self.rows(listing.page(conditions))
        return [ArticleRow(*row) for row in rows], self._how_many(conditions)

    def _how_many(self, conditions: list[ColumnElement[bool]]) -> int:
        return int(self.rows(select(func.count()).select_from(articles).where(*conditions))[0][0])

    def article(self, article_id: str) -> Article | None:
        """An article with its text, or None."""
        rows = self.rows(_ARTICLE, {"id": article_id})
        if not rows:
            return None
        info, sections, text = rows[0]
        return Article(**json.loads(info), sections=_SECTIONS.validate_json(sections), text=text)

    def text_lengths(self, article_ids: Iterable[str]) -> dict[str, int]:
        """How many characters some articles have, by their ids; unknown ids are left out."""
        return dict(self.rows(_LENGTHS, {"ids": list(article_ids)}))

    def counts_of_file(self, path: str, collections: list[str] | None = None) -> tuple[int, int]:
        """How many articles came from a file, and how many of them may be seen (`Filters.collections`)."""
        seen = case((self._seen(articles.c.id, collections), 1), else_=0)
        counted = select(func.count(), func.coalesce(func.sum(seen), 0)).where(articles.c.file == path)
        rows = self.rows(counted)
        return rows[0][0], rows[0][1]

    def arrived(self, since: str, collections: list[str] | None = None) -> int:
        """How many articles that may be seen (`Filters.collections`) first came after a moment (ISO 8601, UTC)."""
        seen = self._seen(articles.c.id, collections)
        return self._how_many([arrived_after(articles.c.id, since), seen])

    def layout(self, article_id: str) -> Layout:
        """How an article was printed: tables and places on pages; empty where nothing is known of it."""
        rows = self.rows(_LAYOUT, {"id": article_id})
        return Layout.model_validate_json(rows[0][0]) if rows else Layout()

    def values_of(self, column: str, collections: list[str] | None = None) -> list[str]:
        """The distinct sources, regions, years or kinds of the articles that may be seen (`Filters.collections`)."""
        if column not in _VALUES:
            raise ValueError(f"no list of {column!r}")
        value = _VALUES[column].label("value")
        seen = self._seen(articles.c.id, collections)
        rows = self.rows(select(value).where(_VALUES[column] != "", seen).distinct().order_by(value))
        return [row[0] for row in rows]

    def texts_with(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Ids and texts of the articles whose text holds one of some words."""
        holds = or_(*(place_in(articles.c.text, literal(word, TEXT)) > 0 for word in words))
        yield from self.rows(select(articles.c.id, articles.c.text).where(holds))


def insert_articles(connection: Connection, file: str, new: list[Article]) -> None:
    """Add the articles of a file, and how those were printed of which that is known."""
    rows = [
        {
            "id": article.id,
            "file": file,
            "title": article.title,
            "date": article.date,
            "source": article.source,
            "region": article.region,
            "info": article.model_dump_json(exclude={"text", "sections"}),
            "sections": _SECTIONS.dump_json(article.sections).decode(),
            "text": article.text,
        }
        for article in new
    ]
    if rows:
        connection.execute(_NEW, rows)
    printed = [
        {"article_id": article.id, "data": article.layout.model_dump_json(exclude_defaults=True)}
        for article in new
        if article.layout.tables or article.layout.places
    ]
    if printed:
        connection.execute(_NEW_LAYOUT, printed)
