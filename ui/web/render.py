"""An answer as the chat shows it: Markdown with a link for every mark."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from assistant.added import ADDED
from assistant.messages import message
from assistant.model import Answer, Citation

_MARK = re.compile(r"\[(\d+)\]")
_SPACE = re.compile(r"\s+")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~$<>&!:@]|(?<=www)\.)", re.IGNORECASE)


def answer_as_html(answer: Answer, language: str, kept: str = "") -> str:
    """HTML of an answer; texts of articles and models are escaped.

    `kept` is the key under which the server remembers it: with it the answer can be made an eval item.
    """
    blocks = [f'<div class="note">{shown(note)}</div>' for note in answer.notes]
    if answer.short_answer:
        blocks.append(f'<div class="short-answer">{shown(answer.short_answer)}</div>')
    by_number = {citation.n: citation for citation in answer.citations}
    for line in answer.answer.split("\n"):
        blocks.append(f"<p>{_linked(line, by_number, language)}</p>")
    blocks += [
        f'<div class="flag">⚠ {shown(message(flag.reason, language, detail=flag.detail))}</div>'
        for flag in answer.flags
    ]
    if answer.citations:
        blocks.append(
            '<ol class="sources">' + "".join(_source(c, language) for c in answer.citations) + "</ol>"
        )
    if answer.near:
        items = "".join(_near(citation, language) for citation in answer.near)
        blocks.append(
            f'<details class="near"><summary>{message("near", language)}</summary><ul>{items}</ul></details>'
        )
    if kept:
        links = "".join(
            f'<a class="keep" href="#keep/{escape(kept)}/{verdict}">{message(f"page_keep_{verdict}", language)}</a>'
            for verdict in ("good", "bad")
        )
        blocks.append(f'<div class="keeps">{links}</div>')
    return '<div class="answer">' + "".join(blocks) + "</div>"


def plain(text: str) -> str:
    """`text` so that Markdown shows it as it is; an address becomes no link."""
    return _MARKDOWN.sub(r"\\\1", text)


def shown(text: str) -> str:
    """`text` for HTML that stands in Markdown: no element, no formula, and no empty line, at which Markdown would begin."""
    return escape(_SPACE.sub(" ", text)).replace("$", "&#36;")


def link_to(citation: Citation, language: str) -> str:
    """Address of the cited sentence in its article."""
    return f"/article/{quote(citation.article_id)}?start={citation.start}&end={citation.end}&lang={language}"


def _linked(line: str, by_number: dict[int, Citation], language: str) -> str:
    parts = []
    at = 0
    for mark in _MARK.finditer(line):
        citation = by_number.get(int(mark.group(1)))
        parts.append(_with_added(line[at : mark.start()]))
        if citation is None:
            parts.append(shown(mark.group()))
        else:
            parts.append(f'<a class="cite" href="{escape(link_to(citation, language))}">[{citation.n}]</a>')
        at = mark.end()
    parts.append(_with_added(line[at:]))
    return "".join(parts)


def _with_added(text: str) -> str:
    """Escaped text, with what was added to a quote in 〔〕 set apart."""
    return ADDED.sub(lambda match: f'<span class="added">{match.group()}</span>', shown(text))


def _source(citation: Citation, language: str) -> str:
    about = " · ".join(part for part in (citation.section, citation.date, citation.source) if part)
    return (
        f'<li value="{citation.n}"><a class="cite" href="{escape(link_to(citation, language))}">{shown(citation.title)}</a>'
        f'<span class="about">{shown(about)}</span></li>'
    )


def _near(citation: Citation, language: str) -> str:
    text = citation.quote if len(citation.quote) <= 80 else citation.quote[:80] + "…"
    return f'<li><a class="cite" href="{escape(link_to(citation, language))}">{shown(citation.title)}</a>：{shown(text)}</li>'
