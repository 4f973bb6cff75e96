"""What people set right by hand about an article."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select

from index.catalogue.database import CatalogueDatabase
from index.catalogue.tables import articles, corrections
from index.catalogue.visibility import set_collection
from index.state.statements import put

REMOVED = "removed"
"""The correction that keeps an article out; its value is the article's file."""
_ALL = select(corrections.c.article_id, corrections.c.field, corrections.c.value)


class CorrectionTable(CatalogueDatabase):
    """Corrections outlive every reading of the file."""

    def correct(self, article_id: str, values: dict[str, str]) -> None:
        """Remember what a person set right; the next ingest applies it again. A collection holds at once."""
        with self.transaction() as connection:
            rows = [
                {"article_id": article_id, "field": name, "value": value} for name, value in values.items()
            ]
            put(connection, corrections, rows)
            if "collection" in values:
                change = set_collection("correction", values["collection"])
                connection.execute(change.where(articles.c.id == article_id))

    def forget_corrections(self, article_id: str, fields: Iterable[str]) -> None:
        """Go back to what was read from the file in these fields, from the next reading on."""
        of_article, of_fields = corrections.c.article_id == article_id, corrections.c.field.in_(list(fields))
        with self.transaction() as connection:
            connection.execute(delete(corrections).where(of_article, of_fields))

    def corrections(self) -> dict[str, dict[str, str]]:
        """What people set right, by article and field."""
        found: dict[str, dict[str, str]] = {}
        for article_id, name, value in self.rows(_ALL):
            found.setdefault(article_id, {})[name] = value
        return found

    def removed_of_file(self, path: str) -> list[str]:
        """Ids of the articles of a file that were taken out by hand."""
        ids = select(corrections.c.article_id)
        rows = self.rows(ids.where(corrections.c.field == REMOVED, corrections.c.value == path))
        return [row[0] for row in rows]
