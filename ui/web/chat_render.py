"""A kept chat as the page shows it: its messages, and who is signed in."""

from __future__ import annotations

from html import escape
from typing import Any

from assistant.messages import message
from ui.chats.store import KeptTurn
from ui.people.person import Person
from ui.web.markdown import markdown_html
from ui.web.render import answer_as_html
from ui.web.shown import plain, shown

Messages = list[dict[str, Any]]


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


def signed_in_html(person: Person, language: str) -> str:
    """Who is signed in, and the way out; empty where nobody needs to sign in."""
    if not person.name:
        return ""
    return (
        f'<p class="person">{escape(person.name)} · {message("role_" + person.role.value, language)} '
        f'<a href="/logout?lang={language}">{message("sign_out", language)}</a></p>'
    )
