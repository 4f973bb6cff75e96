"""The bar above the library's table: what is ticked, and links that have the chat ask only that, or a collection."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from assistant.limits import CHOSEN_ARTICLES
from assistant.messages import message


def asking_html(collections: list[str], language: str, actions: str = "") -> str:
    """The bar; the table's script fills in what is ticked and shows it, with the `actions` that change it."""
    told = escape(message("ticked", language, count="{count}"))
    ticked = (
        f'<span class="ticked" data-told="{told}" data-most="{CHOSEN_ARTICLES}" hidden><span role="status"></span> '
        f'<a class="ask" href="#act/choose/articles/">{message("choose_only_these", language)}</a> '
        f'<a class="brief" href="#act/briefing/">{message("briefing_make", language)}</a> '
        f'<button type="button" data-untick>{message("tick_none", language)}</button> {actions}</span>'
    )
    if not collections:
        return f'<div class="asking">{ticked}</div>'
    links = " ".join(
        f'<a href="#act/choose/collection/{quote(name, safe="")}" title="{message("choose_only_collection", language)}">'
        f"{escape(name)}</a>"
        for name in collections
    )
    label = message("choose_only_collection", language)
    return f'<div class="asking">{ticked}<span class="collections">{label}：{links}</span></div>'


def folder_link(language: str) -> str:
    """The link that has the chat ask only the followed folder."""
    return f' <a href="#act/choose/folder">{message("choose_only_folder", language)}</a>'
