"""Statements on chats and their turns; those that run many times a question are built once."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Update, and_, bindparam, insert, select, update

from ui.chats.tables import chats, turns


def in_chat(chat: str, cut: str = "") -> ColumnElement[bool]:
    """The turns of a chat that stand in it, or those that a cut put away."""
    return and_(turns.c.chat == chat, turns.c.cut == cut)


def chat_changed(chat: str, owner: str) -> Update:
    """A change of a chat of `owner`."""
    return update(chats).where(chats.c.id == chat, chats.c.owner == owner)


def turn_changed(turn: str) -> Update:
    """A change of a turn, whose chat is known to be the person's."""
    return update(turns).where(turns.c.id == turn)


NEW_CHAT, NEW_TURN = insert(chats), insert(turns)
_OF = turns.c.id == bindparam("of")
SET_CHANGED = update(chats).where(chats.c.id == bindparam("of")).values(changed=bindparam("now"))
SET_DRAFT = update(turns).where(_OF, turns.c.state == "writing").values(draft=bindparam("text"))
SET_ANSWER = (
    update(turns)
    .where(_OF)
    .values(state="done", answer=bindparam("new_answer"), trace=bindparam("new_trace"))
)
_KEPT = select(
    turns.c.id,
    turns.c.chat,
    turns.c.question,
    turns.c.filters,
    turns.c.state,
    turns.c.draft,
    turns.c.answer,
    turns.c.verdict,
    turns.c.reason,
    turns.c.suggested,
    turns.c.asked,
)
TURNS_OF_CHAT = _KEPT.where(turns.c.chat == bindparam("of"), turns.c.cut == "").order_by(turns.c.rowid)
TURN_OF_OWNER = _KEPT.where(
    _OF, turns.c.chat.in_(select(chats.c.id).where(chats.c.owner == bindparam("by"), chats.c.deleted == ""))
)
