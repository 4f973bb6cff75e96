"""A person's folders for chats, and what is pinned above the others."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_urlsafe

from corpus.problem import Problem
from index.database import Database
from ui.chats.moments import now

MOST_FOLDERS = 100
FOLDER_CHARACTERS = 60


@dataclass(frozen=True)
class Folder:
    """A folder, and how many chats are in it."""

    id: str
    name: str
    chats: int = 0


class Folders:
    """Makes, renames and removes folders. A chat stays when its folder goes, and is in it again when that comes back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, owner: str) -> list[Folder]:
        """The folders of `owner`, by name."""
        rows = self._database.rows(
            "SELECT id, name, (SELECT count(*) FROM chats WHERE chats.folder = folders.id AND chats.owner = folders.owner"
            " AND deleted = '') FROM folders WHERE owner = ? AND removed = '' ORDER BY name, rowid",
            [owner],
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
        name = self._free_name(owner, name)
        if len(self.all(owner)) >= MOST_FOLDERS:
            raise Problem("folders_too_many", most=MOST_FOLDERS)
        made = Folder(token_urlsafe(9), name)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO folders (id, owner, name) VALUES (?, ?, ?)", (made.id, owner, made.name)
            )
        return made

    def rename(self, folder: str, owner: str, name: str) -> None:
        """Give a folder another name.

        Raises:
            Problem: `folder_name_empty` or `folder_exists`.
        """
        name = self._free_name(owner, name, but=folder)
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE folders SET name = ? WHERE id = ? AND owner = ?", (name, folder, owner)
            )

    def remove(self, folder: str, owner: str) -> None:
        """Take a folder away; its chats stay, in none. `restore` brings it back."""
        self._mark(folder, owner, now())

    def restore(self, folder: str, owner: str) -> None:
        """Bring a folder back with the chats that were in it and were not moved since.

        Raises:
            Problem: `folder_exists`: another has its name by now.
        """
        kept = self._database.rows("SELECT name FROM folders WHERE id = ? AND owner = ?", [folder, owner])
        if kept:
            self._free_name(owner, kept[0][0], but=folder)
        self._mark(folder, owner, "")

    def move(self, chat: str, owner: str, folder: str) -> None:
        """Put a chat into a folder of its owner's, or into none; a folder that is not there changes nothing."""
        if folder and self.folder(folder, owner) is None:
            return
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE chats SET folder = ? WHERE id = ? AND owner = ?", (folder, chat, owner)
            )

    def pin(self, chat: str, owner: str, pinned: bool) -> None:
        """Keep a chat above the others, or no longer."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE chats SET pinned = ? WHERE id = ? AND owner = ?", (int(pinned), chat, owner)
            )

    def _mark(self, folder: str, owner: str, removed: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE folders SET removed = ? WHERE id = ? AND owner = ?", (removed, folder, owner)
            )

    def _free_name(self, owner: str, name: str, but: str = "") -> str:
        name = " ".join(name.split())[:FOLDER_CHARACTERS]
        if not name:
            raise Problem("folder_name_empty")
        if any(each.name == name and each.id != but for each in self.all(owner)):
            raise Problem("folder_exists", name=name)
        return name
