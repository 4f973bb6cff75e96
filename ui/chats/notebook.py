"""A person's notebook: passages of articles in an order of one's own, each with what the person wrote about it."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from secrets import token_urlsafe

from corpus.problem import Problem
from index.database import Database
from ui.chats.moments import now

MOST_NOTES = 2000
_COLUMNS = 'article, title, section, date, source, url, quote, start, "end"'


@dataclass(frozen=True)
class Passage:
    """A span of an article, with what is told of the article beside it."""

    article: str
    title: str
    section: str
    date: str
    source: str
    url: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Note:
    """A passage that was collected; `text` is the person's own, `added` a moment in UTC."""

    id: str
    passage: Passage
    text: str
    added: str


class Notebook:
    """Keeps the notes of every person; each reaches only their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def notes(self, owner: str, limit: int = MOST_NOTES) -> list[Note]:
        """The notes of `owner` in their order."""
        return self._found("owner = ? AND removed = '' ORDER BY place, rowid LIMIT ?", owner, limit)

    def count(self, owner: str) -> int:
        """How many notes `owner` has."""
        rows = self._database.rows("SELECT count(*) FROM notes WHERE owner = ? AND removed = ''", [owner])
        return int(rows[0][0])

    def note(self, note: str, owner: str) -> Note | None:
        """A note of `owner`; None where there is none, or it is another's, or removed."""
        found = self._found("id = ? AND owner = ? AND removed = ''", note, owner)
        return found[0] if found else None

    def add(self, owner: str, passage: Passage, text: str = "") -> bool:
        """Add a passage at the end; false, and nothing added, where just this one is there already.

        Raises:
            Problem: `notebook_full`.
        """
        with self._database.transaction() as connection:
            there = connection.execute(
                "SELECT 1 FROM notes WHERE owner = ? AND removed = '' AND article = ? AND start = ? AND \"end\" = ?",
                (owner, passage.article, passage.start, passage.end),
            ).fetchone()
            if there is not None:
                return False
            if self.count(owner) >= MOST_NOTES:
                raise Problem("notebook_full", most=MOST_NOTES)
            connection.execute(
                f"INSERT INTO notes (id, owner, place, {_COLUMNS}, text, added) VALUES (?, ?,"
                " (SELECT coalesce(max(place), 0) + 1 FROM notes WHERE owner = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (token_urlsafe(9), owner, owner, *astuple(passage), text.strip(), now()),
            )
        return True

    def write(self, note: str, owner: str, text: str) -> None:
        """Keep what the person writes about a passage."""
        self._set("text", text.strip(), note, owner)

    def remove(self, note: str, owner: str) -> None:
        """Hide a note; `restore` brings it back to its place."""
        self._set("removed", now(), note, owner)

    def restore(self, note: str, owner: str) -> None:
        """Bring a removed note back."""
        self._set("removed", "", note, owner)

    def move(self, note: str, owner: str, *, up: bool) -> None:
        """Change places with the note before, or after; the first stays first and the last last."""
        beside, order = ("<", "DESC") if up else (">", "ASC")
        with self._database.transaction() as connection:
            at = connection.execute(
                "SELECT place FROM notes WHERE id = ? AND owner = ? AND removed = ''", (note, owner)
            ).fetchone()
            other = (
                at
                and connection.execute(
                    f"SELECT id, place FROM notes WHERE owner = ? AND removed = '' AND place {beside} ?"
                    f" ORDER BY place {order} LIMIT 1",
                    (owner, at[0]),
                ).fetchone()
            )
            if other:
                connection.execute("UPDATE notes SET place = ? WHERE id = ?", (other[1], note))
                connection.execute("UPDATE notes SET place = ? WHERE id = ?", (at[0], other[0]))

    def _set(self, column: str, value: str, note: str, owner: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                f"UPDATE notes SET {column} = ? WHERE id = ? AND owner = ?", (value, note, owner)
            )

    def _found(self, where: str, *parameters: object) -> list[Note]:
        rows = self._database.rows(f"SELECT id, text, added, {_COLUMNS} FROM notes WHERE {where}", parameters)
        return [Note(row[0], Passage(*row[3:]), row[1], row[2]) for row in rows]
