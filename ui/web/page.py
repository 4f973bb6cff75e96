"""The Gradio page: earlier chats, the chat and the search, an article beside them; the library and evals on tabs of their own."""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr

from assistant.messages import message
from index.query import Filters
from ui.chats.store import ChatStore
from ui.chats.writing import Writer
from ui.people.access import Access
from ui.people.limits import Limits
from ui.people.person import visible_to
from ui.said import said
from ui.web.chat_tab import ChatTab
from ui.web.eval_job import EvalJob
from ui.web.evals_tab import EvalsTab
from ui.web.library_tab import LibraryTab
from ui.web.mounted import looks_less_often
from ui.web.notebook_tab import NotebookTab
from ui.web.permission import person_behind
from ui.web.search_tab import SearchTab
from ui.web.settings_tab import SettingsTab
from ui.web.workplace import Workplace

_MOST_PROBLEMS = 5
_EVENTS_AT_ONCE, _EVENTS_WAITING, _THREADS = 1000, 2000, 24
_FOLLOW_S, _LOOK_AGAIN_S = 0.7, 10.0


def chat_page(
    workplace: Workplace,
    access: Access,
    limits: Limits,
    job: EvalJob,
    store: ChatStore,
    writer: Writer,
    language: str,
) -> gr.Blocks:
    """The page in one language."""

    def text(code: str, **fields: object) -> str:
        return message(code, language, **fields)

    def status(request: gr.Request) -> tuple[str, Any]:
        person = person_behind(access, request)
        seen = visible_to(person, Filters()).collections if person else []
        phase = workplace.status.phase
        if workplace.is_to_be_tried_again and phase in {"ready", "failed"}:
            return status_html(workplace, language, seen), gr.Timer(_LOOK_AGAIN_S, active=True)
        return status_html(workplace, language, seen), gr.Timer(
            _FOLLOW_S, active=phase not in {"ready", "failed"}
        )

    chat_tab = ChatTab(workplace, access, limits, store, writer, language)
    notebook_tab = NotebookTab(workplace, access, store, language)
    with gr.Blocks(title=text("page_title"), fill_height=True, fill_width=True) as page:
        with gr.Sidebar(width=270, elem_id="sidebar"):
            chat_tab.build_history()
        with gr.Row(elem_id="head"):
            gr.HTML(f"<h1>{text('page_title')}</h1>")
            state = gr.HTML(status_html(workplace, language, []), elem_id="status")
            gr.HTML(_other_language(language))
        timer = gr.Timer(_FOLLOW_S)
        with gr.Row(elem_id="columns"):
            with (
                gr.Column(scale=3, min_width=320),
                gr.Tabs(selected="chat", overflow_behavior="wrap", elem_id="tabs") as tabs,
            ):
                with gr.Tab(text("page_tab_chat"), id="chat", elem_id="chatting") as chat:
                    chat_tab.build()
                    notebook_tab.build_receiver()
                with gr.Tab(text("page_tab_search"), id="search") as search_tab:
                    SearchTab(workplace, access, limits, language).build(search_tab, tabs, page)
                with gr.Tab(text("page_tab_notebook"), id="notebook", elem_id="notebook") as notebook:
                    notebook_tab.build(notebook)
                with gr.Tab(text("page_tab_library"), id="library", elem_id="library") as library_tab:
                    LibraryTab(workplace, access, language, store.visits).build(library_tab)
                with gr.Tab(text("page_tab_evals"), id="evals", elem_id="evals") as evals_tab:
                    EvalsTab(workplace, access, job, language, chat_tab.pieces).build(
                        evals_tab, tabs, chat_tab.news, chat_tab.view
                    )
                with gr.Tab(text("page_tab_settings"), id="settings", elem_id="settings") as settings_tab:
                    SettingsTab(workplace, access, language).build(settings_tab)
            with gr.Column(scale=2, min_width=300, elem_id="reader"):
                gr.HTML(_reader(language))
        gr.on(
            [timer.tick, chat.select],
            status,
            None,
            [state, timer],
            show_progress="hidden",
            api_visibility="private",
        )
        chat_tab.connect(page)
    # Events that wait hold a place but no thread; the threads that draw are the page's own.
    page.max_threads = _EVENTS_AT_ONCE
    page.queue(max_size=_EVENTS_WAITING)
    page.max_threads = _THREADS
    looks_less_often(page)
    return page


def _other_language(language: str) -> str:
    return (
        f'<a id="language" href="{message("page_other_language_path", language)}">'
        f"{message('page_other_language', language)}</a>"
    )


def _reader(language: str) -> str:
    """The pane in which articles open, with ways to the citations or hits before and after; absent until one opens."""

    def button(name: str, sign: str, code: str) -> str:
        told = message(code, language)
        return (
            f'<button type="button" data-reader="{name}" title="{told}" aria-label="{told}">{sign}</button>'
        )

    edge = message("reader_edge", language)
    return (
        f'<div id="reader-edge" role="separator" tabindex="0" aria-orientation="vertical" aria-label="{edge}"></div>'
        f'<div id="reader-bar">{button("before", "‹", "citation_before")}<span id="reader-at"></span>'
        f"{button('after', '›', 'citation_after')}"
        f'<a class="all-sources" href="#act/sources">{message("sources_of_chat", language)}</a>'
        f'{button("close", "✕", "close")}</div><div id="reader-note"></div>'
        f'<iframe id="article" name="article" title="{message("page_article", language)}" hidden></iframe>'
    )


def status_html(workplace: Workplace, language: str, seen: list[str] | None) -> str:
    """One line on how far the index is, then how much of it may be seen (`Filters.collections`), and what could not be read."""
    status = workplace.status
    if status.phase == "failed" and status.problem is not None:
        return f'<div class="failed">{message("status_failed", language)} {escape(said(status.problem, language))}</div>'
    if status.phase == "indexing":
        share = status.done / max(status.total, 1)
        return (
            f'<div class="busy">{message("status_indexing", language, percent=int(share * 100))}'
            f'<progress value="{share:.3f}" max="1"></progress></div>'
        )
    if status.phase == "loading":
        return f'<div class="busy">{message("status_loading", language)}<progress></progress></div>'
    articles, passages = workplace.index.catalogue.counts(seen) if workplace.index else (0, 0)
    line = message("library_total", language, articles=articles, passages=passages)
    problems = status.problems[:_MOST_PROBLEMS] if seen is None else ()
    failed = "".join(f'<div class="failed">{escape(said(each, language))}</div>' for each in problems)
    if status.problem is not None:
        # Who may not see all is told that, not why.
        why = escape(said(status.problem, language)) if seen is None else ""
        failed = f'<div class="failed">{message("status_as_it_was", language)} {why}</div>{failed}'
    return f'<div class="ready">{line}</div>{failed}'
