"""The list of chats as HTML: folders, what can be undone, and the chats under the days of their last question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timezone
from html import escape
from itertools import groupby
from urllib.parse import quote

from assistant.messages import message
from ui.chats.folders import Folder
from ui.chats.store import Chat, ChatStore
from ui.web.views import View

_JUST_NOW_MINUTES = 60
_LONGEST_CHANGE = 24
_WEEK = 7


@dataclass(frozen=True)
class Shelf:
    """What a list shows: some of `total` chats, lines under their titles by id, and the folders.

    `folder` is the one whose chats they are; `put_away` the question that the last cut put away.
    """

    chats: list[Chat]
    total: int
    lines: dict[str, str]
    folders: list[Folder]
    folder: Folder | None
    put_away: str


def shelf_of(store: ChatStore, owner: str, view: View) -> Shelf:
    """What the list of `owner` shows in a view; a folder that is gone counts as none."""
    folders = store.folders.all(owner)
    folder = next((each for each in folders if each.id == view.folder), None)
    chats, total = store.chats(owner, view.search, limit=view.listed, folder=folder.id if folder else "")
    lines = store.list.excerpts(chats, view.search) if view.search else store.list.last_questions(chats)
    put_away = store.cut_question(view.chat, view.cut) if view.cut and store.chat(view.chat, owner) else ""
    return Shelf(chats, total, lines, folders, folder, put_away)


def history_parts(shelf: Shelf, view: View, language: str) -> list[str]:
    """The column of chats, row by row; from it the last change can be undone."""
    rows = [f'<div class="history" data-current="{escape(view.chat)}">', _folders(shelf, language)]
    if view.done is not None:
        rows.append(undo_html(view.done.code, view.done.title, "#act/undo", language))
    if view.cut and shelf.put_away:
        rows.append(undo_html("change_cut", shelf.put_away, f"#act/uncut/{escape(view.cut)}", language))
    if not shelf.chats:
        code = "no_chats_found" if view.search else "no_chats_in_folder" if shelf.folder else "no_chats"
        rows.append(f'<p class="hint">{message(code, language)}</p>')
    today = datetime.now().astimezone().date()
    words = view.search.split()
    for name, chats in groupby(shelf.chats, lambda chat: _group(chat, today, language)):
        rows.append(f'<h2 class="group">{name}</h2><ul>')
        rows += [_row(chat, shelf, view, words, language) for chat in chats]
        rows.append("</ul>")
    if shelf.total > len(shelf.chats):
        more = message("more_chats", language, count=shelf.total - len(shelf.chats))
        rows.append(f'<a class="more" href="#act/more">{more}</a>')
    rows.append("</div>")
    return rows


def undo_html(code: str, title: str, address: str, language: str) -> str:
    """A line that names the last change and undoes it."""
    short = title if len(title) <= _LONGEST_CHANGE else title[: _LONGEST_CHANGE - 1] + "…"
    text = message("undo_what", language, what=message(code, language, title=short))
    return f'<p class="undo" role="status"><a href="{address}">{escape(text)}</a></p>'


def marked_html(text: str, words: list[str]) -> str:
    """Escaped text with the words that were searched for marked."""
    if not words:
        return escape(text)
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    return "".join(
        f"<mark>{escape(part)}</mark>" if at % 2 else escape(part) for at, part in enumerate(parts)
    )


def _folders(shelf: Shelf, language: str) -> str:
    """The folders as links; the one that is shown can be renamed and removed."""
    chosen = shelf.folder.id if shelf.folder else ""
    links = []
    for folder in [None, *shelf.folders] if shelf.folders else []:
        key = folder.id if folder else ""
        name = escape(folder.name) if folder else message("chats_all", language)
        count = f" <small>{folder.chats}</small>" if folder else ""
        mark = ' class="chosen" aria-current="true"' if key == chosen else ""
        links.append(
            f'<a href="#act/folder/{key}" data-folder="{key}" data-name="{name}"{mark}>{name}{count}</a>'
        )
    actions = [("folder-new", "", "＋", "folder_new")]
    if shelf.folder:
        actions = [
            ("folder-rename", f"/{chosen}", "✎", "folder_rename"),
            ("folder-remove", f"/{chosen}", "✕", "folder_remove"),
            *actions,
        ]
    for action, of, sign, code in actions:
        label = message(code, language)
        text = f"{sign} {label}" if action == "folder-new" and not links else sign
        links.append(
            f'<a class="folder-action" href="#act/{action}{of}" title="{label}" aria-label="{label}">{text}</a>'
        )
    return f'<nav class="folders" aria-label="{message("folders", language)}">{"".join(links)}</nav>'


def _row(chat: Chat, shelf: Shelf, view: View, words: list[str], language: str) -> str:
    key, name = escape(chat.id), escape(chat.title)
    mark = ' class="current" aria-current="page"' if chat.id == view.chat else ""
    where = f"{escape(chat.folder_name)} · " if chat.folder and shelf.folder is None else ""
    line = shelf.lines.get(chat.id, "")
    excerpt = f'<span class="excerpt">{marked_html(line, words)}</span>' if line else ""
    pin = "unpin" if chat.pinned else "pin"
    actions = ((pin, pin), ("rename", "rename"), ("tofolder", "move_to_folder"), ("delete", "delete"))
    links = "".join(
        f'<a class="deed" href="#act/{action}/{key}">{message(code, language)}</a>'
        for action, code in actions
    )
    more = f"{message('chat_menu', language)}：{name}"
    return (
        f'<li{mark} data-in="{escape(chat.folder)}"><a class="open" href="?chat={quote(chat.id)}" data-chat="{key}"'
        f' title="{name}">{marked_html(chat.title, words)}</a>'
        f'<details class="chat-menu"><summary aria-label="{more}" title="{message("chat_menu", language)}">⋯</summary>'
        f'<div class="menu">{links}</div></details>'
        f'{excerpt}<span class="when">{where}{_when(chat.changed, language)}</span></li>'
    )


def _group(chat: Chat, today: date, language: str) -> str:
    """The heading that a chat stands under."""
    if chat.pinned:
        return message("chats_pinned", language)
    day = datetime.fromisoformat(chat.changed).astimezone().date()
    ago = (today - day).days
    if ago <= 0:
        return message("chats_today", language)
    if ago == 1:
        return message("chats_yesterday", language)
    if ago < _WEEK:
        return message("chats_week", language)
    return message("chats_month", language, year=day.year, month=day.month)


def _when(changed: str, language: str) -> str:
    moment = datetime.fromisoformat(changed)
    minutes = (datetime.now(timezone.utc) - moment).total_seconds() / 60
    if minutes < _JUST_NOW_MINUTES:
        return message("just_now", language)
    local = moment.astimezone()
    days = (datetime.now().astimezone().date() - local.date()).days
    return f"{local:%H:%M}" if days <= 1 else f"{local:%m-%d}"
