"""Which chats a person's list shows: found by words, of one folder, those that are pinned first."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, func, literal, or_, select

from corpus.language.normalize import readable
from index.state import StateDatabase
from index.state.columns import TEXT
from index.state.statements import is_like, json_text
from ui.chats.statements import in_chat
from ui.chats.tables import chats, folders, turns

_BEFORE, _AFTER = 14, 46
"""Characters of an excerpt before and after where the first word begins."""
_LONGEST_SEARCH = 1000
"""SQLite takes no pattern of more than 50,000 bytes."""
_CITED = re.compile(r"\[\d+\]")
_ANSWER = json_text(turns.c.answer, "answer")
_CHAT = (
    chats.c.id,
    chats.c.title,
    chats.c.changed,
    chats.c.pinned,
    func.coalesce(folders.c.id, ""),
    func.coalesce(folders.c.name, ""),
)
_WITH_FOLDERS = chats.outerjoin(
    folders,
    and_(folders.c.id == chats.c.folder, folders.c.owner == chats.c.owner, folders.c.removed == ""),
)
_ONE = (
    select(*_CHAT)
    .select_from(_WITH_FOLDERS)
    .where(chats.c.owner == bindparam("by"), chats.c.deleted == "", chats.c.id == bindparam("of"))
)
_LISTED = (
    select(*_CHAT, func.count().over())
    .select_from(_WITH_FOLDERS)
    .where(chats.c.owner == bindparam("by"), chats.c.deleted == "")
    .order_by(chats.c.pinned.desc(), chats.c.changed.desc(), chats.c.rowid.desc())
    .limit(bindparam("most"))
    .offset(bindparam("after"))
)
_IN_FOLDER = _LISTED.where(folders.c.id == bindparam("within"))


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

    def __init__(self, database: StateDatabase) -> None:
        self._database = database

    def chats(self, owner: str, text: str, offset: int, limit: int, folder: str) -> tuple[list[Chat], int]:
        """The chats that `ChatStore.chats` returns, and how many there are in all."""
        wanted = _IN_FOLDER if folder else _LISTED
        for word in _words(text):
            in_turns = exists().where(turns.c.chat == chats.c.id, turns.c.cut == "", _holds(word))
            wanted = wanted.where(or_(is_like(chats.c.title, _pattern(word)), in_turns))
        values = {"by": owner, "within": folder, "most": limit, "after": offset}
        found = self._database.rows(wanted, values)
        return [_chat(row[:-1]) for row in found], found[0][-1] if found else 0

    def chat(self, chat: str, owner: str) -> Chat | None:
        """A chat of `owner` that is not deleted."""
        rows = self._database.rows(_ONE, {"by": owner, "of": chat})
        return _chat(rows[0]) if rows else None

    def excerpts(self, chats: list[Chat], text: str) -> dict[str, str]:
        """Where questions and answers of chats hold the first of the words that they hold, by the chat's id."""
        found = {}
        for chat in chats:
            for word in _words(text):
                wanted = select(turns.c.question, _ANSWER).where(in_chat(chat.id), _holds(word))
                rows = self._database.rows(wanted.order_by(turns.c.rowid).limit(1))
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
                wanted = select(turns.c.question).where(in_chat(chat.id))
                rows = self._database.rows(wanted.order_by(turns.c.rowid.desc()).limit(1))
                if rows and rows[0][0] != chat.title:
                    found[chat.id] = rows[0][0][: _BEFORE + _AFTER]
        return found


def _words(text: str) -> list[str]:
    return [word for each in text[:_LONGEST_SEARCH].split() if (word := readable(each))]


def _holds(word: str) -> ColumnElement[bool]:
    """Whether a turn holds a word; few answers are read as JSON, which takes long."""
    as_json = _pattern(json.dumps(word, ensure_ascii=False)[1:-1])
    return or_(
        is_like(turns.c.question, _pattern(word)),
        and_(is_like(turns.c.answer, as_json), is_like(_ANSWER, _pattern(word))),
    )


def _around(word: str, texts: list[str]) -> str:
    """The part of the first of `texts` with `word` in which it stands."""
    for text in texts:
        line = " ".join(_CITED.sub("", text).split())
        place = re.search(re.escape(word), line, re.IGNORECASE)
        if place is not None:
            begin, end = max(0, place.start() - _BEFORE), place.start() + _AFTER
            return ("…" if begin else "") + line[begin:end] + ("…" if end < len(line) else "")
    return ""


def _chat(row: Sequence[Any]) -> Chat:
    chat, title, changed, pinned, folder, folder_name = row
    return Chat(chat, title, changed, bool(pinned), folder, folder_name)


def _pattern(word: str) -> BindParameter[str]:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return literal(f"%{escaped}%", TEXT)


__all__ = ["Chat", "ChatList"]
