"""Keeps every chat, question by question."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Executable, Update, delete, func, select, update

from assistant.model import Answer, Turn
from assistant.settings import Settings
from assistant.state_place import place_of
from assistant.trace import Trace
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.query import Filters
from index.state import StatePlace, open_state
from ui.chats.chat_list import Chat, ChatList
from ui.chats.chosen import ChosenSources
from ui.chats.folders import Folders
from ui.chats.handing_over import hand_over
from ui.chats.moments import now as _now
from ui.chats.moments import stamp as _stamp
from ui.chats.notebook import Notebook
from ui.chats.statements import (
    NEW_CHAT,
    NEW_TURN,
    SET_ANSWER,
    SET_CHANGED,
    SET_DRAFT,
    TURN_OF_OWNER,
    TURNS_OF_CHAT,
    chat_changed,
    in_chat,
    turn_changed,
)
from ui.chats.tables import CHATS, chats, folders, notes, turns
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


def chats_place(settings: Settings) -> StatePlace:
    """Where chats are kept: `chats.sqlite` in the data folder, or the server that is set."""
    return place_of(settings, "chats.sqlite")


class ChatStore:
    """Chats and their turns. Safe to call from several threads; another process may read at the same time.

    Raises:
        Problem: `chats_broken`, `database_newer`, `database_unreachable`.
    """

    def __init__(self, place: StatePlace) -> None:
        def broken(error: Exception) -> Problem:
            name = place.name if isinstance(place, Path) else ""
            return Problem("chats_broken", file=name, **reason_and_detail(error, "reason_database_damaged"))

        try:
            if isinstance(place, Path):
                place.parent.mkdir(parents=True, exist_ok=True)
            self._database = open_state(place, CHATS, when_damaged=broken)
        except (sqlite3.Error, OSError) as error:
            raise broken(error) from error
        self.sources = ChosenSources(self._database)
        self.list = ChatList(self._database)
        self.folders = Folders(self._database)
        self.notebook = Notebook(self._database)
        self.visits = Visits(self._database)

    def close(self) -> None:
        """Close the file, or the connections."""
        self._database.close()

    def _do(self, change: Executable, **values: object) -> int:
        """Make a change by itself; how many rows it met."""
        with self._database.transaction() as connection:
            return connection.execute(change, values).rowcount

    # -- chats

    def begin(self, owner: str, question: str) -> str:
        """A new chat, named after its first question; its id."""
        chat, now = token_urlsafe(9), _now()
        self._do(NEW_CHAT, id=chat, owner=owner, title=title_of(question), created=now, changed=now)
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
            self._do(chat_changed(chat, owner).values(title=title, named=1))

    def delete(self, chat: str, owner: str) -> None:
        """Hide a chat; `undelete` brings it back until it is purged."""
        self._do(chat_changed(chat, owner).where(chats.c.deleted == "").values(deleted=_now()))

    def undelete(self, chat: str, owner: str) -> None:
        """Bring a deleted chat back."""
        self._do(chat_changed(chat, owner).values(deleted=""))

    def purge(self, before: datetime) -> int:
        """Remove for good what was deleted before a moment, folders and notes too; how many chats."""
        with self._database.transaction() as connection:
            for table in (folders, notes):
                removed = table.c.removed
                connection.execute(delete(table).where(removed != "", removed < _stamp(before)))
            deleted = chats.c.deleted
            return connection.execute(delete(chats).where(deleted != "", deleted < _stamp(before))).rowcount

    def purge_deleted(self) -> int:
        """Remove for good what was deleted too long ago to be brought back; how many chats."""
        return self.purge(datetime.now(timezone.utc) - timedelta(days=_DAYS_DELETED_ARE_KEPT))

    # -- turns

    def ask(self, chat: str, question: str, filters: Filters) -> str:
        """Add a question whose answer is being written; its id."""
        turn, now = token_urlsafe(9), _now()
        with self._database.transaction() as connection:
            connection.execute(
                NEW_TURN,
                {
                    "id": turn,
                    "chat": chat,
                    "question": question,
                    "filters": filters.model_dump_json(),
                    "state": "writing",
                    "asked": now,
                },
            )
            connection.execute(SET_CHANGED, {"of": chat, "now": now})
        return turn

    def keep(self, chat: str, question: str, answer: Answer) -> None:
        """Add a question that was answered elsewhere."""
        self.answered(self.ask(chat, question, Filters()), answer, Trace())

    def draft(self, turn: str, text: str) -> None:
        """Keep the text so far."""
        self._do(SET_DRAFT, of=turn, text=text)

    def answered(self, turn: str, answer: Answer, trace: Trace) -> None:
        """Keep the answer, and what every stage saw."""
        self._do(
            SET_ANSWER,
            of=turn,
            new_answer=answer.model_dump_json(),
            new_trace=trace.model_dump_json(),
        )

    def ended(self, turn: str, state: str, text: str | None = None) -> None:
        """A turn was "stopped" or "failed"; `text` takes the place of the draft where given."""
        change = turn_changed(turn)
        self._do(change.values(state=state) if text is None else change.values(state=state, draft=text))

    def forget(self, turn: str) -> None:
        """Take out a question that was not asked after all."""
        self._do(delete(turns).where(turns.c.id == turn))

    def stop_strays(self) -> int:
        """Answers that were being written when the program ended count as stopped; how many.

        None where another server has the database open: it may be writing them.
        """
        if self._database.others():
            return 0
        return self._do(update(turns).where(turns.c.state == "writing").values(state="stopped"))

    def turns(self, chat: str) -> list[KeptTurn]:
        """The turns of a chat, in order."""
        return [_turn(row) for row in self._database.rows(TURNS_OF_CHAT, {"of": chat})]

    def turn(self, turn: str, owner: str) -> KeptTurn | None:
        """A turn of a chat of `owner`."""
        rows = self._database.rows(TURN_OF_OWNER, {"of": turn, "by": owner})
        return _turn(rows[0]) if rows else None

    def trace(self, turn: str) -> Trace | None:
        """What every stage saw of a turn."""
        rows = self._database.rows(select(turns.c.trace).where(turns.c.id == turn, turns.c.trace != ""))
        return Trace.model_validate_json(rows[0][0]) if rows else None

    def judge(self, turn: str, verdict: str, reason: str = "") -> None:
        """Keep what the person thought of an answer."""
        self._do(turn_changed(turn).values(verdict=verdict, reason=reason[:2000]))

    def suggest(self, turn: str, questions: list[str]) -> None:
        """Keep questions to go on with."""
        self._do(turn_changed(turn).values(suggested="\n".join(questions)))

    def cut(self, chat: str, turn: str) -> str:
        """Take a turn and all after it out of the chat, as when its question is asked anew; the name of the cut."""
        number = select(turns.c.rowid).where(turns.c.id == turn).scalar_subquery()
        last = select(func.coalesce(func.max(turns.c.rowid), 0)).where(in_chat(chat), turns.c.rowid < number)
        name, change = _cut_after(chat, self._database.rows(last)[0][0])
        self._do(change)
        return name

    def last_cut(self, chat: str) -> str:
        """The name of the cut that was made last and can be undone; empty where there is none."""
        cuts = select(turns.c.cut).where(turns.c.chat == chat, turns.c.cut != "")
        rows = self._database.rows(cuts.order_by(turns.c.rowid.desc()).limit(1))
        return rows[0][0] if rows else ""

    def cut_question(self, chat: str, cut: str) -> str:
        """The first question that a cut put away; empty where it put none away."""
        rows = self._database.rows(
            select(turns.c.question).where(in_chat(chat, cut)).order_by(turns.c.rowid).limit(1)
        )
        return rows[0][0] if rows else ""

    def hand_over(self, owner: str, to: str) -> int:
        """Make the chats of `owner`, with folders and notebook, those of another; how many chats."""
        with self._database.transaction() as connection:
            return hand_over(connection, owner, to)

    def uncut(self, chat: str, name: str) -> str:
        """Undo a cut: what was asked since is taken out in its place; the name of that cut."""
        after, _, _ = name.partition("-")
        new, since = _cut_after(chat, int(after))
        with self._database.transaction() as connection:
            connection.execute(since)
            connection.execute(update(turns).where(in_chat(chat, name)).values(cut=""))
        return new


def _cut_after(chat: str, last: int) -> tuple[str, Update]:
    """Taking out what comes after the turn numbered `last`; the name tells where, so that it can be put back there."""
    name = f"{last}-{token_urlsafe(6)}"
    return name, update(turns).where(in_chat(chat), turns.c.rowid > last).values(cut=name)


def _turn(row: Sequence[Any]) -> KeptTurn:
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
