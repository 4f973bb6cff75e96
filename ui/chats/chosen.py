"""The sources that a chat asks, kept with it; those of a chat that is not begun yet, with its person."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, select

from index.query import Filters
from index.state import StateDatabase
from ui.chats.tables import chosen_sources as kept


class ChosenSources:
    """Which articles, collections or folders each chat asks (`Filters.chosen`). Safe to call from several threads."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    def of(self, chat: str, owner: str) -> Filters:
        """What a chat asks, or, where `chat` is empty, the new chat of `owner`; whose chat it is has been checked."""
        rows = self._database.rows(select(kept.c.filters).where(_of(chat, owner)))
        return Filters.model_validate_json(rows[0][0]).chosen if rows else Filters()

    def keep(self, chat: str, owner: str, sources: Filters) -> None:
        """Have a chat, or the new chat of `owner`, ask these sources from now on; all articles where none are chosen."""
        chosen = sources.chosen
        with self._database.transaction(alone=f"sources {owner}") as connection:
            connection.execute(delete(kept).where(_of(chat, owner)))
            if chosen:
                values = {"chat": chat or None, "owner": owner, "filters": chosen.model_dump_json()}
                connection.execute(kept.insert(), values)


def _of(chat: str, owner: str) -> ColumnElement[bool]:
    return kept.c.chat == chat if chat else and_(kept.c.chat.is_(None), kept.c.owner == owner)
