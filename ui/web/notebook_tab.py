"""The notebook tab: what a person collected, in their own order, with their own notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from assistant.limits import NAME_CHARACTERS, NOTE_CHARACTERS, check_text
from assistant.messages import message
from corpus.problem import Problem
from ui.chats.store import ChatStore
from ui.people.access import Access
from ui.people.person import Person
from ui.said import said
from ui.web.chat_shown import sent_by
from ui.web.collecting import LONGEST_PASSAGE, cited_passage, selected_passage
from ui.web.event_values import texts_of_event
from ui.web.notebook_render import notebook_html
from ui.web.readable import readable
from ui.web.toast import tell, warn
from ui.web.views import Done
from ui.web.workplace import Workplace

_AT_ONCE = 50
_RECEIVE = "window.note = (event) => trigger('submit', event);"


@dataclass(frozen=True)
class Opened:
    """What one page shows of a notebook: how many notes, and the last change."""

    listed: int = _AT_ONCE
    done: Done | None = None


class NotebookTab:
    """Builds the tab; what is collected elsewhere on the page comes in as events."""

    def __init__(self, workplace: Workplace, access: Access, store: ChatStore, language: str) -> None:
        self._workplace = workplace
        self._access = access
        self._store = store
        self._notebook = store.notebook
        self._language = language

    def _text(self, code: str) -> str:
        return message(code, self._language)

    def build_receiver(self) -> None:
        """What receives events; it stands where it is always on the page."""
        self._receiver = gr.HTML("", js_on_load=_RECEIVE, elem_id="note-events")

    def build(self, tab: gr.Tab) -> None:
        """The list, and what happens on each event."""
        shown = gr.HTML(elem_id="notebook-list")
        opened = gr.State(Opened())
        many: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        tab.select(self._show, opened, shown, **many)
        self._receiver.submit(self._do, opened, [shown, opened], trigger_mode="multiple", **many)

    def _show(self, opened: Opened, request: gr.Request) -> str:
        return self._drawn(self._access.need(sent_by(request)), opened)

    def _drawn(self, person: Person, opened: Opened) -> str:
        notes = self._notebook.notes(person.name, opened.listed)
        seen = readable(self._workplace, person, (note.passage.article for note in notes))
        total = self._notebook.count(person.name)
        return notebook_html(notes, total, seen, opened.done, self._language)

    def _do(self, opened: Opened, event: gr.EventData, request: gr.Request) -> tuple[str, Opened]:
        """An event is {"name", "of", "text", "quote"}: what to do, with which note, citation or article, and texts."""
        person = self._access.need(sent_by(request))
        name, of, text, quote = texts_of_event(event, "name", "of", "text", "quote")
        try:
            check_text("of", of, NAME_CHARACTERS)
            check_text(self._text("note_own"), text, NOTE_CHARACTERS)
            check_text("quote", quote, LONGEST_PASSAGE)
            if name in {"cite", "collect"}:
                self._collect(person, name, of, text, quote)
            else:
                opened = self._change(person, opened, name, of, text)
        except Problem as problem:
            warn(said(problem, self._language))
        return self._drawn(person, opened), opened

    def _collect(self, person: Person, name: str, of: str, text: str, quote: str) -> None:
        if name == "cite":
            passage = cited_passage(self._store, self._workplace, person, of)
        else:
            passage = selected_passage(self._workplace, person, of, quote)
        is_new = self._notebook.add(person.name, passage, text)
        tell(self._text("note_collected" if is_new else "note_collected_before"))

    def _change(self, person: Person, opened: Opened, name: str, of: str, text: str) -> Opened:
        owner, book = person.name, self._notebook
        if name == "more":
            return replace(opened, listed=opened.listed + _AT_ONCE)
        if name == "undo":
            for action, key, before in opened.done.undo if opened.done else ():
                book.restore(key, owner) if action == "restore" else book.write(key, owner, before)
            return replace(opened, done=None)
        note = book.note(of, owner)
        if note is None:
            return opened
        # The title of an article that may not be read any more is not told here either.
        title = note.passage.title if readable(self._workplace, person, [note.passage.article]) else "…"
        if name == "remove":
            book.remove(of, owner)
            return replace(opened, done=Done("change_note_remove", title, (("restore", of, ""),)))
        if name == "write":
            book.write(of, owner, text)
            return replace(opened, done=Done("change_note_write", title, (("write", of, note.text),)))
        if name in {"up", "down"}:
            book.move(of, owner, up=name == "up")
        return opened
