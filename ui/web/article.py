"""An article as a page of its own, with the cited sentence marked."""

from __future__ import annotations

from html import escape

from assistant.messages import message
from corpus.model import Article, Section

_STYLE = """
:root { color-scheme: light dark; --mark: #ffe58a; --quiet: #667; }
body { font: 16px/1.75 system-ui, "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
       margin: 0; padding: 1.25rem; max-width: 46rem; }
h1 { font-size: 1.25rem; line-height: 1.4; margin: 0 0 .25rem; }
h2 { font-size: 1.02rem; margin: 1.4rem 0 .25rem; }
p { margin: .5rem 0; }
.about { color: var(--quiet); font-size: .85rem; margin-bottom: 1rem; }
mark { background: var(--mark); color: #222; padding: .08em .1em; border-radius: 3px; }
@media (prefers-color-scheme: dark) { body { background: #16181d; color: #e6e6e6; } :root { --mark: #8a6d00; --quiet: #9aa; } mark { color: #fff; } }
"""


def article_page(article: Article, start: int, end: int, language: str) -> str:
    """HTML of `article` with `text[start:end]` marked and scrolled to; every text of the article is escaped."""
    about = [escape(part) for part in (article.date, article.source, article.region) if part]
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
        body += _paragraphs(article.text, section, start, end)
    return (
        f'<!doctype html><html lang="{"en" if language == "en" else "zh-CN"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(article.title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(article.title)}</h1>"
        f'<div class="about">{" · ".join(about)}</div>{"".join(body)}'
        '<script>document.querySelector("mark")?.scrollIntoView({block: "center"})</script></body></html>'
    )


def _paragraphs(text: str, section: Section, start: int, end: int) -> list[str]:
    result = []
    at = section.start
    for paragraph in text[section.start : section.end].split("\n"):
        first, last = max(start, at), min(end, at + len(paragraph))
        if first < last:
            before, marked, after = text[at:first], text[first:last], text[last : at + len(paragraph)]
            result.append(f"<p>{escape(before)}<mark>{escape(marked)}</mark>{escape(after)}</p>")
        elif paragraph.strip():
            result.append(f"<p>{escape(paragraph)}</p>")
        at += len(paragraph) + 1
    return result
