"""All sources of a chat as a page: an article a heading, under it the sentences cited, each a link to its place."""

from __future__ import annotations

from collections.abc import Set
from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.messages import message
from corpus.problem import Problem
from ui.chats.sources import Source, sources_of
from ui.chats.store import ChatStore
from ui.people.access import Access
from ui.web.article import STYLE
from ui.web.html_page import NO_SCRIPTS, html_page, language_named, look_parameter
from ui.web.readable import readable
from ui.web.render import link_to
from ui.web.workplace import Workplace

_LONGEST_QUOTE = 160


def add_sources(routes: APIRouter, workplace: Workplace, access: Access, store: ChatStore) -> None:
    """Add the route of the page; each person reaches only their own chats."""

    @routes.get("/chats/{chat}/sources", response_class=HTMLResponse)
    def sources(chat: str, request: Request, lang: str = "zh", look: str = "") -> HTMLResponse:
        """All articles that a chat cites, as a page."""
        person = access.need(request)
        found = store.chat(chat, person.name)
        if found is None:
            raise Problem("no_such_answer")
        cited = sources_of(store.turns(chat))
        seen = readable(workplace, person, (each.article for each in cited))
        page = sources_page(found.title, cited, seen, language_named(lang), look)
        return HTMLResponse(page, headers=NO_SCRIPTS)


def sources_page(title: str, sources: list[Source], seen: Set[str], language: str, look: str = "") -> str:
    """HTML of the list; of an article whose id is not among the `seen` nothing is shown but that it was cited."""
    name = message("sources_of_chat", language)
    marks = sum(len(source.marks) for source in sources)
    count = message("sources_count", language, articles=len(sources), marks=marks)
    rows = [f"<h1>{name}</h1><p class='about'>{escape(title)}</p>"]
    rows.append(f"<p>{count if sources else message('sources_none', language)}</p>")
    rows += [_source(source, source.article in seen, language, look) for source in sources]
    return html_page(name, f"<main>{''.join(rows)}</main>", STYLE, language, look)


def _source(source: Source, is_seen: bool, language: str, look: str) -> str:
    if not is_seen:
        marks = "、".join(mark.label(language) for mark in source.marks)
        return f"<p class='about'>{message('not_readable', language)} {escape(marks)}</p>"
    rows = []
    for mark in source.marks:
        quote = " ".join(mark.citation.quote.split())
        short = quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE] + "…"
        address = link_to(mark.citation, language) + look_parameter(look)
        rows.append(
            f'<li><a class="cite" href="{escape(address)}">{escape(mark.label(language))}</a> {escape(short)}</li>'
        )
    return (
        f"<h2>{escape(source.title)}</h2><p class='about'>{escape(source.about)}</p><ul>{''.join(rows)}</ul>"
    )
