"""The library's table: which articles it shows, in which order, and which of them are new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import gradio as gr

from assistant.messages import message
from index.catalogue.article_list import ORDERS, Listing
from index.query import Filters
from ui.chats.visits import Visits
from ui.people.access import Access
from ui.people.person import Person, visible_to
from ui.web.library_asking import asking_html
from ui.web.library_bulk import bulk_html, fields_of
from ui.web.library_render import table_html
from ui.web.news import count_of_new, news_html
from ui.web.permission import person_behind
from ui.web.workplace import Workplace

SCRIPT = (Path(__file__).parent / "library_table.js").read_text(encoding="utf-8")
_ROWS = 20


@dataclass(frozen=True)
class View:
    """What one browser sees of the table; `seen` is the library's count of changes when it was drawn.

    `since` is the moment after which what is shown came; empty for everything.
    """

    order: str = "date"
    descending: bool = True
    page: int = 0
    chosen: str = ""
    seen: int = -1
    since: str = ""


class LibraryTable:
    """Draws the table for the person behind an event.

    Events bring the view and, as `draw` names them, the values of the search and of the filters above the table.
    """

    def __init__(
        self, workplace: Workplace, access: Access, language: str, visits: Visits | None = None
    ) -> None:
        self._workplace = workplace
        self._access = access
        self._language = language
        self._visits = visits

    def _text(self, code: str) -> str:
        return message(code, self._language)

    def draw(
        self, request: gr.Request, view: View, text: str, source: str, region: str, year: str
    ) -> tuple[View, str]:
        """Draw what the view shows of the articles that the person may see; a page beyond the last becomes the last."""
        index, person = self._workplace.index, person_behind(self._access, request)
        seen = self._workplace.library.changes
        if index is None or person is None:
            return replace(view, seen=seen), f'<p class="hint">{self._text("library_not_ready")}</p>'
        wanted = Filters(
            sources=[source] if source else [],
            regions=[region] if region else [],
            years=[int(year)] if year.isdecimal() else [],
        )
        listing = Listing(
            text=text[:200],
            order=view.order,
            descending=view.descending,
            offset=view.page * _ROWS,
            limit=_ROWS,
            since=view.since,
        )
        allowed = visible_to(person, wanted)
        rows, total = index.catalogue.list_articles(listing, allowed)
        if not rows and total:
            view = replace(view, page=(total - 1) // _ROWS)
            listing = replace(listing, offset=view.page * _ROWS)
            rows, total = index.catalogue.list_articles(listing, allowed)
        known = index.catalogue.collections()
        mine = sorted(known if person.collections is None else known & person.collections)
        copies = index.catalogue.copies((row.id for row in rows), allowed.collections)
        drawn = table_html(rows, total, listing, view.chosen, self._language, copies)
        fields = fields_of(self._access, request)
        actions = bulk_html(self._language, fields) if fields else ""
        bar = asking_html(mine, self._language, actions) + self._news(person, view)
        return replace(view, seen=seen), bar + drawn

    def _news(self, person: Person, view: View) -> str:
        """How many articles came since the person's last look, or since the one that is looked at now."""
        if self._visits is None or self._workplace.status.phase != "ready":
            return ""
        since = view.since or self._visits.last(person.name)
        count = count_of_new(self._workplace, person, since)
        return news_html(count, since, self._language, only_new=bool(view.since))

    def turn_news(self, request: gr.Request, view: View, *filters: str) -> tuple[View, str]:
        """Show only what is new, which counts as looked at from then on; or everything again."""
        person = person_behind(self._access, request)
        since = ""
        if person is not None and self._visits is not None and not view.since:
            since = self._visits.last(person.name)
            self._visits.look(person.name)
        view = replace(view, since=since, page=0)
        return self.draw(request, view, *filters)

    def draw_first(self, request: gr.Request, view: View, *filters: str) -> tuple[View, str]:
        """Draw the first page, after a filter changed."""
        return self.draw(request, replace(view, page=0), *filters)

    def sort(self, request: gr.Request, event: gr.EventData, view: View, *filters: str) -> tuple[View, str]:
        """Sort by the column whose head was pressed."""
        order = event.order if event.order in ORDERS else "date"
        # The newest and the longest first, names from A on; the same head again turns the order round.
        descending = not view.descending if order == view.order else order in {"date", "passages"}
        view = replace(view, order=order, descending=descending, page=0)
        return self.draw(request, view, *filters)

    def turn(self, request: gr.Request, event: gr.EventData, view: View, *filters: str) -> tuple[View, str]:
        """Turn to the next page or back."""
        view = replace(view, page=max(0, view.page + (1 if event.step == "1" else -1)))
        return self.draw(request, view, *filters)
