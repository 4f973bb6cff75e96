"""When each person last looked at what was new in the library."""

from __future__ import annotations

from sqlalchemy import select

from index.state import StateDatabase
from index.state.statements import insert_or_change
from ui.chats.moments import now
from ui.chats.tables import visits


class Visits:
    """The moments of people's last looks. Safe to call from several threads."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    def last(self, owner: str) -> str:
        """The moment of the last look of `owner` (as `ui.chats.moments`); who never looked begins now, with nothing new."""
        rows = self._database.rows(select(visits.c.at).where(visits.c.owner == owner))
        return rows[0][0] if rows else self.look(owner)

    def look(self, owner: str) -> str:
        """Note that `owner` looks now; the moment."""
        at = now()
        with self._database.transaction() as connection:
            insert = insert_or_change(connection, visits).values(owner=owner, at=at)
            connection.execute(insert.on_conflict_do_update(index_elements=["owner"], set_={"at": at}))
        return at
