"""The library tab: add articles, find them, open a card beside the table, follow a folder."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.messages import message
from corpus.problem import Problem
from corpus.readers import READERS
from index.query import Filters
from index.removal import restore_article
from ui.chats.visits import Visits
from ui.people.access import Access
from ui.people.person import Role, may_fill, visible_to
from ui.web.library_bulk import LibraryBulk
from ui.web.library_card import QUIET, LibraryCard
from ui.web.library_problems import said_of_library
from ui.web.library_render import job_html, watch_html
from ui.web.library_table import SCRIPT, LibraryTable, View
from ui.web.permission import may, person_behind
from ui.web.toast import tell, warn
from ui.web.workplace import Workplace

_EVERY = ""
_LISTS = 5
# On a narrow screen the card lies below the table.
_SHOW_CARD = "() => { if (innerWidth < 900) document.getElementById('library-card')?.scrollIntoView({block: 'start'}); }"


class LibraryTab:
    """Builds the tab inside the page's Blocks; who may change what is asked of `access` with every event."""

    def __init__(
        self, workplace: Workplace, access: Access, language: str, visits: Visits | None = None
    ) -> None:
        self._workplace = workplace
        self._access = access
        self._language = language
        self._table = LibraryTable(workplace, access, language, visits)
        self._card = LibraryCard(workplace, access, language)
        self._bulk = LibraryBulk(workplace, access, language, self._card.change)

    def _text(self, code: str, **fields: object) -> str:
        return message(code, self._language, **fields)

    def build(self, tab: gr.Tab) -> None:
        """Add the components and what they do."""
        text = self._text
        view = gr.State(View())
        with gr.Column(visible=False, elem_id="library-adding") as adding:
            upload = gr.File(
                label=text("library_upload"),
                file_count="multiple", height=120, elem_id="library-upload",
            )  # fmt: skip
            into = gr.Dropdown(
                label=text("library_into"), info=text("library_into_hint"), choices=[], value="",
                allow_custom_value=True, visible=False, elem_id="library-into",
            )  # fmt: skip
            most = self._workplace.settings.upload_megabytes
            told = text("library_formats", count=len(READERS), most=most)
            known = " ".join(sorted(READERS))
            gr.HTML(f'<details class="hint"><summary>{told}</summary>{known}</details>')
        progress = gr.HTML(elem_id="library-progress")
        timer = gr.Timer(1.0, active=False)
        with gr.Row(elem_id="library-filters"):
            search = gr.Textbox(
                label=text("library_search"), placeholder=text("library_search_hint"), max_length=200,
                scale=3, min_width=220, elem_id="library-search",
            )  # fmt: skip
            filters: list[Any] = [
                gr.Dropdown(
                    label=text("library_year" if name == "year" else f"column_{name}"),
                    choices=[(text("library_every"), _EVERY)], value=_EVERY, scale=1, min_width=100,
                    elem_id=f"library-{name}",
                )
                for name in ("source", "region", "year")
            ]  # fmt: skip
        with gr.Row(elem_id="library-columns"):
            with gr.Column(scale=3, min_width=320):
                undone = self._bulk.build()
                table = gr.HTML(elem_id="library-table", js_on_load=SCRIPT, apply_default_css=False)
            with gr.Column(scale=2, min_width=320, elem_id="library-side"):
                changed = self._card.build()
        with gr.Accordion(
            text("library_removed_articles"), open=False, visible=False, elem_id="library-out"
        ) as removed_section, gr.Row():  # fmt: skip
            removed = gr.Dropdown(show_label=False, choices=[], scale=4, elem_id="library-removed-list")
            restore = gr.Button(text("library_restore"), scale=1, min_width=90, elem_id="library-restore")
        with gr.Accordion(
            text("watch_section"), open=False, visible=False, elem_id="library-watch"
        ) as watching:
            gr.HTML(f'<p class="hint">{text("watch_hint")}</p>')
            with gr.Row():
                folder = gr.Textbox(
                    label=text("watch_folder"), max_length=1000, scale=4, elem_id="watch-folder"
                )
                follow = gr.Checkbox(label=text("watch_on"), scale=1, min_width=90, elem_id="watch-on")
            watch_state = gr.HTML(elem_id="watch-state")

        asked = [view, search, *filters]
        drawn = [view, table]
        lists = [*filters, removed_section, removed]
        tab.select(self._open, [folder], [adding, into, watching, folder, follow, watch_state, progress, timer], **QUIET).then(
            self._lists, filters, lists, **QUIET
        ).then(self._table.draw, asked, drawn, **QUIET)  # fmt: skip
        upload.upload(self._upload, [upload, into], [upload, progress, timer], api_visibility="private")
        timer.tick(self._tick, asked, [progress, watch_state, timer, *drawn, *lists], **QUIET)
        for component in [*filters, search]:
            component.change(self._table.draw_first, asked, drawn, trigger_mode="always_last", **QUIET)
        table.sort(self._table.sort, asked, drawn, **QUIET)
        table.turn(self._table.turn, asked, drawn, **QUIET)
        table.choose(self._choose, asked, [*drawn, *self._card.outputs], **QUIET).then(
            None, None, None, js=_SHOW_CARD
        )
        table.news(self._table.turn_news, asked, drawn, **QUIET)
        many = table.bulk(self._bulk.do, None, self._bulk.outputs, **QUIET)
        for event in (*changed, many, undone):
            event.then(self._table.draw, asked, drawn, **QUIET).then(self._lists, filters, lists, **QUIET)
        restore.click(self._restore, removed, None, **QUIET).then(
            self._table.draw, asked, drawn, **QUIET
        ).then(self._lists, filters, lists, **QUIET)
        follow.input(self._follow, [follow, folder], [folder, follow, watch_state, timer], **QUIET)

    def _choose(self, request: gr.Request, event: gr.EventData, view: View, *filters: str) -> tuple[Any, ...]:
        article_id = str(event.article)[:200]
        drawn = self._table.draw(request, replace(view, chosen=article_id), *filters)
        return (*drawn, *self._card.show(article_id, request))

    # -- what stands around the table

    def _open(self, folder: str, request: gr.Request) -> tuple[Any, ...]:
        watch = self._workplace.watch
        is_admin = may(self._access, request, Role.ADMIN)
        is_editor = may(self._access, request, Role.EDITOR)
        return (
            gr.Column(visible=is_editor),
            self._collections(request),
            gr.Accordion(visible=is_admin),
            (watch.state.folder or folder) if is_admin else "",
            watch.state.phase != "off",
            watch_html(watch.state, self._language) if is_admin else "",
            self._job(request) if is_editor else "",
            # Never turned off here: an upload begun meanwhile may have turned it on.
            gr.Timer(active=True) if self._is_moving() else gr.skip(),
        )

    def _job(self, request: gr.Request) -> str:
        person = person_behind(self._access, request)
        return job_html(self._workplace.library.status.seen_by(person), self._language)

    def _is_moving(self) -> bool:
        """Whether something may change without anybody doing anything here.

        For a moment longer than it does: events of one page end in any order, and a table drawn before the end
        must not be what stays.
        """
        return self._workplace.library.has_news() or self._workplace.watch.state.phase != "off"

    def _lists(self, source: str, region: str, year: str, request: gr.Request) -> tuple[Any, ...]:
        index, is_editor = self._workplace.index, may(self._access, request, Role.EDITOR)
        person = person_behind(self._access, request)
        if index is None or person is None:
            return tuple(gr.skip() for _ in range(_LISTS))
        seen = visible_to(person, Filters()).collections
        every = (self._text("library_every"), _EVERY)
        dropdowns = []
        for name, value in (("source", source), ("region", region), ("year", year)):
            values = index.catalogue.values_of(name, seen)
            values = values[::-1] if name == "year" else values
            kept = value if value in values else _EVERY
            dropdowns.append(gr.Dropdown(choices=[every, *values], value=kept))
        out = [
            (f"{values.get('title', '')} {Path(values['removed']).name} ({id_})".strip(), id_)
            for id_, values in index.catalogue.corrections().items()
            if "removed" in values
        ]
        shown = bool(out) and is_editor and seen is None
        return (
            *dropdowns,
            gr.Accordion(visible=shown),
            gr.Dropdown(choices=out if shown else [], value=out[-1][1] if shown else None),
        )

    def _collections(self, request: gr.Request) -> Any:
        """What uploads may be put into: hidden where there is nobody to hide them from."""
        index, person = self._workplace.index, person_behind(self._access, request)
        if index is None or person is None:
            return gr.skip()
        known = index.catalogue.collections()
        mine = sorted(known if person.collections is None else known & person.collections)
        choices = [(self._text("library_into_none"), ""), *((name, name) for name in mine)]
        return gr.Dropdown(choices=choices, value="", visible=bool(known) or self._access.has_accounts)

    def _check_into(self, collection: str, request: gr.Request) -> None:
        """A new collection is an administrator's to begin, and nobody fills one that is hidden from them."""
        index, person = self._workplace.index, person_behind(self._access, request)
        if not collection or index is None or person is None:
            return
        if not may_fill(person, collection, index.catalogue.collections()):
            raise Problem("library_into_not_allowed", collection=collection)

    def _upload(self, files: list[str] | None, into: str | None, request: gr.Request) -> tuple[Any, ...]:
        paths = [Path(file) for file in files or []]
        job, person = self._workplace.library, person_behind(self._access, request)
        try:
            if person is not None and person.role.covers(Role.EDITOR):
                collection = (into or "").strip()
                self._check_into(collection, request)
                job.add([(path, path.name) for path in paths], person, collection)
            else:
                warn(self._text("library_not_allowed"))
        except Problem as problem:
            warn(said_of_library(problem, self._language))
        finally:
            for path in paths:
                with suppress(OSError):
                    path.unlink()
        return None, job_html(job.status.seen_by(person), self._language), gr.Timer(active=True)

    def _tick(
        self, view: View, text: str, source: str, region: str, year: str, request: gr.Request
    ) -> tuple[Any, ...]:
        is_admin, is_editor = may(self._access, request, Role.ADMIN), may(self._access, request, Role.EDITOR)
        told = (
            self._job(request) if is_editor else "",
            watch_html(self._workplace.watch.state, self._language) if is_admin else "",
            gr.Timer(active=self._is_moving()),
        )
        if view.seen == self._workplace.library.changes:
            return (*told, *(gr.skip() for _ in range(2 + _LISTS)))
        drawn = self._table.draw(request, view, text, source, region, year)
        return (*told, *drawn, *self._lists(source, region, year, request))

    def _restore(self, article_id: str | None, request: gr.Request) -> None:
        person = person_behind(self._access, request)
        if person is None or person.collections is not None:
            # Nothing tells any more which collection a removed article was in: the list is for who may see all.
            warn(self._text("library_not_allowed"))
        elif article_id and self._card.change(request, lambda index: restore_article(index, article_id)):
            article = self._workplace.index and self._workplace.index.catalogue.article(article_id)
            tell(self._text("library_restored", title=article.title if article else article_id))

    def _follow(self, on: bool, folder: str, request: gr.Request) -> tuple[Any, ...]:
        watch = self._workplace.watch
        try:
            if not may(self._access, request, Role.ADMIN):
                raise Problem("watch_not_allowed")
            if on:
                watch.start(folder)
            else:
                watch.stop()
        except Problem as problem:
            warn(said_of_library(problem, self._language))
            return folder, watch.state.phase != "off", gr.skip(), gr.skip()
        told = watch_html(watch.state, self._language)
        return watch.state.folder or folder, watch.state.phase != "off", told, gr.Timer(active=True)
