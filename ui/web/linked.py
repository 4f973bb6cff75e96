"""The articles that belong with one – the same text, older and newer versions – as a list of links."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from assistant.messages import message
from index.catalogue import Catalogue
from index.duplicates import Link


def linked_html(article_id: str, catalogue: Catalogue, seen: list[str] | None, language: str) -> str:
    """Items of a list, one for every linked article among those that may be seen (`Filters.collections`)."""
    return "".join(_item(link, article_id, catalogue, language) for link in catalogue.links(article_id, seen))


def _item(link: Link, article_id: str, catalogue: Catalogue, language: str) -> str:
    place, other = ("newer", link.newer) if link.older == article_id else ("older", link.older)
    info = catalogue.article(other)
    if info is None:
        return ""
    code = link.kind if link.kind == "same_text" else f"{link.kind}_{place}"
    told = message(f"link_{code}", language, title=info.title, date=info.date, id=other)
    address = f"/article/{quote(other)}?lang={language}"
    return f'<li><a href="{escape(address)}" target="_blank" rel="noopener">{escape(told)}</a></li>'
