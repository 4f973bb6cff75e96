"""The sources that a chat asks, on the page: what is chosen, kept, and shown as a chip above the box."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import unquote

from assistant.limits import CHOSEN_ARTICLES, NAME_CHARACTERS, check_count, check_text
from assistant.messages import message
from assistant.reading.chosen import count_chosen, missing_articles
from corpus.problem import Problem
from index.hit import ArticleInfo
from index.query import Filters
from ui.people.person import Person, Role, visible_to
from ui.web.shown import shown
from ui.web.workplace import Workplace

_NAMED = 2
_LONGEST_TITLE = 24


def sources_of_deed(workplace: Workplace, person: Person, deed: str, language: str) -> Filters:
    """The sources that a link names: "articles/ID ID", "collection/NAME" or "folder" (the one that is followed).

    Raises:
        Problem: `limit_items`, `limit_characters`, `choose_nothing`, `role_needed`, or `choose_no_longer` where nothing of it
            is in the library for this person.
    """
    what, _, value = deed.partition("/")
    sources = Filters()
    if what == "articles":
        ids = list(dict.fromkeys(unquote(value).split()))
        check_count(message("chosen_sources", language), ids, CHOSEN_ARTICLES)
        for each in ids:
            check_text(message("chosen_sources", language), each, NAME_CHARACTERS)
        sources = Filters(articles=ids or None)
    elif what == "collection":
        name = check_text(message("library_collection", language), unquote(value), NAME_CHARACTERS)
        sources = Filters(within_collections=[name] if name else [])
    elif what == "folder":
        if not person.role.covers(Role.ADMIN):
            # Where files lie is told to administrators only.
            raise Problem("role_needed", role=message(f"role_{Role.ADMIN.value}", language))
        folder = workplace.watch.state.folder
        sources = Filters(within_folders=[folder] if folder else [])
    if not sources or workplace.index is None:
        raise Problem("choose_nothing")
    if not count_chosen(workplace.index.catalogue, visible_to(person, sources)):
        raise Problem("choose_no_longer")
    return sources


def chip_html(workplace: Workplace, person: Person, sources: Filters, language: str) -> str:
    """What is chosen, with a way out; of articles those that the person may see are named. Empty where nothing is."""
    if not sources.chosen or workplace.index is None:
        return ""
    catalogue, allowed = workplace.index.catalogue, visible_to(person, sources.chosen)
    count = count_chosen(catalogue, allowed)
    told = message("chosen_count", language, count=count)
    if missing := len(missing_articles(catalogue, allowed)):
        told += message("list_comma", language) + message("chosen_missing_short", language, missing=missing)
    names = _names(
        catalogue.find_articles(allowed, most=_NAMED)[0] if sources.articles else [], count, language
    )
    for code, values in (
        ("chosen_collection", sources.within_collections),
        ("chosen_folder", [PurePath(each).name for each in sources.within_folders]),
    ):
        names += [message(code, language, name=value) for value in values]
    what = message("list_comma", language).join(names)
    out = message("unchoose", language)
    return (
        f'<div class="choice" role="status"><span>{message("chosen_sources", language)}：'
        f"<b>{shown(what)}</b>（{shown(told)}）</span>"
        f'<a href="#act/unchoose" title="{out}" aria-label="{out}">✕</a></div>'
    )


def _names(articles: list[ArticleInfo], count: int, language: str) -> list[str]:
    titles = [
        each.title if len(each.title) <= _LONGEST_TITLE else each.title[:_LONGEST_TITLE] + "…"
        for each in articles
    ]
    names = [title if title.startswith("《") else f"《{title}》" for title in titles]
    if names and count > len(names):
        names[-1] += message("chosen_and_more", language)
    return names


def chosen_in_short(filters: Filters, language: str) -> str:
    """What an answer was asked of, as its chip tells it; empty where all articles were."""
    comma = message("list_comma", language)
    parts = [message("chosen_count", language, count=len(filters.articles))] if filters.articles else []
    parts += [message("chosen_collection", language, name=each) for each in filters.within_collections]
    parts += [message("chosen_folder", language, name=PurePath(each).name) for each in filters.within_folders]
    return f"{message('chosen_sources', language)} {comma.join(parts)}" if parts else ""
