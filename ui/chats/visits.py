"""When each person last looked at what was new in the library."""

from __future__ import annotations

from index.database import Database
from ui.chats.moments import now


class Visits:
    """The moments of people's last looks. Safe to call from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self, owner: str) -> str:
        """The moment of the last look of `owner` (as `ui.chats.moments`); who never looked begins now, with nothing new."""
        rows = self._database.rows("SELECT at FROM visits WHERE owner = ?", [owner])
        return rows[0][0] if rows else self.look(owner)

    def look(self, owner: str) -> str:
        """Note that `owner` looks now; the moment."""
        at = now()
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO visits VALUES (?, ?)", (owner, at))
        return at
