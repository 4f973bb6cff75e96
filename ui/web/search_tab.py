"""The search tab: all passages that hold some words or fit a question, a page at a time, without an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.limits import check_filters, check_question
from assistant.messages import message
from assistant.service import Assistant
from corpus.language.normalize import readable
from corpus.problem import Problem
from index.passage_list import MOST_LISTED, Order, PassageList
from index.query import Filters
from ui.people.access import Access
from ui.people.limits import Limits, who
from ui.people.person import visible_to
from ui.said import said
from ui.web.chat_shown import sent_by
from ui.web.filter_fields import FilterFields, filters_from
from ui.web.search_render import begin_html, found_html, notice_html
from ui.web.waiting import in_front, in_thread, result_of
from ui.web.workplace import Workplace

_ROWS = 20
_QUIET: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "concurrency_limit": None,  # who waits for a search holds no thread
    "trigger_mode": "always_last",
}
_SCRIPT = (Path(__file__).parent / "search_found.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Searching:
    """What one page shows of a search; `question` is what was searched for last."""

    question: str = ""
    order: Order = "fit"
    offset: int = 0


class SearchTab:
    """Builds the tab inside the page's Blocks; what may be seen is asked of `access` with every event."""

    def __init__(self, workplace: Workplace, access: Access, limits: Limits, language: str) -> None:
        self._workplace = workplace
        self._access = access
        self._limits = limits
        self._language = language
        self._filters = FilterFields(language, "search", "search-filters")

    def _text(self, code: str, **fields: object) -> str:
        return message(code, self._language, **fields)

    def build(self, tab: gr.Tab, tabs: gr.Tabs, page: gr.Blocks) -> None:
        """Add the components and what they do; an address with `q` opens the page here."""
        text = self._text
        longest = self._workplace.settings.longest_question
        with gr.Row(elem_id="search-row"):
            box = gr.Textbox(
                placeholder=text("search_box"), label=text("search_box"), show_label=False, scale=8, lines=1,
                max_lines=1, max_length=longest, elem_id="search-box",
            )  # fmt: skip
            button = gr.Button(
                text("search_button"), variant="primary", scale=1, min_width=80, elem_id="search-go"
            )
        fields = self._filters
        fields.build()
        fields.follow(**_QUIET)
        order = gr.Radio(
            label=text("search_sort"), show_label=False, container=False, value="fit", elem_id="search-sort",
            choices=[(text("search_by_fit"), "fit"), (text("search_by_date"), "date")],
        )  # fmt: skip
        found = gr.HTML(
            begin_html(self._language), elem_id="search-found", js_on_load=_SCRIPT, apply_default_css=False
        )
        view = gr.State(Searching())
        drawn = [found, view]
        gr.on([box.submit, button.click], self._search, [box, order, *fields.all], drawn, **_QUIET)
        gr.on(
            [order.input, *(each.input for each in fields.lists), *(each.submit for each in fields.days)],
            self._search_again,
            [view, order, *fields.all],
            drawn,
            **_QUIET,
        )
        found.turn(self._turn, [view, *fields.all], drawn, **_QUIET)
        gr.on([tab.select, page.load], self._choices, None, fields.lists, **_QUIET)
        page.load(self._open_first, None, [tabs, box, order, *drawn], **_QUIET)

    # -- what is done

    async def _search(
        self, request: gr.Request, question: str, order: str, *values: Any
    ) -> tuple[Any, Searching]:
        return await self._draw(Searching(question or "", _order(order)), filters_from(*values), request)

    async def _search_again(
        self, request: gr.Request, view: Searching, order: str, *values: Any
    ) -> tuple[Any, Any]:
        """The same with other filters, or in another order, from the first page on."""
        if not view.question:
            return gr.skip(), gr.skip()
        return await self._draw(replace(view, order=_order(order), offset=0), filters_from(*values), request)

    async def _turn(
        self, request: gr.Request, event: gr.EventData, view: Searching, *values: Any
    ) -> tuple[Any, Searching]:
        step = _ROWS if str(event.step) == "1" else -_ROWS
        offset = min(max(0, view.offset + step), MOST_LISTED)
        return await self._draw(replace(view, offset=offset), filters_from(*values), request)

    async def _open_first(self, request: gr.Request) -> tuple[Any, ...]:
        """The search that the address names."""
        parameters = request.query_params or {}
        question, order = str(parameters.get("q", "")), _order(str(parameters.get("by", "")))
        if not question.strip():
            return (gr.skip(),) * 5
        drawn = await self._draw(Searching(question, order), Filters(), request)
        return gr.Tabs(selected="search"), readable(question), order, *drawn

    def _choices(self, request: gr.Request) -> tuple[Any, ...]:
        person = self._access.need(sent_by(request))
        index = self._workplace.index
        seen = visible_to(person, Filters()).collections
        return self._filters.choices(index.catalogue if index else None, seen)

    async def _draw(self, view: Searching, filters: Filters, request: gr.Request) -> tuple[str, Searching]:
        """A page of what is found, or why nothing was searched."""
        sent = sent_by(request)
        person = await in_front(self._access.need, sent)
        assistant = self._workplace.assistant
        question = readable(view.question).strip()
        if not question:
            return begin_html(self._language), Searching(order=view.order)
        if assistant is None:
            return notice_html(question, self._text("evals_not_ready")), view
        key = who(person, sent)
        try:
            question = check_question(question, self._workplace.settings.longest_question)
            check_filters(filters, self._text("filters"))
            if wait_s := self._limits.wait_s(key):
                most = self._workplace.settings.questions_a_minute
                notice = self._text("access_too_often", most=most, seconds=ceil(wait_s))
                return notice_html("", notice), view
            place = assistant.begin_listing(
                question, filters=visible_to(person, filters), order=view.order, offset=view.offset, most=_ROWS,
                who=key,
            )  # fmt: skip
            found = await result_of(place)
        except Problem as problem:
            return notice_html("", said(problem, self._language)), view
        html = await in_thread(self._html, assistant, question, found, view.order, filtered=bool(filters))
        await in_front(self._access.need_still, sent, person)
        return html, replace(view, question=question)

    def _html(
        self, assistant: Assistant, question: str, found: PassageList, order: Order, *, filtered: bool
    ) -> str:
        layout_of = lru_cache(_ROWS)(assistant.index.catalogue.layout)

        def page_of(article_id: str, start: int, end: int) -> int | None:
            places = layout_of(article_id).places_of(start, end)
            return places[0].page if places else None

        return found_html(question, found, page_of, self._language, order=order, filtered=filtered)


def _order(name: str) -> Order:
    return "date" if name == "date" else "fit"
