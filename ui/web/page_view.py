"""The page of a PDF or scan beside an article's text, with what is cited marked on it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from assistant.messages import message
from corpus.block import Box
from corpus.model import Article
from index.catalogue import Catalogue
from index.file_at_rest import state_of
from ui.people.person import Person
from ui.web.page_pictures import WIDTHS
from ui.web.printed_pages import PrintedPages, marked_boxes, printed_pages

_HERE = Path(__file__).parent
STYLE = (_HERE / "page_view.css").read_text(encoding="utf-8")
SCRIPT = (_HERE / "page_view.js").read_text(encoding="utf-8")
_AROUND = 0.003
"""By how much of the page a box is drawn larger than what it marks."""


def page_view_html(article: Article, pages: PrintedPages, start: int, end: int, language: str) -> str:
    """The picture of the page on which `article.text[start:end]` stands, with ways to the pages before and after.

    Nothing of it is loaded before the page's script runs; where the file is gone a notice stands in its place.

    Args:
        article: The article with its `layout`.
        pages: Its pages that may be seen.
        start: Where what is cited begins; where nothing is, the article's first page is shown.
        end: Where it ends.
        language: "zh" or "en".

    Returns:
        HTML in which everything is escaped.
    """
    boxes = marked_boxes(article.text, article.layout, start, end)
    cited = article.layout.places_of(start, end) if start < end else []
    places = cited or article.layout.places
    data = {
        "address": f"/article/{quote(article.id, safe='')}/page/",
        "widths": WIDTHS,
        "language": language,
        "first": pages.first,
        "last": pages.last,
        "shown": next(iter(boxes), places[0].page if places else pages.first),
        "marks": {page: [_around(box) for box in found] for page, found in boxes.items()},
        "starts": _starts(article),
        "recognised": sorted({place.page for place in article.layout.places if place.confidence < 1}),
        "words": {
            code: message(f"page_view_{code}", language, page="{page}", last="{last}")
            for code in ("at", "cited", "alt", "failed", "recognised")
        },
    }

    def button(name: str, sign: str, **state: str) -> str:
        words = message(f"page_view_{name}", language)
        more = "".join(f' aria-{key}="{value}"' for key, value in state.items())
        return f'<button type="button" data-page="{name}" title="{words}" aria-label="{words}"{more}>{sign}</button>'

    return (
        f'<aside id="page-view" aria-label="{message("page_view", language)}" data-pages="{escape(json.dumps(data, ensure_ascii=False))}">'
        f'<div class="bar">{button("before", "‹")}<span id="page-at" role="status"></span>{button("after", "›")}'
        f"{button('back', '◎')}{button('zoom', '⊕', pressed='false')}{button('fold', '▾', expanded='true')}</div>"
        f'<div class="paper" tabindex="0" aria-label="{message("page_view", language)}"><div class="sheet"><img alt=""><div class="marks"></div></div></div>'
        '<p class="notice" role="status" hidden></p></aside>'
    )


def printed_html(
    catalogue: Catalogue, person: Person, article: Article, start: int, end: int, language: str
) -> str:
    """What stands before the text of an article: its page's picture, why there is none, or nothing for other files."""
    pages = printed_pages(catalogue, person, article)
    if pages is None:
        return ""
    if state_of(pages.file) is None:
        return f'<p class="about">{message("page_file_gone", language)}</p>'
    return page_view_html(article, pages, start, end, language)


def _starts(article: Article) -> dict[int, int]:
    """For every page where in the text it begins."""
    starts: dict[int, int] = {}
    for place in article.layout.places:
        starts.setdefault(place.page, place.start)
    return starts


def _around(box: Box) -> Sequence[float]:
    left, top, right, bottom = box
    edges = left - _AROUND, top - _AROUND, right + _AROUND, bottom + _AROUND
    return [round(min(max(edge, 0.0), 1.0), 4) for edge in edges]
