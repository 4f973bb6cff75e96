"""An answer as the chat shows it: Markdown with a link for every mark."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from assistant.answering.added import ADDED
from assistant.checking.cited_table import holds_table
from assistant.checking.verify import sentence_of
from assistant.messages import message
from assistant.model import Answer, Citation
from assistant.understanding.asked_as import asked_as
from ui.chats.store import KeptTurn
from ui.web.answer_table import answer_table_html, table_deeds_html
from ui.web.chips import chips_of
from ui.web.cited_sources import sources_html
from ui.web.icons import icon
from ui.web.markdown import markdown_html, reasons_of
from ui.web.overview import overview_html
from ui.web.series_chart import series_chart_html
from ui.web.shown import shown

_QUOTED = 24
"""Characters of the quote that its address carries, to find it again where the article was read anew."""
_DEEDS = (
    ("again", "page_again", "again"),
    ("copy", "copy_footnotes", "copy"),
    ("keep", "page_keep_good", "keep"),
    ("how", "how_answered", "info"),
)
_MARK = re.compile(r"\[(\d+)\]")


def answer_as_html(answer: Answer, language: str, turn: KeptTurn | None = None) -> str:
    """HTML of an answer; texts of articles and models are escaped.

    As the answer of a kept `turn` it has links to judge it, to copy it, to see how it came about and to go on.
    """
    blocks = []
    if answer.standalone_question.strip() not in {"", answer.question.strip()}:
        blocks.append(_asked_as(answer, language))
    blocks += [f'<div class="note">{shown(note)}</div>' for note in answer.notes]
    if answer.thoughts:
        blocks.append(_thoughts(answer.thoughts, language))
    by_number = {citation.n: citation for citation in answer.citations}
    blocks += _headline(answer, by_number, language)
    if answer.written:
        reasons = reasons_of(answer.flags, lambda flag: message(flag.reason, language, detail=flag.detail))
        blocks.append(markdown_html(answer.answer, lambda text: _linked(text, by_number, language), reasons))
    if answer.overview is not None:
        blocks.append(
            overview_html(answer.overview, lambda text: _linked(text, by_number, language), language)
        )
        if answer.citations:
            blocks.append(_briefing(answer.citations, language))
    for line in [] if answer.written or answer.overview else answer.answer.split("\n"):
        failed = [flag for flag in answer.flags if flag.sentence == sentence_of(line)]
        told = "；".join(message(flag.reason, language, detail=flag.detail) for flag in failed)
        mark = f' class="unsupported" title="{shown(told)}"' if failed else ""
        blocks.append(f"<p{mark}>{_linked(line, by_number, language)}</p>")
    blocks += [
        f'<div class="flag">{icon("warning")} {shown(message(flag.reason, language, detail=flag.detail))}</div>'
        for flag in answer.flags
    ]
    if answer.table is not None:
        blocks.append(table_deeds_html(language, turn.id if turn else ""))
    blocks.append(
        sources_html(
            answer.citations, lambda each: link_to(each, language), language, turn.id if turn else ""
        )
    )
    if answer.near:
        items = "".join(_near(citation, language) for citation in answer.near)
        blocks.append(
            f'<details class="near" open><summary>{message("near", language)}</summary><ul>{items}</ul></details>'
        )
    if turn is not None:
        blocks += _deeds(turn, answer, language)
    return '<div class="answer">' + "".join(blocks) + "</div>"


def _briefing(citations: list[Citation], language: str) -> str:
    """The link that makes a briefing of the articles of an overview."""
    ids = quote(" ".join(dict.fromkeys(each.article_id for each in citations)), safe="")
    return f'<p class="asked-as"><a href="#act/briefing/{ids}">{icon("file")} {message("briefing_make", language)}</a></p>'


def _headline(answer: Answer, by_number: dict[int, Citation], language: str) -> list[str]:
    """The table of an answer, where its text holds none, and what stands above the sentences in large."""
    blocks = []
    if answer.series is not None:
        blocks.append(series_chart_html(answer.series, lambda n: _address(n, by_number, language), language))
    if answer.table is not None and not holds_table(answer):
        blocks.append(
            answer_table_html(answer.table, lambda text: _linked(text, by_number, language), language)
        )
    if answer.short_answer and (answer.table is None or answer.calculations):
        blocks.append(f'<div class="short-answer">{shown(answer.short_answer)}</div>')
    return blocks


def _address(number: int, by_number: dict[int, Citation], language: str) -> str:
    return link_to(by_number[number], language) if number in by_number else ""


def _asked_as(answer: Answer, language: str) -> str:
    standalone = answer.standalone_question
    return (
        f'<div class="asked-as">{message("asked_as", language)}<span>{shown(asked_as(standalone, answer.question))}</span> '
        f'<a href="#act/edit/{quote(standalone)}">{message("edit", language)}</a></div>'
    )


def _thoughts(text: str, language: str) -> str:
    """What the model thought, folded: words alone, without links and Markdown, for nothing of it was checked."""
    lines = "".join(f"<p>{shown(line)}</p>" for line in text.split("\n") if line.strip())
    return f'<details class="thoughts"><summary>{message("thoughts", language)}</summary>{lines}</details>'


def _deeds(turn: KeptTurn, answer: Answer, language: str) -> list[str]:
    """What can be done with a kept answer, as links that the page's script carries out."""
    blocks = []
    if chips := chips_of(turn, language):
        blocks.append(chips)
    if answer.refused and turn.filters.chosen:
        blocks.append(
            f'<div class="asked-as"><a href="#act/everywhere/{turn.id}">{message("ask_without_choice", language)}</a></div>'
        )
    if answer.refused and turn.filters.narrowed:
        blocks.append(
            f'<div class="asked-as"><a href="#act/widen/{turn.id}">{message("widen", language)}</a></div>'
        )
    if turn.suggested:
        links = "".join(
            f'<a class="go-on" href="#act/ask/{quote(question)}">{shown(question)}</a>'
            for question in turn.suggested
        )
        blocks.append(f'<div class="suggested"><span>{message("go_on", language)}</span>{links}</div>')
    names = {"good": icon("thumb_up"), "bad": icon("thumb_down")}
    links = "".join(
        f'<a class="verdict{" chosen" if turn.verdict == name else ""}" href="#act/{name}/{turn.id}"'
        f' title="{message(f"verdict_{name}", language)}">{sign} {message(f"verdict_{name}", language)}</a>'
        for name, sign in names.items()
    )
    for name, code, sign in _DEEDS:
        links += f'<a class="{name}" href="#act/{name}/{turn.id}">{icon(sign)}<span>{message(code, language)}</span></a>'
    reason = f'<div class="note">{shown(turn.reason)}</div>' if turn.reason else ""
    return [*blocks, f'<div class="deeds">{links}</div>{reason}']


