"""The articles that belong with one – the same text, older and newer versions – as a list of links."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from assistant.messages import message
from index.catalogue import Catalogue
from index.duplicates import SAME_TEXT, VERSION, Link
from ui.web.html_page import look_parameter

_COMPARED = frozenset({SAME_TEXT, VERSION})


def linked_html(
    article_id: str, catalogue: Catalogue, seen: list[str] | None, language: str, look: str | None = None
) -> str:
    """Items of a list, one for every linked article among those that may be seen (`Filters.collections`).

    A version has a link that compares both: in a tab of its own, or in place of the article whose `look` is given.
    """
    links = catalogue.links(article_id, seen)
    return "".join(_item(link, article_id, catalogue, language, look) for link in links)


def _item(link: Link, article_id: str, catalogue: Catalogue, language: str, look: str | None) -> str:
    place, other = ("newer", link.newer) if link.older == article_id else ("older", link.older)
    info = catalogue.article(other)
    if info is None:
        return ""
    code = link.kind if link.kind == "same_text" else f"{link.kind}_{place}"
    told = message(f"link_{code}", language, title=info.title, date=info.date, id=other)
    address = f"/article/{quote(other)}?lang={language}"
    compare = _compare(article_id, other, info.title, language, look) if link.kind in _COMPARED else ""
    return f'<li><a href="{escape(address)}" target="_blank" rel="noopener">{escape(told)}</a>{compare}</li>'


def _compare(article_id: str, other: str, title: str, language: str, look: str | None) -> str:
    address = f"/article/{quote(article_id, safe='')}/compare/{quote(other, safe='')}?lang={language}"
    where = ' target="_blank" rel="noopener"' if look is None else ""
    label = escape(message("versions_with_told", language, title=title))
    address += look_parameter(look)
    return f' <a class="compare" href="{escape(address)}"{where} title="{label}" aria-label="{label}">{message("versions_with", language)}</a>'
