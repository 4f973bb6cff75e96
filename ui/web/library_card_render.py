"""HTML of an article's card: what is known of it and from where, its versions, how it was split and repaired."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import quote

from assistant.messages import message
from corpus.load import read_articles
from corpus.model import Article, Passage
from corpus.problem import Problem
from corpus.repair import Change
from index.catalogue import Catalogue
from ui.web.linked import linked_html

_SHOWN = ("date", "source", "region", "issuer", "number", "kind", "collection", "url", "file")
_MOST_PASSAGES = 100
_MOST_CHANGES = 200


def card_html(article: Article, catalogue: Catalogue, seen: list[str] | None, language: str) -> str:
    """The article's title, fields with their origins, and versions among what may be seen (`Filters.collections`)."""
    title = escape(article.title) or message("library_untitled", language)
    address = f"/article/{quote(article.id)}?lang={language}"
    passages = message("library_passages", language, count=len(catalogue.passages_of(article.id)))
    fields = "".join(_field(article, name, language) for name in _SHOWN)
    told = (
        linked_html(article.id, catalogue, seen, language)
        or f"<li>{message('library_no_versions', language)}</li>"
    )
    return (
        f'<h2>{title} {_origin(article, "title", language)}</h2><p class="hint">{passages} · '
        f'<a href="{escape(address)}" target="_blank" rel="noopener">{message("library_open", language)} ↗</a></p>'
        f'<dl class="fields">{fields}</dl>'
        f'<h3>{message("library_versions", language)}</h3><ul class="versions">{told}</ul>'
    )


def _field(article: Article, name: str, language: str) -> str:
    value = str(getattr(article, name))
    if not value:
        return ""
    shown = escape(Path(value).name if name == "file" else value)
    if name == "url" and value.startswith(("https://", "http://")):
        shown = f'<a href="{shown}" target="_blank" rel="noopener noreferrer">{shown}</a>'
    told = f"{shown} {_origin(article, name, language)}"
    return f"<dt>{message(f'column_{name}', language)}</dt><dd>{told}</dd>"


def _origin(article: Article, name: str, language: str) -> str:
    origin = article.origins.get(name, "")
    return f"<small>{message(f'origin_{origin}', language)}</small>" if origin else ""


def how_html(article: Article, passages: list[Passage], changes: list[Change], language: str) -> str:
    """The passages with headings and spans, and what repair changed."""
    items = "".join(_passage(passage, language) for passage in passages[:_MOST_PASSAGES])
    if len(passages) > _MOST_PASSAGES:
        more = message("library_split_more", language, count=len(passages) - _MOST_PASSAGES)
        items += f"<li>{more}</li>"
    split = message("library_split", language, count=len(passages))
    count = message("library_repaired", language, count=len(changes))
    repaired = (
        f"<h3>{count}</h3>" + "".join(_change(change, language) for change in changes[:_MOST_CHANGES])
        if changes
        else f'<p class="hint">{message("library_no_repair", language)}</p>'
    )
    return f'<h3>{split}</h3><ol class="passages">{items}</ol>{repaired}'


def _passage(passage: Passage, language: str) -> str:
    path = " › ".join(passage.heading_path) or message("library_no_heading", language)
    span = message("library_span", language, start=passage.start, end=passage.end)
    return (
        f"<li><details><summary>{escape(path)} <small>{span}</small></summary>"
        f"<p>{escape(passage.text)}</p></details></li>"
    )


def _change(change: Change, language: str) -> str:
    lines = "".join(
        f"<{tag}>{escape(text)}</{tag}>"
        for tag, text in (("del", change.before), ("ins", change.after))
        if text
    )
    return f'<div class="change"><b>{message(f"rule_{change.rule}", language)}</b>{lines}</div>'


def changes_in(article: Article, key: str) -> list[Change]:
    """What repair changes when the article's file is read; `key` makes the ids of the file's articles.

    Raises:
        Problem: `no_such_path` when the file is gone.
    """
    file = Path(article.file)
    if not file.is_file():
        raise Problem("no_such_path", file=file)
    changes: list[Change] = []
    for found in read_articles(file, changes, key=key):
        if isinstance(found, Problem):
            continue
        if found.id == article.id:
            return changes
        changes.clear()
    return []
