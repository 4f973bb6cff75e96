"""A notebook as HTML; every text of articles and people is escaped."""

from __future__ import annotations

from collections.abc import Set
from html import escape
from urllib.parse import quote

from assistant.messages import message
from ui.chats.notebook import Note, Passage
from ui.chats.notebook_files import about
from ui.web.chat_list_render import undo_html
from ui.web.views import Done

_QUOTED = 24


def notebook_html(notes: list[Note], total: int, seen: Set[str], done: Done | None, language: str) -> str:
    """Some of `total` notes; of an article that is not among the `seen` only that it cannot be read, and one's own words."""
    rows = []
    if done is not None:
        rows.append(undo_html(done.code, done.title, "#act/note-undo", language))
    if not notes:
        rows.append(f'<p class="hint">{message("notebook_empty", language)}</p>')
        return "".join(rows)
    links = "".join(
        f'<a href="/notebook/export.{form}?lang={language}" download>{message(code, language)}</a>'
        for form, code in (("md", "export_markdown"), ("docx", "export_docx"))
    )
    rows.append(f'<p class="head"><span>{message("notebook_count", language, count=total)}</span>{links}</p>')
    rows += [
        _note(note, note.passage.article in seen, at == 0, at == total - 1, language)
        for at, note in enumerate(notes)
    ]
    if total > len(notes):
        more = message("notebook_more", language, count=total - len(notes))
        rows.append(f'<p><a href="#act/note-more">{more}</a></p>')
    return "".join(rows)


def _note(note: Note, is_seen: bool, is_first: bool, is_last: bool, language: str) -> str:
    key = escape(note.id)
    actions = [
        ("note-write", "note_edit"),
        ("note-up", "note_up"),
        ("note-down", "note_down"),
        ("note-remove", "note_remove"),
    ]
    left_out = {"note-up"} if is_first else set()
    left_out |= {"note-down"} if is_last else set()
    links = "".join(
        f'<a href="#act/{action}/{key}">{message(code, language)}</a>'
        for action, code in actions
        if action not in left_out
    )
    passage = note.passage
    if is_seen:
        content = (
            f"<blockquote>{escape(passage.quote)}</blockquote>"
            f'<a class="to-article" href="{escape(_address(passage, language))}" target="_blank" rel="noopener">{escape(about(passage))}</a>'
        )
    else:
        content = f'<p class="unreadable">{message("not_readable", language)}</p>'
    own = f'<div class="own" data-text="{escape(note.text)}">{escape(note.text)}</div>' if note.text else ""
    added = message("note_added", language, day=note.added[:10])
    return f'<article class="note">{content}{own}<div class="note-actions">{links}<span class="about">{added}</span></div></article>'


def _address(passage: Passage, language: str) -> str:
    words = quote(passage.quote.split("\n")[0][:_QUOTED])
    return (
        f"/article/{quote(passage.article)}?start={passage.start}&end={passage.end}&q={words}&lang={language}"
    )
