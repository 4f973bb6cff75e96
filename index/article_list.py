"""A page of the library's table: which articles, in what order, as SQL over the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

_PASSAGES = "(SELECT count(*) FROM passages p WHERE p.article_id = a.id)"
ORDERS = {
    "title": "a.title",
    "date": "a.date",
    "source": "a.source",
    "region": "a.region",
    "passages": _PASSAGES,
    "file": "file_name(a.file)",
}
"""What the table can be sorted by, as SQL; `file_name` is the function below."""

ARRIVED = "{} IN (SELECT article_id FROM arrivals WHERE at > ?)"
"""SQL for an article's id that first came after a moment."""
_SEARCHED = ("a.title", "a.source", "a.region", "a.date", "file_name(a.file)")
_COLUMNS = "a.id, a.title, a.date, a.source, a.region, a.file"


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

    def condition(self) -> tuple[str, list[object]]:
        """The words as conditions on `articles a`, to be put after WHERE 1."""
        clauses: list[str] = []
        parameters: list[object] = []
        for word in self.text.split():
            clauses.append("AND (" + " OR ".join(f"{column} LIKE ? ESCAPE '!'" for column in _SEARCHED) + ")")
            parameters += [f"%{_escaped(word)}%"] * len(_SEARCHED)
        if self.article_id:
            clauses.append("AND a.id = ?")
            parameters.append(self.article_id)
        if self.since:
            clauses.append(f"AND {ARRIVED.format('a.id')}")
            parameters.append(self.since)
        return " ".join(clauses), parameters

    def page_sql(self, where: str) -> str:
        """The page's rows; passages are counted for these only, unless they are what is sorted by.

        Raises:
            KeyError: for an order that is none of `ORDERS`.
        """
        direction = "DESC" if self.descending else "ASC"
        order = f"ORDER BY {ORDERS[self.order]} {direction}, a.date DESC, a.title, a.id"
        page = f"SELECT {_COLUMNS} FROM articles a {where} {order} LIMIT ? OFFSET ?"
        return f"SELECT {_COLUMNS}, {_PASSAGES} FROM ({page}) a {order}"


def file_name(path: str) -> str:
    """The last part of a path."""
    return PurePath(path).name


def _escaped(word: str) -> str:
    for sign in "!%_":
        word = word.replace(sign, "!" + sign)
    return word
