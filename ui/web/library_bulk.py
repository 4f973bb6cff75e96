"""Several ticked articles changed or removed at once in the library tab, with undo that names what it undoes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from time import monotonic_ns
from typing import Any

import gradio as gr

from assistant.limits import CHOSEN_ARTICLES, NAME_CHARACTERS
from assistant.messages import message
from corpus.language.normalize import readable
from corpus.model import Article
from corpus.problem import Problem
from index.bulk_edits import Undo, edit_articles, undo_edits
from index.removal import remove_articles, restore_articles
from index.store import Index
from ui.people.access import Access
from ui.people.person import Person, Role, may_fill, may_see
from ui.web.event_values import texts_of_event
from ui.web.library_problems import said_of_library
from ui.web.permission import may, person_behind
from ui.web.toast import tell, warn
from ui.web.workplace import Workplace

FIELDS = ("region", "date", "source", "collection")
_LONGEST_VALUE = 500
Change = Callable[[gr.Request, Callable[[Index], object]], bool]


@dataclass(frozen=True)
class Done:
    """What was done last, by whom, and what undoes it: `edited`, or the ids of those `removed`."""

    person: Person | None = None
    edited: Undo = field(default_factory=dict)
    removed: tuple[str, ...] = ()


class LibraryBulk:
    """The components below the table's filters and what they do.

    Args:
        change: does what changes the index for an editor, and tells whether it was done (`LibraryCard.change`).
    """

    def __init__(self, workplace: Workplace, access: Access, language: str, change: Change) -> None:
        self._workplace = workplace
        self._access = access
        self._language = language
        self._change = change
        self.outputs: list[Any] = []

    def _text(self, code: str, **fields: object) -> str:
        return message(code, self._language, **fields)

    def build(self) -> Any:
        """Add the components; returns the event after which the table must be drawn anew."""
        done = gr.State(Done())
        with gr.Row(visible=False, elem_id="library-bulk-done") as row:
            text = gr.HTML()
            undo = gr.Button(
                self._text("bulk_undo"), size="sm", min_width=90, scale=0, elem_id="library-bulk-undo"
            )
        self.outputs = [done, row, text]
        return undo.click(self._undo, done, self.outputs, show_progress="hidden", api_visibility="private")

    def do(self, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Change or remove what was ticked; of it only what the person may see."""
        person = person_behind(self._access, request)
        articles = self._articles(getattr(event, "articles", ()), person)
        if person is None or not articles:
            warn(self._text("bulk_nothing"))
            return self._unchanged()
        action, name, value = texts_of_event(event, "action", "field", "value")
        if action == "remove":
            return self._remove(articles, person, request)
        try:
            return self._edit(articles, person, name, " ".join(value.split()), request)
        except Problem as problem:
            warn(said_of_library(problem, self._language))
            return self._unchanged()

    def _articles(self, ids: Any, person: Person | None) -> list[Article]:
        index = self._workplace.index
        if index is None or person is None or not isinstance(ids, list):
            return []
        known = (readable(str(each)) for each in ids[:CHOSEN_ARTICLES])
        found = (index.catalogue.article(each) for each in known if len(each) <= NAME_CHARACTERS)
        return [each for each in found if each is not None and may_see(person, each.collection)]

    def _unchanged(self) -> tuple[Any, ...]:
        return tuple(gr.skip() for _ in self.outputs)

    def _edit(
        self, articles: list[Article], person: Person, name: str, value: str, request: gr.Request
    ) -> tuple[Any, ...]:
        if name not in FIELDS:
            raise Problem("no_such_field", field=name[:100], known=", ".join(FIELDS))
        label = self._text(f"column_{name}")
        if len(value) > _LONGEST_VALUE:
            raise Problem("library_field_too_long", field=label, most=_LONGEST_VALUE)
        if name == "collection":
            self._check_collection(person, value)
        undo: Undo = {}
        ids = [each.id for each in articles]
        if not self._change(request, lambda index: undo.update(edit_articles(index, ids, {name: value}))):
            return self._unchanged()
        if not undo:
            tell(self._text("bulk_nothing"))
            return self._unchanged()
        what = self._what([each for each in articles if each.id in undo])
        code = "bulk_edited" if value else "bulk_cleared"
        text = self._text(code, what=what, field=label, value=value)
        return self._shown(Done(person, edited=undo), text)

    def _check_collection(self, person: Person, collection: str) -> None:
        """Who may see an article is an administrator's to say, and nobody puts it where they do not see it."""
        if not person.role.covers(Role.ADMIN):
            raise Problem("role_needed", role=self._text(f"role_{Role.ADMIN.value}"))
        index = self._workplace.index
        if index is None or not may_fill(person, collection, index.catalogue.collections()):
            raise Problem("library_into_not_allowed", collection=collection)

    def _remove(self, articles: list[Article], person: Person, request: gr.Request) -> tuple[Any, ...]:
        removed: list[str] = []
        ids = [each.id for each in articles]
        if not self._change(request, lambda index: removed.extend(remove_articles(index, ids))):
            return self._unchanged()
        if not removed:
            # Somebody else took them out while this waited.
            warn(self._text("bulk_nothing"))
            return self._unchanged()
        what = self._what([each for each in articles if each.id in removed])
        return self._shown(Done(person, removed=tuple(removed)), self._text("bulk_removed", what=what))

    def _what(self, articles: list[Article]) -> str:
        """The first by its title, and how many they are."""
        title = articles[0].title or self._text("library_untitled") if articles else ""
        code = "bulk_one" if len(articles) == 1 else "bulk_several"
        return self._text(code, title=title, count=len(articles))

    def _shown(self, done: Done, text: str) -> tuple[Any, ...]:
        return done, gr.Row(visible=True), f'<span role="status">{escape(text)}</span>'

    def _undo(self, done: Done, request: gr.Request) -> tuple[Any, ...]:
        person = person_behind(self._access, request)
        is_of_collections = any("collection" in fields for fields in done.edited.values())
        needed = Role.ADMIN if is_of_collections else Role.EDITOR
        if person is None or person != done.person or not may(self._access, request, needed):
            warn(self._text("library_not_allowed"))
            return self._unchanged()
        back: list[str] = []
        seen = {each.id for each in self._articles(list(done.edited), person)}
        edited = {id_: fields for id_, fields in done.edited.items() if id_ in seen}

        def put_back(index: Index) -> None:
            back.extend(undo_edits(index, edited) if edited else restore_articles(index, done.removed))

        if not self._change(request, put_back):
            return self._unchanged()
        missing = max(len(done.edited), len(done.removed)) - len(back)
        code = "bulk_undone_in_part" if missing else "bulk_undone"
        tell(self._text(code, count=len(back), missing=missing))
        return Done(), gr.Row(visible=False), ""


