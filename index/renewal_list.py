"""The catalogue's list of articles whose passages and vectors are still to be made anew, and for what."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager

from index.database import Database

_TARGET = "renewing"


class RenewalList:
    """What is left of a renewal that was begun; it outlives the process that began it.

    `transaction` is the catalogue's, so that what it counted is counted again.
    """

    def __init__(
        self, database: Database, transaction: Callable[[], AbstractContextManager[sqlite3.Connection]]
    ) -> None:
        self._rows = database.rows
        self._transaction = transaction

    def target(self) -> dict[str, str]:
        """What a renewal under way makes the index of, by name (model, splitter, …); empty where none is."""
        rows = self._rows("SELECT value FROM meta WHERE name = ?", [_TARGET])
        return dict(json.loads(rows[0][0])) if rows else {}

    def begin(self, target: dict[str, str]) -> None:
        """Put every article on the list."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM to_renew")
            connection.execute("INSERT INTO to_renew SELECT id FROM articles")
            connection.execute(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)", [_TARGET, json.dumps(target, sort_keys=True)]
            )

    def article_ids(self) -> list[str]:
        """Ids of the articles that are left."""
        return [row[0] for row in self._rows("SELECT article_id FROM to_renew ORDER BY rowid")]

    def end(self, made_with: dict[str, str]) -> None:
        """Note what the index is made with now; nothing is left to renew."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM to_renew")
            connection.execute("DELETE FROM meta WHERE name = ?", [_TARGET])
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", made_with.items())
