"""What people set right by hand about an article."""

from __future__ import annotations

from collections.abc import Iterable

from index.catalogue.database_file import DatabaseFile
from index.catalogue.visibility import set_collection

REMOVED = "removed"
"""The correction that keeps an article out; its value is the article's file."""


class CorrectionTable(DatabaseFile):
    """Corrections outlive every reading of the file."""

    def correct(self, article_id: str, values: dict[str, str]) -> None:
        """Remember what a person set right; the next ingest applies it again. A collection holds at once."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?)",
                [(article_id, field, value) for field, value in values.items()],
            )
            if "collection" in values:
                connection.execute(
                    f"UPDATE articles SET {set_collection('correction')} WHERE id = ?",
                    [values["collection"], article_id],
                )

    def forget_corrections(self, article_id: str, fields: Iterable[str]) -> None:
        """Go back to what was read from the file in these fields, from the next reading on."""
        with self._transaction() as connection:
            connection.executemany(
                "DELETE FROM corrections WHERE article_id = ? AND field = ?",
                [(article_id, field) for field in fields],
            )

    def corrections(self) -> dict[str, dict[str, str]]:
        """What people set right, by article and field."""
        found: dict[str, dict[str, str]] = {}
        for article_id, name, value in self._rows("SELECT article_id, field, value FROM corrections"):
            found.setdefault(article_id, {})[name] = value
        return found

    def removed_of_file(self, path: str) -> list[str]:
        """Ids of the articles of a file that were taken out by hand."""
        sql = "SELECT article_id FROM corrections WHERE field = ? AND value = ?"
        return [row[0] for row in self._rows(sql, [REMOVED, path])]
