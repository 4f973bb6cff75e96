"""A person's folders for chats, and what is pinned above the others."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_urlsafe

from sqlalchemy import Update, func, select, update

from corpus.problem import Problem
from index.state import StateDatabase
from ui.chats.moments import now
from ui.chats.statements import chat_changed
from ui.chats.tables import chats, folders

MOST_FOLDERS = 100
FOLDER_CHARACTERS = 60
_IN_IT = (
    select(func.count())
    .where(chats.c.folder == folders.c.id, chats.c.owner == folders.c.owner, chats.c.deleted == "")
    .scalar_subquery()
)


@dataclass(frozen=True)
class Folder:
    """A folder, and how many chats are in it."""

    id: str
    name: str
    chats: int = 0


class Folders:
    """Makes, renames and removes folders. A chat stays when its folder goes, and is in it again when that comes back."""

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    def all(self, owner: str) -> list[Folder]:
        """The folders of `owner`, by name."""
        rows = self._database.rows(
            select(folders.c.id, folders.c.name, _IN_IT)
            .where(folders.c.owner == owner, folders.c.removed == "")
            .order_by(folders.c.name, folders.c.rowid)
        )
        return [Folder(*row) for row in rows]

    def folder(self, folder: str, owner: str) -> Folder | None:
        """A folder of `owner`; None where there is none, or it is another's, or removed."""
        return next((each for each in self.all(owner) if each.id == folder), None)

    def make(self, owner: str, name: str) -> Folder:
        """A new folder.

        Raises:
            Problem: `folder_name_empty`, `folder_exists` or `folders_too_many`.
        """
        with self._database.transaction(alone=f"folders {owner}") as connection:
            made = Folder(token_urlsafe(9), self._free_name(owner, name))
            if len(self.all(owner)) >= MOST_FOLDERS:
                raise Problem("folders_too_many", most=MOST_FOLDERS)
            connection.execute(folders.insert(), {"id": made.id, "owner": owner, "name": made.name})
        return made

    def rename(self, folder: str, owner: str, name: str) -> None:
        """Give a folder another name.

        Raises:
            Problem: `folder_name_empty` or `folder_exists`.
        """
        with self._database.transaction(alone=f"folders {owner}") as connection:
            name = self._free_name(owner, name, but=folder)
            connection.execute(_changed(folder, owner).values(name=name))

    def remove(self, folder: str, owner: str) -> None:
        """Take a folder away; its chats stay, in none. `restore` brings it back."""
        with self._database.transaction() as connection:
            connection.execute(_changed(folder, owner).values(removed=now()))

    def restore(self, folder: str, owner: str) -> None:
        """Bring a folder back with the chats that were in it and were not moved since.

        Raises:
            Problem: `folder_exists`: another has its name by now.
        """
        with self._database.transaction(alone=f"folders {owner}") as connection:
            kept = self._database.rows(
                select(folders.c.name).where(folders.c.id == folder, folders.c.owner == owner)
            )
            if kept:
                self._free_name(owner, kept[0][0], but=folder)
            connection.execute(_changed(folder, owner).values(removed=""))

    def move(self, chat: str, owner: str, folder: str) -> None:
        """Put a chat into a folder of its owner's, or into none; a folder that is not there changes nothing."""
        if folder and self.folder(folder, owner) is None:
            return
        with self._database.transaction() as connection:
            connection.execute(chat_changed(chat, owner).values(folder=folder))

    def pin(self, chat: str, owner: str, pinned: bool) -> None:
        """Keep a chat above the others, or no longer."""
        with self._database.transaction() as connection:
            connection.execute(chat_changed(chat, owner).values(pinned=int(pinned)))

    def _free_name(self, owner: str, name: str, but: str = "") -> str:
        name = " ".join(name.split())[:FOLDER_CHARACTERS]
        if not name:
            raise Problem("folder_name_empty")
        if any(each.name == name and each.id != but for each in self.all(owner)):
            raise Problem("folder_exists", name=name)
        return name


def _changed(folder: str, owner: str) -> Update:
    return update(folders).where(folders.c.id == folder, folders.c.owner == owner)
