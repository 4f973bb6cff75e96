"""Which chats a person's list shows: found by words, of one folder, those that are pinned first."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from index.database import Database

_BEFORE, _AFTER = 14, 46
"""Characters of an excerpt before and after where the first word begins."""
_CITED = re.compile(r"\[\d+\]")
_ANSWER = "json_extract(nullif(answer, ''), '$.answer')"
_HOLDS = f"(question LIKE ? ESCAPE '\\' OR (answer LIKE ? ESCAPE '\\' AND {_ANSWER} LIKE ? ESCAPE '\\'))"
"""Whether a turn holds a word (`_patterns`); few answers are read as JSON, which takes long."""
_CHAT = (
    "SELECT chats.id, title, changed, pinned, coalesce(folders.id, ''), coalesce(folders.name, '') FROM chats"
    " LEFT JOIN folders ON folders.id = chats.folder AND folders.owner = chats.owner AND folders.removed = ''"
)


@dataclass(frozen=True)
class Chat:
    """A chat as lists show it; `changed` is ISO 8601, in UTC, `folder` the id of one that is there, or empty."""

    id: str
    title: str
    changed: str
    pinned: bool = False
    folder: str = ""
    folder_name: str = ""


class ChatList:
    """Reads the lists of chats of a file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def chats(self, owner: str, text: str, offset: int, limit: int, folder: str) -> tuple[list[Chat], int]:
        """What `ChatStore.chats` tells."""
        where = "chats.owner = ? AND deleted = ''"
        parameters: list[object] = [owner]
        if folder:
            where += " AND folders.id = ?"
            parameters.append(folder)
        for word in text.split():
            where += (
                " AND (title LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM turns WHERE chat = chats.id AND cut = ''"
                f" AND {_HOLDS}))"
            )
            parameters += [_pattern(word), *_patterns(word)]
        found = self._database.rows(
            f"{_CHAT.replace(' FROM ', ', count(*) OVER () FROM ', 1)} WHERE {where}"
            " ORDER BY pinned DESC, changed DESC, chats.rowid DESC LIMIT ? OFFSET ?",
            [*parameters, limit, offset],
        )
        return [_chat(row[:-1]) for row in found], found[0][-1] if found else 0

    def chat(self, chat: str, owner: str) -> Chat | None:
        """A chat of `owner` that is not deleted."""
        rows = self._database.rows(
            f"{_CHAT} WHERE chats.id = ? AND chats.owner = ? AND deleted = ''", [chat, owner]
        )
        return _chat(rows[0]) if rows else None

    def excerpts(self, chats: list[Chat], text: str) -> dict[str, str]:
        """Where questions and answers of chats hold the first of the words that they hold, by the chat's id."""
        found = {}
        for chat in chats:
            for word in text.split():
                rows = self._database.rows(
                    f"SELECT question, {_ANSWER} FROM turns WHERE chat = ? AND cut = '' AND {_HOLDS}"
                    " ORDER BY rowid LIMIT 1",
                    [chat.id, *_patterns(word)],
                )
                if rows:
                    found[chat.id] = _around(word, [each or "" for each in rows[0]])
                    break
        return found

    def last_questions(self, chats: list[Chat]) -> dict[str, str]:
        """The last question of each chat whose title another of them has too, by the chat's id."""
        titles = [chat.title for chat in chats]
        found = {}
        for chat in chats:
            if titles.count(chat.title) > 1:
                rows = self._database.rows(
                    "SELECT question FROM turns WHERE chat = ? AND cut = '' ORDER BY rowid DESC LIMIT 1",
                    [chat.id],
                )
                if rows and rows[0][0] != chat.title:
                    found[chat.id] = rows[0][0][: _BEFORE + _AFTER]
        return found


def _around(word: str, texts: list[str]) -> str:
    """The part of the first of `texts` with `word` in which it stands."""
    for text in texts:
        line = " ".join(_CITED.sub("", text).split())
        place = re.search(re.escape(word), line, re.IGNORECASE)
        if place is not None:
            begin, end = max(0, place.start() - _BEFORE), place.start() + _AFTER
            return ("…" if begin else "") + line[begin:end] + ("…" if end < len(line) else "")
    return ""


def _chat(row: tuple) -> Chat:
    chat, title, changed, pinned, folder, folder_name = row
    return Chat(chat, title, changed, bool(pinned), folder, folder_name)


def _patterns(word: str) -> list[str]:
    return [_pattern(word), _pattern(json.dumps(word, ensure_ascii=False)[1:-1]), _pattern(word)]


def _pattern(word: str) -> str:
    literal = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{literal}%"


__all__ = ["Chat", "ChatList"]
