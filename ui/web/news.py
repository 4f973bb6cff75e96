"""What is new in the library since a person's last look: the number on the tab, and the line above the table."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from fastapi import APIRouter, Request

from assistant.messages import message
from index.query import Filters
from ui.chats.visits import Visits
from ui.people.access import Access
from ui.people.person import Person, visible_to
from ui.web.workplace import Workplace


def news_router(workplace: Workplace, access: Access, visits: Visits) -> APIRouter:
    """The address that the page's script asks for the number."""
    routes = APIRouter()

    @routes.get("/library/new", include_in_schema=False)
    def new_articles(request: Request) -> dict[str, int]:
        """How many articles that the person may see came since the last look."""
        person = access.need(request)
        if workplace.status.phase != "ready":
            # A first look begins when there is something to look at.
            return {"count": 0}
        return {"count": count_of_new(workplace, person, visits.last(person.name))}

    return routes


def count_of_new(workplace: Workplace, person: Person, since: str) -> int:
    """How many articles that the person may see came after a moment."""
    index = workplace.index
    return 0 if index is None else index.catalogue.arrived(since, visible_to(person, Filters()).collections)


def news_html(count: int, since: str, language: str, *, only_new: bool) -> str:
    """The line above the table: how many came since when, with the button that shows them, or all again."""
    if not count and not only_new:
        return ""
    text = message("library_new", language, count=count, since=_shown(since))
    action = message("library_new_all" if only_new else "library_new_only", language)
    return f'<p class="news"><span>{text}</span> <button type="button" data-news>{action}</button></p>'


def _shown(moment: str) -> str:
    with suppress(ValueError):
        return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    return moment