def link_to(citation: Citation, language: str) -> str:
    """Address of the cited sentence in its article."""
    words = quote(citation.quote.split("\n")[0][:_QUOTED])
    return f"/article/{quote(citation.article_id)}?start={citation.start}&end={citation.end}&q={words}&lang={language}"


def _linked(line: str, by_number: dict[int, Citation], language: str) -> str:
    parts = []
    at = 0
    for mark in _MARK.finditer(line):
        citation = by_number.get(int(mark.group(1)))
        parts.append(_with_added(line[at : mark.start()]))
        if citation is None:
            parts.append(shown(mark.group()))
        else:
            parts.append(
                f'<a class="cite" href="{escape(link_to(citation, language))}" title="{shown(citation.title)}">[{citation.n}]</a>'
            )
        at = mark.end()
    parts.append(_with_added(line[at:]))
    return "".join(parts)


def _with_added(text: str) -> str:
    """Escaped text, with what was added to a quote in 〔〕 set apart."""
    return ADDED.sub(lambda match: f'<span class="added">{match.group()}</span>', shown(text))


def _near(citation: Citation, language: str) -> str:
    text = citation.quote if len(citation.quote) <= 80 else citation.quote[:80] + "…"
    return f'<li><a class="cite" href="{escape(link_to(citation, language))}">{shown(citation.title)}</a>：{shown(text)}</li>'
