"""Two versions of a document side by side: as a page for the reader, and for programs."""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import groupby
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from assistant.limits import NAME_CHARACTERS, check_text
from assistant.messages import message
from corpus.language.normalize import readable
from corpus.model import Article
from corpus.problem import Problem
from index.compared import Kind, Piece, Row, compared
from ui.people.access import Access
from ui.people.person import Person
from ui.web.api_errors import http_error
from ui.web.article import STYLE
from ui.web.html_page import html_page, language_named, look_parameter
from ui.web.library import ArticleCard, article_seen_by
from ui.web.one_at_a_time import OneAtATime
from ui.web.workplace import Workplace

_HERE = Path(__file__).parent
_STYLE = (_HERE / "versions.css").read_text(encoding="utf-8")
_SCRIPT = (_HERE / "versions.js").read_text(encoding="utf-8")
_MOST_AT_ONCE = 6
"""How many comparisons, each of some seconds and a hundred megabytes at most, work or wait."""
_AROUND = 1
"""How many equal lines stay beside a change where only the changes are shown."""


class Compared(BaseModel):
    """Two articles, the earlier one as `older`, and their lines beside each other."""

    older: ArticleCard
    newer: ArticleCard
    rows: list[Row]


def add_versions(routes: APIRouter, workplace: Workplace, access: Access) -> None:
    """Add the page and the API's address; each shows what the person may read of both."""
    comparing = OneAtATime(_MOST_AT_ONCE, "versions_busy")

    @routes.get(
        "/article/{article_id}/compare/{other_id}", response_class=HTMLResponse, include_in_schema=False
    )
    def page(
        article_id: str, other_id: str, request: Request, lang: str = "zh", look: str = ""
    ) -> HTMLResponse:
        """Two articles side by side, with what changed marked."""
        person = access.need(request)
        try:
            older, newer = _in_order(workplace, person, article_id, other_id)
        except Problem as problem:
            raise Problem("no_article_here") from problem
        nonce = token_urlsafe(12)
        with comparing.turn():
            rows = compared(older.text, newer.text)
        language = language_named(lang)
        policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'; frame-ancestors 'self'"
        drawn = versions_page(older, newer, rows, language, article_id=article_id, nonce=nonce, look=look)
        access.need_still(request, person)
        return HTMLResponse(drawn, headers={"Content-Security-Policy": policy})

    @routes.get(
        "/api/articles/{article_id}/compare/{other_id}",
        tags=["articles"],
        summary="Two versions, line by line",
    )
    def compare(article_id: str, other_id: str, request: Request) -> Compared:
        """What changed from the earlier of two articles to the later one.

        A row is equal, changed, deleted (only `older` holds something) or inserted; `changed` marks the pieces of a line
        that the other one does not have.
        """
        person = access.need(request)
        try:
            older, newer = _in_order(workplace, person, article_id, other_id)
            with comparing.turn():
                rows = compared(older.text, newer.text)
        except Problem as problem:
            raise http_error(problem) from problem
        access.need_still(request, person)
        return Compared(older=_card(older), newer=_card(newer), rows=rows)


def _in_order(workplace: Workplace, person: Person, one: str, other: str) -> tuple[Article, Article]:
    """Both articles, the earlier first; where dates do not tell, as they were named.

    Raises:
        Problem: `program_no_article` where the person may not see one of them.
    """
    for each in (one, other):
        check_text("article_id", each, NAME_CHARACTERS)
    first, second = (article_seen_by(workplace, person, each) for each in (one, other))
    return (second, first) if second.date and first.date and second.date < first.date else (first, second)


def _card(article: Article) -> ArticleCard:
    return ArticleCard.model_validate(article.model_dump(include=set(ArticleCard.model_fields)))


def versions_page(
    older: Article,
    newer: Article,
    rows: list[Row],
    language: str,
    *,
    article_id: str,
    nonce: str = "",
    look: str = "",
) -> str:
    """HTML of two versions as one table, so that they are scrolled together; every text is escaped.

    Args:
        older: The version on the left.
        newer: The one on the right.
        rows: Their lines beside each other.
        language: "zh" or "en".
        article_id: The version from which the page was opened, to which it leads back.
        nonce: What lets its script run.
        look: "light", "dark" or as the system has it.
    """
    counts = Counter(row.kind for row in rows)
    summary = message("versions_same", language)
    if any(kind is not Kind.EQUAL for kind in counts):
        summary = message(
            "versions_counts",
            language,
            changed=counts[Kind.CHANGED],
            inserted=counts[Kind.INSERTED],
            deleted=counts[Kind.DELETED],
        )
    name = message("versions_title", language)
    heads = "".join(_head(article, language, look) for article in (older, newer))
    back = _address(article_id, language, look)

    def button(action: str, sign: str) -> str:
        words = message(f"versions_{action}", language)
        return (
            f'<button type="button" data-go="{action}" title="{words}" aria-label="{words}">{sign}</button>'
        )

    body = (
        '<div class="bar">'
        f'<a href="{escape(back)}">← {message("versions_back", language)}</a><span role="status">{summary}</span>'
        f'<label><input type="checkbox" id="only-changes"> {message("versions_only", language)}</label>'
        f"{button('before', '↑')}{button('after', '↓')}</div>"
        f'<main><table class="versions"><caption>{name}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(_rows(rows, language))}</tbody></table></main>"
        f'<script nonce="{nonce}">{_SCRIPT}</script>'
    )
    title = f"{name}：{escape(newer.title)}"
    return html_page(title, body, STYLE + _STYLE, language, look, body_class="compared")


def _address(article_id: str, language: str, look: str) -> str:
    return f"/article/{quote(article_id, safe='')}?lang={language}{look_parameter(look)}"


def _head(article: Article, language: str, look: str) -> str:
    title = escape(readable(article.title)) or message("library_untitled", language)
    about = " · ".join(escape(part) for part in (article.date, article.number) if part)
    link = f'<a href="{escape(_address(article.id, language, look))}">{title}</a>'
    return f'<th scope="col">{link}<small>{about or message("versions_no_date", language)}</small></th>'


def _rows(rows: list[Row], language: str) -> list[str]:
    """The rows as HTML; before equal ones that are not shown among the changes stands how many they are."""
    near = {
        around
        for at, row in enumerate(rows)
        if row.kind is not Kind.EQUAL
        for around in range(at - _AROUND, at + _AROUND + 1)
    }
    drawn = []
    for is_near, run in groupby(range(len(rows)), key=near.__contains__):
        numbers = list(run)
        if not is_near:
            text = message("versions_equal_lines", language, count=len(numbers))
            drawn.append(f'<tr class="gap"><td colspan="2">⋯ {text} ⋯</td></tr>')
        drawn += [_row(rows[at], language, is_near) for at in numbers]
    return drawn


def _row(row: Row, language: str, is_near: bool) -> str:
    kind = row.kind.value + ("" if is_near else " far")
    older, newer = _cell(row.older, "del"), _cell(row.newer, "ins")
    label = message(f"versions_{row.kind.value}", language)
    return f'<tr class="{kind}" data-label="{label}"><td>{older}</td><td>{newer}</td></tr>'


def _cell(pieces: list[Piece], tag: str) -> str:
    parts = (
        f"<{tag}>{escape(readable(piece.text))}</{tag}>" if piece.changed else escape(readable(piece.text))
        for piece in pieces
    )
    return "".join(parts)
