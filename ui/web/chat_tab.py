"""The chat: asking, watching answers grow, and everything that can be done with a chat that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from math import ceil
from typing import Any

import gradio as gr
from starlette.requests import Request

from assistant.messages import message
from assistant.model import Answer
from corpus.problem import Problem
from evals.from_chat import item_from, keep
from evals.sets import FROM_CHAT
from index.query import Filters
from ui.chats.store import Chat, ChatStore, KeptTurn
from ui.chats.suggest import suggestions
from ui.chats.writing import Writer
from ui.people.access import Access
from ui.people.limits import Limits, who
from ui.people.person import Person, Role, visible_to
from ui.said import said
from ui.web.chat_render import history_html, messages_of, signed_in_html
from ui.web.chips import filters_without, question_of, question_without
from ui.web.toast import tell, warn
from ui.web.workplace import Workplace

_CHATS_AT_ONCE = 30
_AT_ONCE = 64
"""Questions that may be under way on one page's handler; the assistant itself takes them as cores allow."""
_DAYS_DELETED_CHATS_ARE_KEPT = 30
_RECEIVE_DEEDS = (
    "window.act = (deed) => trigger('submit', deed); window.dispatchEvent(new Event('act-ready'));"
)


@dataclass(frozen=True)
class View:
    """What one page shows: a chat (none: a new one), how many chats are listed, what was searched, deleted and cut last.

    `seed` are questions and answers that a new chat begins with, as of an eval run's item that was opened.
    """

    chat: str = ""
    listed: int = _CHATS_AT_ONCE
    search: str = ""
    deleted: Chat | None = None
    cut: str = ""
    seed: tuple[tuple[str, Answer], ...] = ()


