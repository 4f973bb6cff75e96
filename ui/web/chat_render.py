"""A kept chat as the page shows it: its messages, and the list of chats beside it."""

from __future__ import annotations

from datetime import datetime, timezone
from html import escape
from typing import Any

from assistant.messages import message
from ui.chats.store import Chat, KeptTurn
from ui.people.person import Person
from ui.web.markdown import markdown_html
from ui.web.render import answer_as_html
from ui.web.shown import plain, shown

Messages = list[dict[str, Any]]
_JUST_NOW_MINUTES = 60


def messages_of(turns: list[KeptTurn], language: str, text: str = "", waiting: str = "") -> Messages:
    """Two messages a turn.

    Args:
        turns: what was asked and answered in a chat.
        language: of the page.
        text: what there is of an answer that is being written, where it is newer than what is kept.
        waiting: said in the place of an answer of which nothing is written yet.
    """
    shown: Messages = []
    for turn in turns:
        shown.append({"role": "user", "content": plain(turn.question)})
        shown.append({"role": "assistant", "content": _answer_of(turn, language, text, waiting)})
    return shown


def _answer_of(turn: KeptTurn, language: str, text: str, waiting: str) -> str:
    if turn.answer is not None:
        return answer_as_html(turn.answer, language, turn)
    if turn.state == "writing":
        told = text or turn.draft
        return (
            f'<div class="answer">{markdown_html(told, shown)}</div>'
            if told
            else f'<div class="thinking">{shown(waiting) or message("thinking", language)}</div>'
        )
    if turn.state == "failed":
        return (
            f'<div class="answer"><div class="flag">{shown(turn.draft)}</div>{_again(turn, language)}</div>'
        )
    note = f'<div class="note">{message("answer_stopped", language)}</div>'
    return f'<div class="answer">{_paragraphs(turn.draft)}{note}{_again(turn, language)}</div>'


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{shown(line)}</p>" for line in text.split("\n") if line.strip())


def _again(turn: KeptTurn, language: str) -> str:
    return f'<div class="deeds"><a href="#act/again/{turn.id}">{message("page_again", language)}</a></div>'


def history_html(
    chats: list[Chat], total: int, current: str, language: str, deleted: Chat | None = None, cut: str = ""
) -> str:
    """The list of chats; from it what was `deleted` or `cut` last can be brought back."""
    rows = [f'<div class="history" data-current="{escape(current)}">']
    if deleted is not None:
        told = message("chat_deleted", language, title=deleted.title)
        rows.append(
            f'<p class="undo" role="status">{escape(told)} '
            f'<a href="#act/undelete/{escape(deleted.id)}">{message("undo", language)}</a></p>'
        )
    if cut:
        rows.append(
            f'<p class="undo" role="status">{message("chat_cut", language)} '
            f'<a href="#act/uncut/{escape(cut)}">{message("undo", language)}</a></p>'
        )
    if not chats:
        rows.append(f'<p class="hint">{message("no_chats", language)}</p>')
    rows.append("<ul>")
    rows += [_row(chat, chat.id == current, language) for chat in chats]
    rows.append("</ul>")
    if total > len(chats):
        more = message("more_chats", language, count=total - len(chats))
        rows.append(f'<a class="more" href="#act/more">{more}</a>')
    rows.append("</div>")
    return "".join(rows)


def signed_in_html(person: Person, language: str) -> str:
    """Who is signed in, and the way out; empty where nobody needs to sign in."""
    if not person.name:
        return ""
    return (
        f'<p class="person">{escape(person.name)} · {message("role_" + person.role.value, language)} '
        f'<a href="/logout?lang={language}">{message("sign_out", language)}</a></p>'
    )


def _row(chat: Chat, is_current: bool, language: str) -> str:
    name = escape(chat.title)
    mark = ' class="current" aria-current="page"' if is_current else ""
    rename, delete = message("rename", language), message("delete", language)
    return (
        f'<li{mark}><a class="open" href="?chat={escape(chat.id)}" data-chat="{escape(chat.id)}" title="{name}">{name}</a>'
        f'<span class="when">{_when(chat.changed, language)}</span>'
        f'<a class="deed" href="#act/rename/{escape(chat.id)}" title="{rename}" aria-label="{rename}：{name}">✎</a>'
        f'<a class="deed" href="#act/delete/{escape(chat.id)}" title="{delete}" aria-label="{delete}：{name}">✕</a></li>'
    )


def _when(changed: str, language: str) -> str:
    moment = datetime.fromisoformat(changed)
    minutes = (datetime.now(timezone.utc) - moment).total_seconds() / 60
    if minutes < _JUST_NOW_MINUTES:
        return message("just_now", language)
    local = moment.astimezone()
    return f"{local:%H:%M}" if local.date() == datetime.now().astimezone().date() else f"{local:%m-%d}"
