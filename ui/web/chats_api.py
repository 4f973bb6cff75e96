"""Chats as files and pages: export, an answer with footnotes, how an answer came about."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from assistant.checking.verify import sentences_of
from assistant.messages import message
from assistant.model import Answer
from corpus.problem import Problem
from evals.folder import PassageText
from ui.chats.export import answer_with_footnotes, chat_as_docx, chat_as_markdown
from ui.chats.store import ChatStore, KeptTurn
from ui.chats.table_files import table_as_csv, table_as_xlsx
from ui.people.access import Access
from ui.people.person import Person, may_see
from ui.web.article import STYLE
from ui.web.attachment import MARKDOWN, WORD, attachment
from ui.web.chips import read_from
from ui.web.evals_render import trace_html
from ui.web.html_page import NO_SCRIPTS, html_page, language_named
from ui.web.sources_page import add_sources
from ui.web.workplace import Workplace

_LONGEST_NAME = 40
_SHEETS = {
    "csv": (table_as_csv, "text/csv; charset=utf-8"),
    "xlsx": (table_as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def chats_router(workplace: Workplace, access: Access, store: ChatStore) -> APIRouter:
    """The routes over the kept chats; each person reaches only their own."""
    routes = APIRouter()

    def turn_of(request: Request, turn: str) -> KeptTurn:
        found = store.turn(turn, access.need(request).name)
        if found is None:
            raise Problem("no_such_answer")
        return found

    @routes.get("/chats/{chat}/export.{form}")
    def export(chat: str, form: str, request: Request, lang: str = "zh") -> Response:
        """A chat as Markdown (`md`) or Word document (`docx`)."""
        found = store.chat(chat, access.need(request).name)
        if found is None or form not in {"md", "docx"}:
            raise Problem("no_such_export")
        language = language_named(lang)
        turns = store.turns(chat)
        name = f"{found.title}.{form}"
        if form == "md":
            return attachment(chat_as_markdown(found.title, turns, language), name, MARKDOWN)
        return attachment(chat_as_docx(found.title, turns, language), name, WORD)

    add_sources(routes, workplace, access, store)

    @routes.get("/turns/{turn}/footnotes", response_class=PlainTextResponse)
    def footnotes(turn: str, request: Request, lang: str = "zh") -> PlainTextResponse:
        """An answer as plain text, its sources as footnotes."""
        found = turn_of(request, turn)
        language = language_named(lang)
        return PlainTextResponse(
            answer_with_footnotes(found.answer, language) if found.answer else found.draft
        )

    @routes.get("/turns/{turn}/table.{form}")
    def table(turn: str, form: str, request: Request) -> Response:
        """The table of an answer as `csv` or `xlsx`."""
        found = turn_of(request, turn)
        if form not in _SHEETS or found.answer is None or found.answer.table is None:
            raise Problem("no_such_export")
        write, media_type = _SHEETS[form]
        name = f"{found.question[:_LONGEST_NAME]}.{form}"
        return attachment(write(found.answer.table), name, media_type)

    @routes.get("/turns/{turn}/how", response_class=HTMLResponse)
    def how(turn: str, request: Request, lang: str = "zh", look: str = "") -> HTMLResponse:
        """What every stage saw of a question, as a page."""
        found = turn_of(request, turn)
        language = language_named(lang)
        return HTMLResponse(
            how_page(workplace, store, found, access.need(request), language, look), headers=NO_SCRIPTS
        )

    return routes


def how_page(
    workplace: Workplace, store: ChatStore, turn: KeptTurn, person: Person, language: str, look: str = ""
) -> str:
    """HTML of the stages of an answer, their times and what was checked; of passages those that the person may see now."""
    trace = store.trace(turn.id)
    answer = turn.answer
    rows = [f"<h1>{message('how_answered', language)}</h1><p>{escape(turn.question)}</p>"]
    if trace is not None and answer is not None and workplace.index is not None:
        if what := message("list_comma", language).join(read_from(turn)):
            rows.append(f"<p>{escape(message('looked_for', language, what=what))}</p>")
        times = answer.timings_ms.model_dump()
        cells = "".join(
            f"<tr><th scope='row'>{message(f'stage_{name}', language)}</th><td>{value:.0f} ms</td></tr>"
            for name, value in times.items()
        )
        told = message("how_confidence", language, confidence=f"{answer.confidence:.2f}")
        rows.append(f"<table>{cells}</table><p>{escape(told)}</p>")
        rows.append(_checked_html(answer, language))
        ids = [
            each
            for part in trace.parts
            for each in [*part.dense, *part.keyword, *part.fused, *part.reranked]
            + [sentence.passage_id for sentence in part.sentences]
        ]
        found = workplace.index.catalogue.passages(list(dict.fromkeys(ids)))
        texts = {
            key: PassageText(
                id=key,
                article_id=article.id,
                title=article.title,
                heading=" > ".join(passage.heading_path),
                text=passage.text,
            )
            for key, (passage, article) in found.items()
            if may_see(person, article.collection)
        }
        for part in trace.parts:
            part.sentences = [each for each in part.sentences if each.passage_id in texts]
        rows.append(trace_html(trace, texts, language))
    return html_page(message("how_answered", language), "".join(rows), STYLE, language, look)


def _checked_html(answer: Answer, language: str) -> str:
    """Each sentence of the answer and whether it stands in what it cites."""
    failed = {flag.sentence for flag in answer.flags}
    told = [sentence for sentence, _ in sentences_of(answer)]
    passed = sum(sentence not in failed for sentence in told)
    count = message("how_checked", language, passed=passed, failed=len(told) - passed)
    rows = "".join(f"<li>{'⚠' if each in failed else '✓'} {escape(each)}</li>" for each in told)
    return f"<p>{escape(count)}</p><ul>{rows}</ul>"