class ChatTab:
    """Builds the chat into the page's Blocks and answers what is done there."""

    def __init__(
        self,
        workplace: Workplace,
        access: Access,
        limits: Limits,
        store: ChatStore,
        writer: Writer,
        language: str,
    ) -> None:
        self._workplace = workplace
        self._access = access
        self._limits = limits
        self._store = store
        self._writer = writer
        self._language = language

    def _text(self, code: str, **fields: object) -> str:
        return message(code, self._language, **fields)

    # -- what is there

    def build_history(self) -> None:
        """The column with earlier chats."""
        text = self._text
        self.new = gr.Button(text("page_new"), elem_id="new-chat", size="sm")
        self.search = gr.Textbox(
            placeholder=text("search_chats"),
            label=text("search_chats"),
            show_label=False,
            elem_id="chat-search",
        )
        self.history = gr.HTML(elem_id="history")
        links = "".join(
            f'<a href="#act/export/{form}">{text(code)}</a>'
            for form, code in (("md", "export_markdown"), ("docx", "export_docx"))
        )
        gr.HTML(f'<p class="exports">{links}</p>')

    def build(self) -> None:
        """The chat itself, its filters and its box."""
        text = self._text
        examples: list[Any] = [{"text": line} for line in text("page_examples").split("\n")]
        self.chat = gr.Chatbot(
            elem_id="chat", height="calc(100dvh - 300px)", label=text("page_tab_chat"), show_label=False,
            examples=examples, placeholder=text("page_placeholder"), buttons=["copy"], feedback_options=None,
            editable="user", layout="bubble", latex_delimiters=[],
        )  # fmt: skip
        with gr.Accordion(text("filters"), open=False, elem_id="filters") as self.filters, gr.Row():
            self.years, self.regions, self.sources = (
                gr.Dropdown(
                    label=text(f"filter_{name}"), choices=[], multiselect=True, elem_id=f"filter-{name}"
                )
                for name in ("years", "regions", "sources")
            )
        with gr.Row(elem_id="ask-row"):
            self.box = gr.Textbox(
                placeholder=text("page_ask"), label=text("page_ask"), show_label=False, scale=8, autofocus=True,
                elem_id="question", max_length=self._workplace.settings.longest_question * 12, lines=1, max_lines=6,
            )  # fmt: skip
            self.send = gr.Button(text("page_send"), variant="primary", scale=1, min_width=80, elem_id="send")
            self.stop = gr.Button(text("page_stop"), scale=1, min_width=80, elem_id="stop", visible=False)
        self.deeds = gr.HTML("", js_on_load=_RECEIVE_DEEDS, elem_id="deeds")
        self.view = gr.State(View())

    def connect(self, page: gr.Blocks) -> None:
        """What happens on each deed."""
        private: dict[str, Any] = {"api_visibility": "private"}
        many: dict[str, Any] = {
            **private,
            "show_progress": "hidden",
            "concurrency_limit": _AT_ONCE,
            "trigger_mode": "multiple",
        }
        shown = [self.chat, self.view, self.history, self.box, self.send, self.stop]
        filters = [self.years, self.regions, self.sources]
        asked = [
            *(trigger(self._ask, [self.box, self.view, *filters], shown, **many) for trigger in (self.box.submit, self.send.click)),
            self.chat.example_select(self._ask_example, [self.view, *filters], shown, **many),
            self.chat.edit(self._ask_edited, [self.view, *filters], shown, **many),
            self.chat.retry(self._ask_again, [self.view, *filters], shown, **many),
            self.deeds.submit(self._do, [self.view, *filters], shown, **many),
        ]  # fmt: skip
        for event in asked:
            # An event of its own draws them: by then the page may show another chat.
            event.then(self._suggest, self.view, None, **many).then(self._draw, self.view, self.chat, **many)
        self.deeds.submit(self._drop_filter, filters, filters, **many)
        self.chat.clear(self._begin_anew, self.view, shown, **many)
        self.stop.click(self._stop, self.view, shown, **many)
        self.new.click(self._begin_anew, self.view, shown, **many)
        self.search.change(self._search, [self.search, self.view], [self.history, self.view], **many)
        page.load(self._open_first, None, shown, **many)
        gr.on([page.load, self.filters.expand], self._choices, None, filters, **many)

    # -- showing

    def _person(self, request: gr.Request) -> Person:
        return self._access.need(_sent_by(request))

    def _list(self, person: Person, view: View) -> str:
        chats, total = self._store.chats(person.name, view.search, limit=view.listed)
        listed = history_html(chats, total, view.chat, self._language, view.deleted, view.cut)
        return listed + signed_in_html(person, self._language)

    def _all(
        self, person: Person, view: View, *, under_way: str = "", text: str = "", box: str | None = None
    ) -> tuple[Any, ...]:
        turns = self._store.turns(view.chat) if view.chat else []
        return (
            messages_of(turns, self._language, under_way, text), view, self._list(person, view),
            gr.skip() if box is None else box, gr.Button(visible=not under_way), gr.Button(visible=bool(under_way)),
        )  # fmt: skip

    def _open_first(self, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """The chat that the address names; one whose answer is still being written is watched."""
        chat = str(request.query_params.get("chat", "")) if request.query_params else ""
        yield from self._open(self._person(request), View(), chat)

    def _open(self, person: Person, view: View, chat: str) -> Iterator[tuple[Any, ...]]:
        known = self._store.chat(chat, person.name) if chat else None
        view = replace(view, chat=known.id if known else "", deleted=None, cut="", seed=())
        if chat and known is None:
            tell(self._text("no_such_chat"))
        turns = self._store.turns(view.chat) if view.chat else []
        if turns and self._writer.is_under_way(turns[-1]):
            yield from self._watch(person, view, turns[-1].id)
        else:
            yield self._all(person, view)

    def _begin_anew(self, view: View, request: gr.Request) -> tuple[Any, ...]:
        return self._all(self._person(request), replace(view, chat="", deleted=None, cut="", seed=()), box="")

    def _search(self, text: str, view: View, request: gr.Request) -> tuple[str, View]:
        view = replace(view, search=text.strip(), listed=_CHATS_AT_ONCE)
        return self._list(self._person(request), view), view

    def _choices(self, request: gr.Request) -> tuple[Any, Any, Any]:
        index = self._workplace.index
        seen = visible_to(self._person(request), Filters()).collections
        years, regions, sources = (
            index.catalogue.values_of(name, seen) if index else [] for name in ("year", "region", "source")
        )
        return (
            gr.Dropdown(choices=[(year, int(year)) for year in reversed(years)]),
            gr.Dropdown(choices=regions),
            gr.Dropdown(choices=sources),
        )

    # -- asking

    def _ask(
        self,
        question: str,
        view: View,
        years: list[int],
        regions: list[str],
        sources: list[str],
        request: gr.Request,
    ) -> Iterator[tuple[Any, ...]]:
        filters = Filters(years=years or [], regions=regions or [], sources=sources or [])
        yield from self._ask_in(request, view, question, filters)

    def _ask_in(
        self, request: gr.Request, view: View, question: str, filters: Filters
    ) -> Iterator[tuple[Any, ...]]:
        person = self._person(request)
        question = question.strip()
        assistant = self._workplace.assistant
        if not question or assistant is None:
            tell(self._text("empty_question" if assistant else "evals_not_ready"))
            yield (*[gr.skip()] * 3, question, gr.skip(), gr.skip())
            return
        if wait_s := self._limits.wait_s(who(person, _sent_by(request))):
            most = self._workplace.settings.questions_a_minute
            warn(self._text("access_too_often", most=most, seconds=ceil(wait_s)))
            yield (*[gr.skip()] * 3, question, gr.skip(), gr.skip())
            return
        if not view.chat:
            view = replace(view, chat=self._store.begin(person.name, question))
            for before, answer in view.seed:
                self._store.keep(view.chat, before, answer)
        view = replace(view, deleted=None, seed=())
        allowed = visible_to(person, filters)
        turn = self._writer.start(assistant, view.chat, question, allowed, self._language)
        yield from self._watch(person, view, turn)

    def _watch(self, person: Person, view: View, turn: str) -> Iterator[tuple[Any, ...]]:
        yield self._all(person, view, under_way=turn, box="")
        turns = self._store.turns(view.chat)
        for text in self._writer.watch(turn):
            yield (messages_of(turns, self._language, turn, text), *[gr.skip()] * 5)
        yield self._all(person, view)

    def _suggest(self, view: View, request: gr.Request) -> None:
        """Find questions to go on with, where nobody else waits for an answer."""
        person = self._person(request)
        turns = self._store.turns(view.chat) if self._store.chat(view.chat, person.name) else []
        assistant = self._workplace.assistant
        if not turns or assistant is None or self._writer.busy:
            return
        last, trace = turns[-1], self._store.trace(turns[-1].id)
        if last.answer is None or last.suggested or trace is None:
            return
        asked = [each.question for each in turns]
        if found := suggestions(assistant, last.answer, trace, last.filters, asked):
            self._store.suggest(last.id, found)

    def _draw(self, view: View, request: gr.Request) -> Any:
        """What the page shows now, unless an answer is being written there."""
        person = self._person(request)
        turns = self._store.turns(view.chat) if self._store.chat(view.chat, person.name) else []
        if not turns or self._writer.is_under_way(turns[-1]):
            return gr.skip()
        return messages_of(turns, self._language)

    def _ask_example(
        self,
        view: View,
        years: list[int],
        regions: list[str],
        sources: list[str],
        event: gr.SelectData,
        request: gr.Request,
    ) -> Iterator[tuple[Any, ...]]:
        yield from self._ask(str(event.value["text"]), view, years, regions, sources, request)

    def _ask_edited(
        self,
        view: View,
        years: list[int],
        regions: list[str],
        sources: list[str],
        event: gr.EditData,
        request: gr.Request,
    ) -> Iterator[tuple[Any, ...]]:
        """An edited question is asked in the old one's place; what followed can be brought back."""
        number = event.index[0] if isinstance(event.index, (list, tuple)) else event.index
        turns = self._store.turns(view.chat) if view.chat else []
        if number // 2 < len(turns):
            view = replace(view, cut=self._store.cut(view.chat, turns[number // 2].id))
        yield from self._ask(str(event.value), view, years, regions, sources, request)

    def _ask_again(
        self, view: View, years: list[int], regions: list[str], sources: list[str], request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        turns = self._store.turns(view.chat) if view.chat else []
        if turns:
            view = replace(view, cut=self._store.cut(view.chat, turns[-1].id))
            yield from self._ask(turns[-1].question, view, years, regions, sources, request)

    def _stop(self, view: View, request: gr.Request) -> tuple[Any, ...]:
        turns = self._store.turns(view.chat) if view.chat else []
        if turns:
            self._writer.stop(turns[-1].id)
        return self._all(self._person(request), view)

    # -- deeds: links in answers and in the list of chats

    def _do(
        self,
        view: View,
        years: list[int],
        regions: list[str],
        sources: list[str],
        event: gr.EventData,
        request: gr.Request,
    ) -> Iterator[tuple[Any, ...]]:
        """A deed is {"name", "of", "text"}: what to do, with which chat or turn, and what was typed."""
        person = self._person(request)
        data = event._data if isinstance(event._data, dict) else {}
        name, of, text = (str(data.get(key, "")) for key in ("name", "of", "text"))
        filters = Filters(years=years or [], regions=regions or [], sources=sources or [])
        if name == "open":
            yield from self._open(person, view, of)
        elif name == "ask":
            yield from self._ask_in(request, view, text, filters)
        elif name in {"again", "widen", "without"}:
            kept = self._store.turn(of, person.name)
            if kept is not None:
                question, filters = (
                    (kept.question, filters)
                    if name == "again"
                    else _wider(kept, text if name == "without" else "")
                )
                view = replace(view, chat=kept.chat, cut=self._store.cut(kept.chat, kept.id))
                yield from self._ask_in(request, view, question, filters)
        else:
            try:
                view = self._change(person, view, name, of, text)
            except Problem as problem:
                warn(said(problem, self._language))
            yield self._all(person, view)

    def _drop_filter(
        self, years: list[int], regions: list[str], sources: list[str], event: gr.EventData
    ) -> tuple[Any, Any, Any]:
        """A chip that is taken away is no longer chosen for the next question either."""
        data = event._data if isinstance(event._data, dict) else {}
        if data.get("name") == "widen":
            return [], [], []
        if data.get("name") != "without":
            return gr.skip(), gr.skip(), gr.skip()
        chosen = Filters(years=years or [], regions=regions or [], sources=sources or [])
        left = filters_without(chosen, str(data.get("text", "")))
        return left.years, left.regions, left.sources

    def _change(self, person: Person, view: View, name: str, of: str, text: str) -> View:
        if name == "rename":
            self._store.rename(of, person.name, text)
        elif name == "delete":
            chat = self._store.chat(of, person.name)
            self._store.delete(of, person.name)
            self._store.purge(datetime.now(timezone.utc) - timedelta(days=_DAYS_DELETED_CHATS_ARE_KEPT))
            return replace(view, chat="" if of == view.chat else view.chat, deleted=chat)
        elif name == "undelete":
            self._store.undelete(of, person.name)
            return replace(view, chat=of, deleted=None)
        elif name == "more":
            return replace(view, listed=view.listed + _CHATS_AT_ONCE)
        elif name == "uncut" and of.partition("-")[0].isdigit() and self._store.chat(view.chat, person.name):
            return replace(view, cut=self._store.uncut(view.chat, of))
        elif name in {"good", "bad"}:
            self._judge(person, of, name, text)
        elif name == "keep":
            self._keep(person, of)
        return view

    def _judge(self, person: Person, turn: str, verdict: str, reason: str) -> None:
        kept = self._store.turn(turn, person.name)
        if kept is not None:
            self._store.judge(turn, "" if kept.verdict == verdict and not reason else verdict, reason)

    def _keep(self, person: Person, turn: str) -> None:
        """Make an answer an item of the set `from-chat`, as the person judged it."""
        kept = self._store.turn(turn, person.name)
        if kept is None or kept.answer is None or self._workplace.assistant is None:
            return
        if not person.role.covers(Role.EDITOR):
            raise Problem("role_needed", role=self._text(f"role_{Role.EDITOR.value}"))
        item = item_from(kept.answer, good=kept.verdict != "bad", today=self._workplace.assistant.today())
        added = keep(item, self._workplace.settings.sets_folder / FROM_CHAT)
        tell(self._text("page_kept" if added else "page_kept_before"))


def _wider(turn: KeptTurn, chip: str) -> tuple[str, Filters]:
    """A turn's question and filters less one chip; without a chip, its question with no filter."""
    if not chip:
        return turn.question, Filters()
    filters = filters_without(turn.filters, chip)
    if filters != turn.filters:
        return turn.question, filters
    return question_without(question_of(turn), chip) or turn.question, filters


def _sent_by(request: gr.Request) -> Request:
    """The request behind an event of the page."""
    if request.request is None:
        raise RuntimeError("an event of the page came without its request")
    return request.request


__all__ = ["ChatTab", "View"]
