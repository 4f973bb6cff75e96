"""The sources that a chat asks, kept with it; those of a chat that is not begun yet, with its person."""

from __future__ import annotations

from index.database import Database
from index.query import Filters


class ChosenSources:
    """Which articles, collections or folders each chat asks (`Filters.chosen`). Safe to call from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, chat: str, owner: str) -> Filters:
        """What a chat asks, or, where `chat` is empty, the new chat of `owner`; whose chat it is has been checked."""
        rows = self._database.rows(f"SELECT filters FROM chosen_sources WHERE {_of(chat)}", [chat or owner])
        return Filters.model_validate_json(rows[0][0]).chosen if rows else Filters()

    def keep(self, chat: str, owner: str, sources: Filters) -> None:
        """Have a chat, or the new chat of `owner`, ask these sources from now on; all articles where none are chosen."""
        chosen = sources.chosen
        with self._database.transaction() as connection:
            connection.execute(f"DELETE FROM chosen_sources WHERE {_of(chat)}", [chat or owner])
            if chosen:
                connection.execute(
                    "INSERT INTO chosen_sources VALUES (?, ?, ?)",
                    [chat or None, owner, chosen.model_dump_json()],
                )


def _of(chat: str) -> str:
    return "chat = ?" if chat else "chat IS NULL AND owner = ?"
