"""An article as a page of its own, with the cited sentence marked."""

from __future__ import annotations

from html import escape

from assistant.messages import message
from corpus.model import Article, Section
from ui.web import page_view
from ui.web.article_table import Span, marked_text, table_html
from ui.web.html_page import html_page
from ui.web.tokens import tokens_css

STYLE = (
    tokens_css()
    + """
body { font: 16px/1.75 var(--font); background: var(--surface); color: var(--text); margin: 0; padding: 1.25rem; max-width: 46rem; overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; line-height: 1.4; margin: 0 0 .25rem; }
h2 { font-size: 1.02rem; margin: 1.4rem 0 .25rem; }
p { margin: .5rem 0; }
a { color: var(--accent); }
.about { color: var(--quiet); font-size: .85rem; margin-bottom: 1rem; }
.about > a { white-space: nowrap; }
.about ul { margin: .25rem 0; padding-left: 1.2rem; } .about .compare { white-space: nowrap; padding-left: .4rem; }
mark { background: var(--mark); color: var(--on-mark); padding: .08em .1em; border-radius: 3px; }
#on-selection { position: absolute; } #on-selection button { font: inherit; font-size: .85rem; padding: .2rem .6rem; border-radius: 6px; border: 1px solid var(--line-strong); cursor: pointer; }
#ask-only { font: inherit; padding: 0 .6rem; border-radius: 6px; border: 1px solid var(--line-strong); cursor: pointer; background: none; color: var(--accent); }
table { border-collapse: collapse; font-size: .9rem; } th { text-align: left; font-weight: 500; padding-right: 1.5rem; }
.printed { overflow-x: auto; margin: .75rem 0; } .printed caption { text-align: left; font-weight: 500; padding: .25rem 0; }
.printed th, .printed td { border: 1px solid var(--line); padding: .25rem .6rem; vertical-align: top; overflow-wrap: normal; min-width: 4em; }
.printed th { background: var(--sunken); } .printed td.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.printed tr.cited td, .printed tr.cited th { background: var(--accent-soft); }
.stages { font-size: .85rem; } .stages ol { padding-left: 1.3rem; } small { color: var(--quiet); }
"""
)
_SHORTEST_QUOTE = 4
_SCRIPT = """
document.querySelector("mark")?.scrollIntoView({block: "center"});
const bar = document.getElementById("on-selection");
document.addEventListener("selectionchange", () => {
  const selected = getSelection();
  const text = selected.toString().trim();
  bar.hidden = !text || window.parent === window;
  if (bar.hidden) return;
  const place = selected.getRangeAt(0).getBoundingClientRect();
  bar.style.left = Math.max(0, place.left) + "px";
  bar.style.top = place.bottom + window.scrollY + 6 + "px";
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && window.parent !== window) window.parent.postMessage({escaped: true}, location.origin);
});
const only = document.getElementById("ask-only");
only.hidden = window.parent === window;
only.onclick = () => window.parent.postMessage({askOnly: only.dataset.article}, location.origin);
bar.onmousedown = (event) => event.preventDefault();
bar.onclick = (event) => window.parent.postMessage({[event.target.value]: getSelection().toString().trim()}, location.origin);
"""


def article_page(
    article: Article,
    start: int,
    end: int,
    language: str,
    *,
    quoted: str = "",
    linked: str = "",
    nonce: str = "",
    look: str = "",
    printed: str = "",
) -> str:
    """HTML of `article` with `text[start:end]` marked and scrolled to; every text of the article is escaped.

    Its tables are drawn as tables (`article.layout`). Where the article was read anew since, and the span no longer begins with `quoted`, that is marked where it stands now.
    `linked` are items of a list (`ui.web.linked`). `look` is "light", "dark" or as the system has it.
    `printed` is the picture of its page (`ui.web.page_view`).
    """
    linked = f"<ul>{linked}</ul>" if linked else ""
    start, end = span_of_quote(article.text, start, end, quoted)
    about = [
        escape(part)
        for part in (article.date, article.source, article.issuer, article.number, article.region)
        if part
    ]
    if article.url.startswith(("https://", "http://")):
        link = message("article_link", language)
        about.append(f'<a href="{escape(article.url)}" target="_blank" rel="noopener noreferrer">{link}</a>')
    body = []
    shown: list[str] = []
    for section in article.sections:
        for level, heading in enumerate(section.path):
            if shown[: level + 1] != section.path[: level + 1]:
                body.append(f"<h2>{escape(heading)}</h2>")
                shown = section.path[: level + 1]
        shown = list(section.path)
        body += _lines(article, section, (start, end))
    title = escape(article.title)
    content = (
        f"{printed}<main><h1>{title}</h1>"
        f'<div class="about">{" · ".join(about)} {_only(article, language)}{linked}</div>{"".join(body)}</main>'
        f'<div id="on-selection" hidden><button id="ask-about" value="askAbout" type="button">{message("ask_about", language)}</button>'
        f'<button id="collect" value="collect" type="button">{message("note_collect", language)}</button></div>'
        f'<script nonce="{nonce}">{_SCRIPT}{page_view.SCRIPT if "<aside" in printed else ""}</script>'
    )
    return html_page(title, content, STYLE + (page_view.STYLE if printed else ""), language, look)


def _only(article: Article, language: str) -> str:
    """The button that has the chat ask only this article; the script shows it beside a chat."""
    label = message("choose_only_article", language)
    return f'<button id="ask-only" type="button" data-article="{escape(article.id)}" hidden>{label}</button>'


def span_of_quote(text: str, start: int, end: int, quoted: str) -> tuple[int, int]:
    """The span that is meant: as given, or where `quoted` (its beginning) stands now, nearest to `start`."""
    if len(quoted) < _SHORTEST_QUOTE or text[start:end].startswith(quoted):
        return start, end
    places = []
    at = text.find(quoted)
    while at >= 0:
        places.append(at)
        at = text.find(quoted, at + 1)
    if not places:
        return 0, 0
    nearest = min(places, key=lambda place: abs(place - start))
    return nearest, nearest + max(len(quoted), end - start)


def _lines(article: Article, section: Section, marked: Span) -> list[str]:
    """The lines of a section as HTML: paragraphs, and each table drawn once, at its first row."""
    result = []
    at = section.start
    for line in article.text[section.start : section.end].split("\n"):
        table = article.layout.table_at(at)
        if table is None:
            if line.strip():
                result.append(
                    f"<p data-at={at}>{marked_text(article.text, (at, at + len(line)), marked)}</p>"
                )
        elif at == table.start:
            result.append(table_html(table, article.text, marked))
        at += len(line) + 1
    return result
