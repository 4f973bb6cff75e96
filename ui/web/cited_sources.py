"""The articles that an answer cites: one line each, with all its marks."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from assistant.messages import message
from assistant.model import Citation
from ui.web.icons import icon
from ui.web.shown import shown


def sources_html(
    citations: list[Citation], address_of: Callable[[Citation], str], language: str, turn: str = ""
) -> str:
    """A list of articles in the order in which they are first cited; the passages of a kept `turn` can be collected."""
    by_article: dict[str, list[Citation]] = {}
    for each in citations:
        by_article.setdefault(each.article_id, []).append(each)
    rows = "".join(_row(of_one, address_of, language, turn) for of_one in by_article.values())
    return f'<ul class="sources">{rows}</ul>' if rows else ""


def _row(cited: list[Citation], address_of: Callable[[Citation], str], language: str, turn: str) -> str:
    first = cited[0]
    about = " · ".join(part for part in (first.date, first.source) if part)
    marks = "".join(_mark(each, address_of, language, turn) for each in cited)
    return (
        f'<li><a class="cite title" href="{escape(address_of(first))}">{shown(first.title)}</a>'
        f'<span class="about">{shown(about)}</span><span class="marks">{marks}</span></li>'
    )


def _mark(citation: Citation, address_of: Callable[[Citation], str], language: str, turn: str) -> str:
    page = message("page_number", language, page=citation.page) if citation.page else ""
    where = " · ".join(part for part in (citation.section, page) if part)
    told = message("note_collect", language)
    collect = (
        f'<a class="collect" href="#act/note/{turn}/{citation.n}" title="{told}" aria-label="{told} [{citation.n}]">'
        f"{icon('plus')}</a>"
        if turn
        else ""
    )
    return (
        f'<span class="mark"><a class="cite" href="{escape(address_of(citation))}">[{citation.n}]</a>'
        f'<span class="about">{shown(where)}</span>{collect}</span>'
    )
