"""A person's notebook: passages of articles in an order of one's own, each with what the person wrote about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from secrets import token_urlsafe

from sqlalchemy import Select, Update, func, select, update

from corpus.problem import Problem
from index.state import StateDatabase
from ui.chats.moments import now
from ui.chats.tables import notes

MOST_NOTES = 2000
_PASSAGE = ("article", "title", "section", "date", "source", "url", "quote", "start", "end")
_COLUMNS = (notes.c.id, notes.c.text, notes.c.added, *(notes.c[name] for name in _PASSAGE))


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

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    def notes(self, owner: str, limit: int = MOST_NOTES) -> list[Note]:
        """The notes of `owner` in their order."""
        return self._found(_there(owner).order_by(notes.c.place, notes.c.rowid).limit(limit))

    def count(self, owner: str) -> int:
        """How many notes `owner` has."""
        of_owner = select(func.count()).where(notes.c.owner == owner, notes.c.removed == "")
        return int(self._database.rows(of_owner)[0][0])

    def note(self, note: str, owner: str) -> Note | None:
        """A note of `owner`; None where there is none, or it is another's, or removed."""
        found = self._found(_there(owner).where(notes.c.id == note))
        return found[0] if found else None

    def add(self, owner: str, passage: Passage, text: str = "") -> bool:
        """Add a passage at the end; false, and nothing added, where just this one is there already.

        Raises:
            Problem: `notebook_full`.
        """
        with self._database.transaction(alone=f"notes {owner}") as connection:
            same = _there(owner).where(
                notes.c.article == passage.article,
                notes.c.start == passage.start,
                notes.c.end == passage.end,
            )
            if self._found(same):
                return False
            if self.count(owner) >= MOST_NOTES:
                raise Problem("notebook_full", most=MOST_NOTES)
            last = select(func.coalesce(func.max(notes.c.place), 0) + 1).where(notes.c.owner == owner)
            connection.execute(
                notes.insert().values(
                    id=token_urlsafe(9),
                    owner=owner,
                    place=last.scalar_subquery(),
                    text=text.strip(),
                    added=now(),
                    **asdict(passage),
                )
            )
        return True

    def write(self, note: str, owner: str, text: str) -> None:
        """Keep what the person writes about a passage."""
        self._change(_changed(note, owner).values(text=text.strip()))

    def remove(self, note: str, owner: str) -> None:
        """Hide a note; `restore` brings it back to its place."""
        self._change(_changed(note, owner).values(removed=now()))

    def restore(self, note: str, owner: str) -> None:
        """Bring a removed note back."""
        self._change(_changed(note, owner).values(removed=""))

    def move(self, note: str, owner: str, *, up: bool) -> None:
        """Change places with the note before, or after; the first stays first and the last last."""
        with self._database.transaction(alone=f"notes {owner}") as connection:
            place = select(notes.c.id, notes.c.place).where(notes.c.owner == owner, notes.c.removed == "")
            at = connection.execute(place.where(notes.c.id == note)).first()
            if at is None:
                return
            if up:
                beside = place.where(notes.c.place < at.place).order_by(notes.c.place.desc())
            else:
                beside = place.where(notes.c.place > at.place).order_by(notes.c.place)
            other = connection.execute(beside.limit(1)).first()
            if other is not None:
                connection.execute(_changed(note, owner).values(place=other.place))
                connection.execute(_changed(other.id, owner).values(place=at.place))

    def _change(self, change: Update) -> None:
        with self._database.transaction() as connection:
            connection.execute(change)

    def _found(self, wanted: Select) -> list[Note]:
        return [
            Note(note, Passage(*passage), text, added)
            for note, text, added, *passage in self._database.rows(wanted)
        ]


def _there(owner: str) -> Select:
    return select(*_COLUMNS).where(notes.c.owner == owner, notes.c.removed == "")


def _changed(note: str, owner: str) -> Update:
    return update(notes).where(notes.c.id == note, notes.c.owner == owner)
