"""Articles: one with its text, and lists of those that may be seen."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

from pydantic import TypeAdapter

from corpus.model import Article, Layout, Section
from index.article_list import ARRIVED, ArticleRow, Listing
from index.catalogue.visibility import Visibility
from index.filter_sql import filter_condition
from index.hit import ArticleInfo
from index.query import Filters

KIND = "json_extract(info, '$.kind')"
_SECTIONS = TypeAdapter(list[Section])


class ArticleTables(Visibility):
    """Articles with what is known of them, and how they were printed."""

    def articles(self, collections: list[str] | None = None) -> list[ArticleInfo]:
        """Every article that may be seen (`Filters.collections`) without its text, newest first."""
        seen, names = self._seen("id", collections)
        rows = self._rows(f"SELECT info FROM articles WHERE {seen} ORDER BY date DESC, title", names)
        return [ArticleInfo.model_validate_json(row[0]) for row in rows]

    def find_articles(
        self, filters: Filters, text: str = "", *, article_id: str = "", offset: int = 0, most: int = -1
    ) -> tuple[list[ArticleInfo], int]:
        """Articles within `filters` whose title or document number holds `text`, newest first, and how many there are.

        `most` of them from `offset` on, all where it is negative; `article_id` keeps only the one with that id.
        """
        condition, parameters = filter_condition(filters)
        seen, names = self._seen("a.id", filters.collections)
        where = (
            "FROM articles a WHERE (? = '' OR a.id = ?) AND (? = '' OR instr(lower(a.title), lower(?)) "
            f"OR instr(lower(json_extract(a.info, '$.number')), lower(?))) {condition} AND {seen}"
        )
        values = [article_id, article_id, text, text, text, *parameters, *names]
        rows = self._rows(
            f"SELECT a.info {where} ORDER BY a.date DESC, a.title, a.id LIMIT ? OFFSET ?",
            [*values, most, offset],
        )
        total = self._rows(f"SELECT count(*) {where}", values)[0][0]
        return [ArticleInfo.model_validate_json(row[0]) for row in rows], total

    def list_articles(self, listing: Listing, filters: Filters) -> tuple[list[ArticleRow], int]:
        """A page of the articles that meet the filters and the listing's words, and how many there are in all."""
        condition, parameters = filter_condition(filters)
        words_condition, words_parameters = listing.condition()
        seen, names = self._seen("a.id", filters.collections)
        where = f"WHERE {seen} {condition} {words_condition}"
        parameters = [*names, *parameters, *words_parameters]
        total = self._rows(f"SELECT count(*) FROM articles a {where}", parameters)[0][0]
        rows = self._rows(listing.page_sql(where), [*parameters, listing.limit, listing.offset])
        return [ArticleRow(*row) for row in rows], total

    def article(self, article_id: str) -> Article | None:
        """An article with its text, or None."""
        rows = self._rows("SELECT info, sections, text FROM articles WHERE id = ?", [article_id])
        if not rows:
            return None
        info, sections, text = rows[0]
        return Article(**json.loads(info), sections=_SECTIONS.validate_json(sections), text=text)

    def text_lengths(self, article_ids: Iterable[str]) -> dict[str, int]:
        """How many characters some articles have, by their ids; unknown ids are left out."""
        ids = list(article_ids)
        marks = ", ".join("?" * len(ids))
        rows = self._rows(f"SELECT id, length(text) FROM articles WHERE id IN ({marks})", ids)
        return dict(rows)

    def counts_of_file(self, path: str, collections: list[str] | None = None) -> tuple[int, int]:
        """How many articles came from a file, and how many of them may be seen (`Filters.collections`)."""
        seen, names = self._seen("id", collections)
        rows = self._rows(
            f"SELECT count(*), coalesce(sum({seen}), 0) FROM articles WHERE file = ?", [*names, path]
        )
        return rows[0][0], rows[0][1]

    def arrived(self, since: str, collections: list[str] | None = None) -> int:
        """How many articles that may be seen (`Filters.collections`) first came after a moment (ISO 8601, UTC)."""
        seen, names = self._seen("id", collections)
        sql = f"SELECT count(*) FROM articles WHERE {ARRIVED.format('id')} AND {seen}"
        return self._rows(sql, [since, *names])[0][0]

    def layout(self, article_id: str) -> Layout:
        """How an article was printed: tables and places on pages; empty where nothing is known of it."""
        rows = self._rows("SELECT data FROM article_layouts WHERE article_id = ?", [article_id])
        return Layout.model_validate_json(rows[0][0]) if rows else Layout()

    def values_of(self, column: str, collections: list[str] | None = None) -> list[str]:
        """The distinct sources, regions, years or kinds of the articles that may be seen (`Filters.collections`)."""
        expressions = {"source": "source", "region": "region", "year": "substr(date, 1, 4)", "kind": KIND}
        if column not in expressions:
            raise ValueError(f"no list of {column!r}")
        value = expressions[column]
        seen, names = self._seen("id", collections)
        sql = f"SELECT DISTINCT {value} FROM articles WHERE {value} <> '' AND {seen} ORDER BY 1"
        return [row[0] for row in self._rows(sql, names)]

    def texts_with(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Ids and texts of the articles whose text holds one of some words."""
        words = list(words)
        condition = " OR ".join(["instr(text, ?)"] * len(words))
        yield from self._rows(f"SELECT id, text FROM articles WHERE {condition}", words)


def insert_articles(connection: sqlite3.Connection, file: str, articles: list[Article]) -> None:
    """Add the articles of a file, and how those were printed of which that is known."""
    connection.executemany(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                a.id,
                file,
                a.title,
                a.date,
                a.source,
                a.region,
                a.model_dump_json(exclude={"text", "sections"}),
                _SECTIONS.dump_json(a.sections).decode(),
                a.text,
            )
            for a in articles
        ],
    )
    connection.executemany(
        "INSERT INTO article_layouts VALUES (?, ?)",
        [
            (a.id, a.layout.model_dump_json(exclude_defaults=True))
            for a in articles
            if a.layout.tables or a.layout.places
        ],
    )
