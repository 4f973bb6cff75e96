"""A page of the library's table: which articles, and in what order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select

from index.catalogue.tables import arrivals, articles, passages
from index.state import statements
from index.state.columns import TEXT
from index.state.statements import is_like


def _count_of(article: Any) -> ColumnElement[int]:
    counted = select(func.count()).select_from(passages).where(passages.c.article_id == article.id)
    return counted.scalar_subquery()


ORDERS: dict[str, Callable[[Any], ColumnElement[Any]]] = {
    "title": lambda article: article.title,
    "date": lambda article: article.date,
    "source": lambda article: article.source,
    "region": lambda article: article.region,
    "passages": _count_of,
    "file": lambda article: statements.file_name(article.file),
}
"""What the table can be sorted by, of an article's columns."""
_COLUMNS = ("id", "title", "date", "source", "region", "file")


@dataclass(frozen=True)
class ArticleRow:
    """An article as the table shows it; `passages` counts them."""

    id: str
    title: str
    date: str
    source: str
    region: str
    file: str
    passages: int

    @property
    def file_name(self) -> str:
        """The file without its folders."""
        return file_name(self.file)


@dataclass(frozen=True)
class Listing:
    """What the table shows: the words of `text` must all occur in title, source, region, date or file name.

    `order` is a key of `ORDERS`; `article_id` keeps a single article, `since` those that first came after that moment.
    """

    text: str = ""
    order: str = "date"
    descending: bool = True
    offset: int = 0
    limit: int = 20
    article_id: str = ""
    since: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """What an article must meet."""
        article = articles.c
        searched = (article.title, article.source, article.region, article.date)
        conditions: list[ColumnElement[bool]] = []
        for word in self.text.split():
            pattern = literal(f"%{_escaped(word)}%", TEXT)
            name = statements.file_name(article.file)
            conditions.append(or_(*(is_like(text, pattern) for text in (*searched, name))))
        if self.article_id:
            conditions.append(article.id == self.article_id)
        if self.since:
            conditions.append(arrived_after(article.id, self.since))
        return conditions

    def page(self, conditions: list[ColumnElement[bool]]) -> Select[Any]:
        """The page's rows; passages are counted for these only, unless they are what is sorted by.

        Raises:
            KeyError: for an order that is none of `ORDERS`.
        """
        columns = (articles.c[name] for name in _COLUMNS)
        few = select(*columns).where(*conditions).order_by(*self._order(articles.c))
        page = few.limit(self.limit).offset(self.offset).subquery("page")
        return select(page, _count_of(page.c)).order_by(*self._order(page.c))

    def _order(self, article: Any) -> list[ColumnElement[Any]]:
        chosen = ORDERS[self.order](article)
        first = chosen.desc() if self.descending else chosen.asc()
        return [first, article.date.desc(), article.title, article.id]


def arrived_after(article_id: ColumnElement[str], moment: str) -> ColumnElement[bool]:
    """That an article first came after a moment (ISO 8601, UTC)."""
    return article_id.in_(select(arrivals.c.article_id).where(arrivals.c.at > moment))


def file_name(path: str) -> str:
    """The last part of a path."""
    return PurePath(path).name


def _escaped(word: str) -> str:
    for sign in "\\%_":
        word = word.replace(sign, "\\" + sign)
    return word
