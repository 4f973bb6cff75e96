"""Passages with their articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from corpus.model import Passage
from index.catalogue.visibility import Visibility
from index.hit import ArticleInfo


class PassageTables(Visibility):
    """Passages, by id and by article."""

    def passages(self, ids: list[str]) -> dict[str, tuple[Passage, ArticleInfo]]:
        """The passages with these ids and their articles; unknown ids are left out."""
        marks = ", ".join("?" * len(ids))
        rows = self._rows(f"SELECT article_id, data FROM passages WHERE id IN ({marks})", ids)
        infos = self._infos({article_id for article_id, _ in rows})
        found = {}
        for article_id, data in rows:
            if article_id in infos:
                passage = Passage.model_validate_json(data)
                found[passage.id] = (passage, infos[article_id])
        return found

    def infos(self, article_ids: Iterable[str]) -> dict[str, ArticleInfo]:
        """What is known of some articles by their ids; unknown ids are left out."""
        return self._infos(set(article_ids))

    def _infos(self, article_ids: set[str]) -> dict[str, ArticleInfo]:
        marks = ", ".join("?" * len(article_ids))
        rows = self._rows(f"SELECT id, info FROM articles WHERE id IN ({marks})", article_ids)
        return {id_: ArticleInfo.model_validate_json(info) for id_, info in rows}

    def passages_of(self, article_id: str) -> list[Passage]:
        """An article's passages in order."""
        rows = self._rows("SELECT data FROM passages WHERE article_id = ? ORDER BY number", [article_id])
        return [Passage.model_validate_json(row[0]) for row in rows]

    def opening_of(self, article_id: str) -> Passage | None:
        """An article's first passage; None where it has none."""
        rows = self._rows(
            "SELECT data FROM passages WHERE article_id = ? ORDER BY number LIMIT 1", [article_id]
        )
        return Passage.model_validate_json(rows[0][0]) if rows else None

    def passages_near(self, passage: Passage, reach: int) -> list[Passage]:
        """The passages of the same article that stand at most `reach` before or after one, in order, with it."""
        rows = self._rows(
            "SELECT p.data FROM passages p, (SELECT number FROM passages WHERE id = ?) AS own "
            "WHERE p.article_id = ? AND p.number BETWEEN own.number - ? AND own.number + ? ORDER BY p.number",
            [passage.id, passage.article_id, reach, reach],
        )
        return [Passage.model_validate_json(row[0]) for row in rows]

    def all_passage_ids(self) -> set[str]:
        """Ids of all passages."""
        return {row[0] for row in self._rows("SELECT id FROM passages")}

    def counts(self, collections: list[str] | None = None) -> tuple[int, int]:
        """How many articles and passages there are, of those that may be seen (`Filters.collections`)."""
        if collections is not None:
            of_articles, names = self._seen("id", collections)
            of_passages, _ = self._seen("article_id", collections)
            counted_rows = self._rows(
                f"SELECT (SELECT count(*) FROM articles WHERE {of_articles}), "
                f"(SELECT count(*) FROM passages WHERE {of_passages})",
                [*names, *names],
            )
            return counted_rows[0][0], counted_rows[0][1]
        with self._lock:
            counted = self._counts()
            if counted.totals is None:
                rows = self._rows("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages)")
                counted.totals = rows[0][0], rows[0][1]
            return counted.totals


def insert_passages(connection: sqlite3.Connection, passages: list[Passage]) -> None:
    """Add passages; their words wait to be stored (`index.keyword_search`)."""
    connection.executemany(
        "INSERT INTO passages (id, article_id, data) VALUES (?, ?, ?)",
        [(passage.id, passage.article_id, passage.model_dump_json()) for passage in passages],
    )
