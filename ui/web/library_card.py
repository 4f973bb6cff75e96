"""An article's card in the library tab: see it, set it right, take it out and bring it back."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import gradio as gr

from assistant.messages import message
from corpus.model import Article
from corpus.problem import Problem
from index.edits import correct_article, read_article_again
from index.query import Filters
from index.removal import remove_article, restore_article
from index.store import Index
from ui.people.access import Access
from ui.people.person import Role, may_see, visible_to
from ui.web.library_card_render import card_html, changes_in, how_html
from ui.web.library_job import when_free
from ui.web.library_problems import said_of_library
from ui.web.permission import may, person_behind
from ui.web.toast import tell, warn
from ui.web.workplace import Workplace

_EDITED = ("title", "date", "source", "region", "issuer", "number", "kind", "url", "collection")
_LONGEST_FIELD = 500
_WAIT_FOR_OTHERS = 10.0
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


class LibraryCard:
    """The components of the card and what they do; `outputs` are those that `show` gives values for."""

    def __init__(self, workplace: Workplace, access: Access, language: str) -> None:
        self._workplace = workplace
        self._access = access
        self._language = language
        self.outputs: list[Any] = []

    def _text(self, code: str, **fields: object) -> str:
        return message(code, self._language, **fields)

    def build(self) -> list[Any]:
        """Add the components; returns the events after which the table must be drawn anew."""
        text = self._text
        chosen = gr.State("")
        removed = gr.State(("", ""))
        with gr.Row(visible=False, elem_id="library-removed") as removed_row:
            removed_text = gr.HTML()
            undo = gr.Button(text("library_undo"), size="sm", min_width=90, scale=0, elem_id="library-undo")
        card = gr.HTML(
            f'<p class="hint to-choose">{text("library_choose")}</p>',
            elem_id="library-card",
            apply_default_css=False,
        )
        with gr.Column(visible=False, elem_id="library-more") as more:
            explain = gr.Button(text("library_how"), size="sm", elem_id="library-explain")
            how = gr.HTML(elem_id="library-how", apply_default_css=False)
            with gr.Column(visible=False, elem_id="library-edit") as editing:
                with gr.Accordion(text("library_edit"), open=False, elem_id="library-fields"):
                    boxes = [
                        gr.Textbox(
                            label=text("library_edit_date" if name == "date" else f"column_{name}"),
                            lines=1, max_length=_LONGEST_FIELD, elem_id=f"library-edit-{name}",
                        )
                        for name in _EDITED
                    ]  # fmt: skip
                    with gr.Row():
                        save = gr.Button(
                            text("library_save"),
                            variant="primary",
                            size="sm",
                            min_width=80,
                            elem_id="library-save",
                        )
                        reset = gr.Button(
                            text("library_reset"), size="sm", min_width=110, elem_id="library-reset"
                        )
                with gr.Row():
                    again = gr.Button(
                        text("library_reread"), size="sm", min_width=110, elem_id="library-reread"
                    )
                    remove = gr.Button(
                        text("library_remove"),
                        variant="stop",
                        size="sm",
                        min_width=90,
                        elem_id="library-remove",
                    )
        self.outputs = [chosen, card, more, editing, *boxes, how]
        undone = [removed, removed_row, removed_text]
        explain.click(self._explain, chosen, how, api_visibility="private")
        return [
            gr.on(
                [save.click, *(box.submit for box in boxes)],
                self._save,
                [chosen, *boxes],
                self.outputs,
                **QUIET,
            ),
            reset.click(self._reset, chosen, self.outputs, **QUIET),
            again.click(self._read_again, chosen, self.outputs, **QUIET),
            remove.click(self._remove, chosen, [*self.outputs, *undone], **QUIET),
            undo.click(self._undo, removed, [*self.outputs, *undone], **QUIET),
        ]

    # -- what is shown

    def show(self, article_id: str, request: gr.Request) -> tuple[Any, ...]:
        """Values of `outputs` for an article; the empty card for one that is not there or not to be seen."""
        index = self._workplace.index
        article = self._article(article_id, request)
        if index is None or article is None:
            told = self._text("library_gone" if article_id else "library_choose")
            kind = "hint" if article_id else "hint to-choose"
            return (
                "",
                f'<p class="{kind}">{told}</p>',
                gr.Column(visible=False),
                gr.Column(visible=False),
                *("" for _ in _EDITED),
                "",
            )
        return (
            article_id,
            card_html(article, index.catalogue, self._seen(request), self._language),
            gr.Column(visible=True),
            gr.Column(visible=may(self._access, request, Role.EDITOR)),
            *(getattr(article, name) for name in _EDITED),
            "",
        )

    def _article(self, article_id: str, request: gr.Request) -> Article | None:
        """The article, where the person may see it."""
        index, person = self._workplace.index, person_behind(self._access, request)
        article = index.catalogue.article(article_id) if index and article_id else None
        return article if article and person and may_see(person, article.collection) else None

    def _seen(self, request: gr.Request) -> list[str] | None:
        """The collections that the person may see (`Filters.collections`)."""
        person = person_behind(self._access, request)
        return visible_to(person, Filters()).collections if person else []

    def _explain(self, article_id: str, request: gr.Request) -> str:
        index = self._workplace.index
        article = self._article(article_id, request)
        if index is None or article is None:
            return ""
        record = index.catalogue.file(article.file)
        try:
            changes = changes_in(article, record.key if record else article.file)
        except Problem as problem:
            warn(said_of_library(problem, self._language))
            changes = []
        return how_html(article, index.catalogue.passages_of(article.id), changes, self._language)

    # -- what changes something

    def change(self, request: gr.Request, action: Callable[[Index], object]) -> bool:
        """Do what changes the index for an editor; tells whether it was done, and says why not."""
        index = self._workplace.index
        if not may(self._access, request, Role.EDITOR):
            warn(self._text("library_not_allowed"))
            return False
        try:
            if index is None:
                raise Problem("library_not_ready")
            when_free(lambda: action(index), _WAIT_FOR_OTHERS)
        except Problem as problem:
            warn(said_of_library(problem, self._language))
            return False
        self._workplace.library.changed()
        return True

    def _save(
        self,
        article_id: str,
        title: str,
        date: str,
        source: str,
        region: str,
        issuer: str,
        number: str,
        kind: str,
        url: str,
        collection: str,
        request: gr.Request,
    ) -> tuple[Any, ...]:
        unchanged = tuple(gr.skip() for _ in self.outputs)
        article = self._article(article_id, request)
        if article is None:
            return self.show(article_id, request)
        told = (title, date, source, region, issuer, number, kind, url, collection)
        typed = dict(zip(_EDITED, told, strict=True))
        values = {name: " ".join(value.split()) for name, value in typed.items()}
        values = {name: value for name, value in values.items() if value != getattr(article, name)}
        too_long = next((name for name, value in values.items() if len(value) > _LONGEST_FIELD), "")
        if not values:
            tell(self._text("library_nothing_changed"))
            return unchanged
        if "collection" in values and not may(self._access, request, Role.ADMIN):
            # Who may see an article is not for every editor to say.
            warn(self._text("role_needed", role=self._text(f"role_{Role.ADMIN.value}")))
            return unchanged
        if values.get("title") == "":
            warn(self._text("library_title_empty"))
            return unchanged
        if too_long:
            field = self._text(f"column_{too_long}")
            warn(self._text("library_field_too_long", field=field, most=_LONGEST_FIELD))
            return unchanged
        if not self.change(request, lambda index: correct_article(index, article_id, values)):
            return unchanged
        tell(self._text("library_saved"))
        return self.show(article_id, request)

    def _reset(self, article_id: str, request: gr.Request) -> tuple[Any, ...]:
        keeps = not may(self._access, request, Role.ADMIN)
        if self._article(article_id, request) and self.change(
            request, lambda index: correct_article(index, article_id, {}, keeps_collection=keeps)
        ):
            tell(self._text("library_was_reset"))
        return self.show(article_id, request)

    def _read_again(self, article_id: str, request: gr.Request) -> tuple[Any, ...]:
        article = self._article(article_id, request)
        if article and self.change(request, lambda index: read_article_again(index, article_id)):
            tell(self._text("library_was_reread", file=article.file.replace("\\", "/").rsplit("/", 1)[-1]))
        return self.show(article_id, request)

    def _remove(self, article_id: str, request: gr.Request) -> tuple[Any, ...]:
        article = self._article(article_id, request)
        if article is None or not self.change(request, lambda index: remove_article(index, article_id)):
            return (*self.show(article_id, request), gr.skip(), gr.skip(), gr.skip())
        told = escape(self._text("library_removed", title=article.title))
        return (*self.show("", request), (article_id, article.title), gr.Row(visible=True), told)

    def _undo(self, removed: tuple[str, str], request: gr.Request) -> tuple[Any, ...]:
        article_id, title = removed
        if not self.change(request, lambda index: restore_article(index, article_id)):
            return (*(gr.skip() for _ in self.outputs), gr.skip(), gr.skip(), gr.skip())
        tell(self._text("library_restored", title=title))
        return (*self.show(article_id, request), ("", ""), gr.Row(visible=False), "")
