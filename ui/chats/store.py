"""The SQLite file that keeps every chat, question by question."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from secrets import token_urlsafe

from assistant.model import Answer, Turn
from assistant.trace import Trace
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.database import Database
from index.query import Filters
from ui.chats.chat_list import Chat, ChatList
from ui.chats.chosen import ChosenSources
from ui.chats.folders import Folders
from ui.chats.moments import now as _now
from ui.chats.moments import stamp as _stamp
from ui.chats.notebook import Notebook
from ui.chats.schema import STEPS
from ui.chats.visits import Visits

_DAYS_DELETED_ARE_KEPT = 30
_LONGEST_TITLE = 40


@dataclass(frozen=True)
class KeptTurn:
    """A question of a chat and what became of it.

    `state` is "writing", "done", "stopped" or "failed"; `draft` the text so far, or the words of the failure.
    `verdict` is "good", "bad" or empty, `suggested` questions to go on with.
    """

    id: str
    chat: str
    question: str
    filters: Filters
    state: str
    draft: str
    answer: Answer | None
    verdict: str
    reason: str
    suggested: tuple[str, ...]
    asked: str


class ChatStore:
    """Chats and their turns. Safe to call from several threads; another process may read at the same time."""

    def __init__(self, file: Path) -> None:
        def broken(error: Exception) -> Problem:
            return Problem(
                "chats_broken", file=file.name, **reason_and_detail(error, "reason_database_damaged")
            )

        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._database = Database(file, STEPS, ("foreign_keys = ON",), when_damaged=broken)
        except (sqlite3.Error, OSError) as error:
            raise broken(error) from error
        self._transaction = self._database.transaction
        self.sources = ChosenSources(self._database)
        self.list = ChatList(self._database)
        self.folders = Folders(self._database)
        self.notebook = Notebook(self._database)
        self.visits = Visits(self._database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _rows(self, sql: str, *parameters: object) -> list[tuple]:
        return self._database.rows(sql, parameters)

    # -- chats

    def begin(self, owner: str, question: str) -> str:
        """A new chat, named after its first question; its id."""
        chat = token_urlsafe(9)
        now = _now()
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO chats (id, owner, title, created, changed) VALUES (?, ?, ?, ?, ?)",
                (chat, owner, title_of(question), now, now),
            )
        return chat

    def chats(
        self, owner: str, text: str = "", offset: int = 0, limit: int = 50, folder: str = ""
    ) -> tuple[list[Chat], int]:
        """The chats of `owner` that hold `text` in title, questions or answers, and how many there are (0 beyond the last).

        Those that are pinned come first, then the last changed. `folder` leaves those in one folder.
        """
        return self.list.chats(owner, text, offset, limit, folder)

    def chat(self, chat: str, owner: str) -> Chat | None:
        """A chat of `owner`; None where there is none, or it is another's, or deleted."""
        return self.list.chat(chat, owner)

    def rename(self, chat: str, owner: str, title: str) -> None:
        """Give a chat a title of one's own; an empty one changes nothing."""
        title = " ".join(title.split())[: _LONGEST_TITLE * 3]
        if title:
            with self._transaction() as connection:
                connection.execute(
                    "UPDATE chats SET title = ?, named = 1 WHERE id = ? AND owner = ?", (title, chat, owner)
                )

    def delete(self, chat: str, owner: str) -> None:
        """Hide a chat; `undelete` brings it back until it is purged."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE chats SET deleted = ? WHERE id = ? AND owner = ? AND deleted = ''",
                (_now(), chat, owner),
            )

    def undelete(self, chat: str, owner: str) -> None:
        """Bring a deleted chat back."""
        with self._transaction() as connection:
            connection.execute("UPDATE chats SET deleted = '' WHERE id = ? AND owner = ?", (chat, owner))

    def purge(self, before: datetime) -> int:
        """Remove for good what was deleted before a moment, folders and notes too; how many chats."""
        with self._transaction() as connection:
            for table in ("folders", "notes"):
                connection.execute(
                    f"DELETE FROM {table} WHERE removed != '' AND removed < ?", (_stamp(before),)
                )
            return connection.execute(
                "DELETE FROM chats WHERE deleted != '' AND deleted < ?", (_stamp(before),)
            ).rowcount

    def purge_deleted(self) -> int:
        """Remove for good what was deleted too long ago to be brought back; how many chats."""
        return self.purge(datetime.now(timezone.utc) - timedelta(days=_DAYS_DELETED_ARE_KEPT))

    # -- turns

    def ask(self, chat: str, question: str, filters: Filters) -> str:
        """Add a question whose answer is being written; its id."""
        turn = token_urlsafe(9)
        now = _now()
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO turns (id, chat, question, filters, state, asked) VALUES (?, ?, ?, ?, 'writing', ?)",
                (turn, chat, question, filters.model_dump_json(), now),
            )
            connection.execute("UPDATE chats SET changed = ? WHERE id = ?", (now, chat))
        return turn

    def keep(self, chat: str, question: str, answer: Answer) -> None:
        """Add a question that was answered elsewhere."""
        self.answered(self.ask(chat, question, Filters()), answer, Trace())

    def draft(self, turn: str, text: str) -> None:
        """Keep the text so far."""
        with self._transaction() as connection:
            connection.execute("UPDATE turns SET draft = ? WHERE id = ? AND state = 'writing'", (text, turn))

    def answered(self, turn: str, answer: Answer, trace: Trace) -> None:
        """Keep the answer, and what every stage saw."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE turns SET state = 'done', answer = ?, trace = ? WHERE id = ?",
                (answer.model_dump_json(), trace.model_dump_json(), turn),
            )

    def ended(self, turn: str, state: str, text: str | None = None) -> None:
        """A turn was "stopped" or "failed"; `text` takes the place of the draft where given."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE turns SET state = ?, draft = coalesce(?, draft) WHERE id = ?", (state, text, turn)
            )

    def forget(self, turn: str) -> None:
        """Take out a question that was not asked after all."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM turns WHERE id = ?", (turn,))

    def stop_strays(self) -> int:
        """Answers that were being written when the program ended count as stopped; how many."""
        with self._transaction() as connection:
            return connection.execute("UPDATE turns SET state = 'stopped' WHERE state = 'writing'").rowcount

    def turns(self, chat: str) -> list[KeptTurn]:
        """The turns of a chat, in order."""
        return [
            _turn(row) for row in self._rows(f"{_SELECT} WHERE chat = ? AND cut = '' ORDER BY rowid", chat)
        ]

    def turn(self, turn: str, owner: str) -> KeptTurn | None:
        """A turn of a chat of `owner`."""
        rows = self._rows(
            f"{_SELECT} WHERE id = ? AND chat IN (SELECT id FROM chats WHERE owner = ? AND deleted = '')",
            turn,
            owner,
        )
        return _turn(rows[0]) if rows else None

    def trace(self, turn: str) -> Trace | None:
        """What every stage saw of a turn."""
        rows = self._rows("SELECT trace FROM turns WHERE id = ? AND trace != ''", turn)
        return Trace.model_validate_json(rows[0][0]) if rows else None

    def judge(self, turn: str, verdict: str, reason: str = "") -> None:
        """Keep what the person thought of an answer."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE turns SET verdict = ?, reason = ? WHERE id = ?", (verdict, reason[:2000], turn)
            )

    def suggest(self, turn: str, questions: list[str]) -> None:
        """Keep questions to go on with."""
        with self._transaction() as connection:
            connection.execute("UPDATE turns SET suggested = ? WHERE id = ?", ("\n".join(questions), turn))

    def cut(self, chat: str, turn: str) -> str:
        """Take a turn and all after it out of the chat, as when its question is asked anew; the name of the cut."""
        rows = self._rows(
            "SELECT coalesce(max(rowid), 0) FROM turns WHERE chat = ? AND cut = ''"
            " AND rowid < (SELECT rowid FROM turns WHERE id = ?)",
            chat,
            turn,
        )
        return self._cut_after(chat, rows[0][0])

    def last_cut(self, chat: str) -> str:
        """The name of the cut that was made last and can be undone; empty where there is none."""
        rows = self._rows(
            "SELECT cut FROM turns WHERE chat = ? AND cut != '' ORDER BY rowid DESC LIMIT 1", chat
        )
        return rows[0][0] if rows else ""

    def cut_question(self, chat: str, cut: str) -> str:
        """The first question that a cut put away; empty where it put none away."""
        rows = self._rows(
            "SELECT question FROM turns WHERE chat = ? AND cut = ? ORDER BY rowid LIMIT 1", chat, cut
        )
        return rows[0][0] if rows else ""

    def hand_over(self, owner: str, to: str) -> int:
        """Make the chats of `owner`, with folders and notebook, those of another; how many chats."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM visits WHERE owner = ?", (owner,))
            for table in ("folders", "notes", "chosen_sources"):
                connection.execute(f"UPDATE {table} SET owner = ? WHERE owner = ?", (to, owner))
            return connection.execute("UPDATE chats SET owner = ? WHERE owner = ?", (to, owner)).rowcount

    def uncut(self, chat: str, name: str) -> str:
        """Undo a cut: what was asked since is taken out in its place; the name of that cut."""
        after, _, _ = name.partition("-")
        new = self._cut_after(chat, int(after))
        with self._transaction() as connection:
            connection.execute("UPDATE turns SET cut = '' WHERE chat = ? AND cut = ?", (chat, name))
        return new

    def _cut_after(self, chat: str, last: int) -> str:
        """Take out what comes after the turn numbered `last`; the name tells where, so that it can be put back there."""
        name = f"{last}-{token_urlsafe(6)}"
        with self._transaction() as connection:
            connection.execute(
                "UPDATE turns SET cut = ? WHERE chat = ? AND cut = '' AND rowid > ?", (name, chat, last)
            )
        return name


_SELECT = (
    "SELECT id, chat, question, filters, state, draft, answer, verdict, reason, suggested, asked FROM turns"
)


def _turn(row: tuple) -> KeptTurn:
    turn, chat, question, filters, state, draft, answer, verdict, reason, suggested, asked = row
    return KeptTurn(
        turn,
        chat,
        question,
        Filters.model_validate_json(filters),
        state,
        draft,
        Answer.model_validate_json(answer) if answer else None,
        verdict,
        reason,
        tuple(suggested.split("\n")) if suggested else (),
        asked,
    )


def history_of(turns: list[KeptTurn]) -> list[Turn]:
    """What the assistant is told of a chat: its answered turns."""
    return [Turn.after(turn.question, turn.answer) for turn in turns if turn.answer is not None]


def title_of(question: str) -> str:
    """A chat's name from its first question."""
    line = " ".join(question.split())
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1] + "…"


__all__ = ["Chat", "ChatStore", "KeptTurn", "history_of", "title_of"]
