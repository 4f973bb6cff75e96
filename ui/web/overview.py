"""The overview of an answer as HTML: a heading for each group, its sentences under it with their marks."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import quote

from assistant.messages import message
from assistant.overview import Overview, OverviewGroup
from ui.web.shown import shown


def overview_html(overview: Overview, linked: Callable[[str], str], language: str) -> str:
    """The groups of an overview.

    Args:
        overview: What is shown; every text of it is escaped.
        linked: Makes HTML of a text with marks such as [1].
        language: Of the page.
    """
    groups = "".join(_group(group, linked, language) for group in overview.groups)
    more = ""
    if overview.more_groups:
        text = message(f"overview_more_{overview.by}", language, count=overview.more_groups)
        more = f'<p class="about">{escape(text)}</p>'
    return f'<div class="overview">{groups}{more}</div>'


def _group(group: OverviewGroup, linked: Callable[[str], str], language: str) -> str:
    name = shown(group.name)
    if group.article_id:
        address = f"/article/{quote(group.article_id, safe='')}?lang={language}"
        name = f'<a class="cite" href="{escape(address)}">{name}</a>'
    date = f' <span class="about">{shown(group.date)}</span>' if group.date else ""
    lines = "".join(
        f"<li>{shown(line.text)}{linked(''.join(f'[{number}]' for number in line.citations))}</li>"
        for line in group.lines
    )
    return f"<section><h4>{name}{date}</h4><ul>{lines}</ul></section>"


__all__ = ["overview_html"]