def bulk_html(language: str, fields: Iterable[str]) -> str:
    """The buttons beside what is ticked, and the form that the first of them opens; the table's script sends them.

    No two are the same, so that the script sees that the table was drawn anew also where nothing was changed.
    """

    def text(code: str) -> str:
        return escape(message(code, language))

    options = "".join(f'<option value="{name}">{text(f"column_{name}")}</option>' for name in fields)
    return (
        f'<button type="button" data-bulk="edit" aria-expanded="false">{text("bulk_edit")}</button> '
        f'<button type="button" data-bulk="remove">{text("bulk_remove")}</button>'
        f'<form class="bulk" data-busy="{text("bulk_busy")}" data-drawn="{monotonic_ns()}" hidden><select name="field" aria-label="{text("bulk_field")}">{options}</select> '
        f'<input name="value" maxlength="{_LONGEST_VALUE}" placeholder="{text("bulk_value")}" aria-label="{text("bulk_value")}"> '
        f'<button type="submit">{text("bulk_save")}</button></form>'
    )


def fields_of(access: Access, request: gr.Request) -> tuple[str, ...]:
    """The fields that the person behind an event may set for several articles; none for who may not change them."""
    if not may(access, request, Role.EDITOR):
        return ()
    return FIELDS if may(access, request, Role.ADMIN) else FIELDS[:-1]
