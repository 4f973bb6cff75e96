"""The chat: asking, watching answers grow, and everything that can be done with a chat that is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.limits import (
    NAME_CHARACTERS,
    NOTE_CHARACTERS,
    SEARCH_CHARACTERS,
    check_text,
)
from corpus.problem import Problem
from evals.from_chat import item_from, keep
from evals.sets import FROM_CHAT
from index.query import Filters
from ui.chats.store import KeptTurn
from ui.chats.suggest import suggestions
from ui.people.person import Person, Role, visible_to
from ui.said import said
from ui.web.chat_arranging import arrange
from ui.web.chat_asking import AskingChat
from ui.web.chat_render import welcome_html
from ui.web.chat_shown import ended_briefly
from ui.web.chips import filters_without, question_of, question_without
from ui.web.chosen_sources import sources_of_deed
from ui.web.event_values import texts_of_event
from ui.web.filter_fields import FilterFields, fields_of, filters_from
from ui.web.toast import tell, warn
from ui.web.views import CHATS_AT_ONCE, View
from ui.web.waiting import in_thread

_TAKE = "watch('value', () => window.page.take('{place}', props.value));"
_DRAW = "window.page.draw('{place}');"
_NAME_TOGGLE = """
document.querySelector(".sidebar .toggle-button")?.setAttribute("aria-label", window.pageWords.page_side);
"""
_RECEIVE_DEEDS = (
    "window.act = (deed) => trigger('submit', deed); window.dispatchEvent(new Event('act-ready'));"
)


class ChatTab(AskingChat):
    """Builds the chat into the page's Blocks and answers what is done there."""

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
        gr.HTML(
            '<div id="history-list"></div>',
            elem_id="history",
            js_on_load=_DRAW.format(place="history") + _NAME_TOGGLE,
        )
        links = "".join(
            f'<a href="#act/{deed}">{text(code)}</a>'
            for deed, code in (
                ("export/md", "export_markdown"),
                ("export/docx", "export_docx"),
                ("sources", "sources_of_chat"),
                ("keys", "keys"),
            )
        )
        gr.HTML(f'<p class="exports">{links}</p>')
        # Outside of the tabs, which are made only when they are first seen.
        self.news, self.listed = (
            # No template: what comes is read by the page's script, not shown.
            gr.HTML("", html_template="<i></i>", js_on_load=_TAKE.format(place=place), elem_id=f"{place}-news", visible="hidden")
            for place in ("chat", "history")
        )  # fmt: skip

    def build(self) -> None:
        """The chat itself, its filters and its box."""
        text = self._text
        gr.HTML(
            welcome_html(self._language),
            elem_id="chat",
            js_on_load=_DRAW.format(place="chat"),
            apply_default_css=False,
        )
        self.filters = FilterFields(self._language)
        self.filters.build()
        self.chosen = gr.HTML("", elem_id="chosen")
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
            "concurrency_limit": None,  # who waits for an answer holds no thread
            "trigger_mode": "multiple",
        }
        shown = [self.news, self.view, self.listed, self.box, self.send, self.stop, self.chosen]
        filters = self.filters.all
        for trigger in (self.box.submit, self.send.click):
            trigger(self._ask, [self.box, self.view, *filters], shown, **many)
        self.deeds.submit(self._do, [self.view, *filters], shown, **many)
        self.deeds.submit(self._drop_filter, filters, filters, **many)
        self.stop.click(self._stop, self.view, shown, **many)
        self.new.click(self._begin_anew, self.view, shown, **many)
        self.search.change(self._search, [self.search, self.view], [self.listed, self.view], **many)
        page.load(self._open_first, None, shown, **many)
        gr.on([page.load, self.filters.panel.expand], self._choices, None, self.filters.lists, **many)
        self.filters.follow(**many)

    # -- showing

    async def _open_first(self, request: gr.Request) -> AsyncIterator[tuple[Any, ...]]:
        """The chat that the address names; one whose answer is still being written is watched."""
        chat = str(request.query_params.get("chat", "")) if request.query_params else ""
        person = await in_thread(self._person, request)
        view = View(sources=self._store.sources.of("", person.name))
        async for drawn in ended_briefly(self._open(request, view, chat)):
            yield drawn

    async def _open(self, request: gr.Request, view: View, chat: str) -> AsyncIterator[tuple[Any, ...]]:
        person = await in_thread(self._person, request)
        check_text("chat", chat, NAME_CHARACTERS)
        known = self._store.chat(chat, person.name) if chat else None
        cut = self._store.last_cut(known.id) if known else ""
        view = replace(view, chat=known.id if known else "", done=None, cut=cut, seed=())
        if chat and known is None:
            tell(self._text("no_such_chat"))
        turns = await in_thread(self._turns, person, view)
        if turns and self._writer.is_under_way(turns[-1]):
            async for drawn in self._watch(request, person, view, turns[-1].id):
                yield drawn
        else:
            yield await in_thread(self._all, request, person, view)

    def _begin_anew(self, view: View, request: gr.Request) -> tuple[Any, ...]:
        person = self._person(request)
        self._store.sources.keep("", person.name, Filters())
        view = replace(view, chat="", done=None, cut="", seed=(), sources=Filters())
        return self._all(request, person, view, box="")

    def _search(self, text: str, view: View, request: gr.Request) -> tuple[str, View]:
        seen = self._views.of(request.session_hash, view)
        view = replace(seen, search=text.strip()[:SEARCH_CHARACTERS], listed=CHATS_AT_ONCE)
        self._views.show(request.session_hash, view)
        return self._list(request, self._person(request), view), view

    def _choices(self, request: gr.Request) -> tuple[Any, ...]:
        index = self._workplace.index
        seen = visible_to(self._person(request), Filters()).collections
        return self.filters.choices(index.catalogue if index else None, seen)

    # -- asking

    async def _ask(
        self, request: gr.Request, question: str, view: View, *fields: Any
    ) -> AsyncIterator[tuple[Any, ...]]:
        async for drawn in ended_briefly(self._ask_in(request, view, question, filters_from(*fields))):
            yield drawn

    def _suggest(self, person: Person, chat: str) -> bool:
        """Find questions to go on with, where nobody else waits for an answer; whether there are any."""
        turns = self._turns(person, View(chat=chat))
        assistant = self._workplace.assistant
        # The answer just shown may hold its place in the queue for a moment more: that does not count.
        if not turns or assistant is None or self._writer.busy or assistant.queue.waiting:
            return False
        last, trace = turns[-1], self._store.trace(turns[-1].id)
        if last.answer is None or last.suggested or trace is None:
            return False
        asked = [each.question for each in turns]
        # What the person may see now, which may be less than when they asked.
        allowed = visible_to(person, last.filters)
        if found := suggestions(assistant, last.answer, trace, allowed, asked):
            self._store.suggest(last.id, found)
        return bool(found)

    def _stop(self, view: View, request: gr.Request) -> tuple[Any, ...]:
        person = self._person(request)
        if turns := self._turns(person, view):
            self._writer.stop(turns[-1].id)
        return self._all(request, person, view)

    # -- deeds: links in answers and in the list of chats

    async def _do(
        self, request: gr.Request, event: gr.EventData, view: View, *fields: Any
    ) -> AsyncIterator[tuple[Any, ...]]:
        """A deed is {"name", "of", "text"}: what to do, with which chat or turn, and what was typed."""
        person = await in_thread(self._person, request)
        name, of, text = texts_of_event(event, "name", "of", "text")
        done = self._done(request, person, view, (name, of, text), filters_from(*fields))
        async for drawn in ended_briefly(done):
            yield drawn

    async def _done(
        self, request: gr.Request, person: Person, view: View, deed: tuple[str, str, str], filters: Filters
    ) -> AsyncIterator[tuple[Any, ...]]:
        name, of, text = deed
        if name == "open":
            async for drawn in self._open(request, view, of):
                yield drawn
        elif name == "redraw":
            yield await in_thread(self._pieces_again, request, person, view)
        elif name == "ask":
            async for drawn in self._ask_in(request, view, text, filters):
                yield drawn
        elif name in {"again", "revise", "widen", "without", "everywhere"}:
            async for drawn in self._ask_anew(request, person, view, (name, of, text), filters):
                yield drawn
        else:
            try:
                view = await in_thread(self._change, person, view, name, of, text)
            except Problem as problem:
                warn(said(problem, self._language))
            yield await in_thread(self._all, request, person, view)

    def _pieces_again(self, request: gr.Request, person: Person, view: View) -> tuple[Any, ...]:
        """All pieces of what the page shows now, and nothing else: a question may have been asked since the page missed one."""
        self.pieces.forget(request.session_hash)
        seen = self._views.of(request.session_hash, view)
        drawn = self._drawn(request, self._turns(person, seen))
        return (drawn, gr.skip(), self._list(request, person, seen), *[gr.skip()] * 4)

    async def _ask_anew(
        self, request: gr.Request, person: Person, view: View, deed: tuple[str, str, str], filters: Filters
    ) -> AsyncIterator[tuple[Any, ...]]:
        """Ask a kept turn's question again, in its place, as the deed changes it."""
        name, of, text = deed
        kept = await in_thread(self._store.turn, of, person.name)
        if kept is None:
            return
        view = replace(view, chat=kept.chat)
        try:
            question, filters = await in_thread(self._anew, kept, name, text, filters)
        except Problem as problem:
            warn(said(problem, self._language))
            yield await in_thread(self._all, request, person, view)
            return
        async for drawn in self._ask_in(request, view, question, filters, kept.id):
            yield drawn

    def _anew(self, turn: KeptTurn, name: str, chip: str, filters: Filters) -> tuple[str, Filters]:
        """The question and filters with which a turn is asked anew; never where all others wait, for a chip is read."""
        check_text(self._text("filters"), chip, self._workplace.settings.longest_question)
        if name in {"again", "revise"}:
            return (chip if name == "revise" else turn.question), filters
        if name == "everywhere":
            self._store.sources.keep(turn.chat, "", Filters())
            return turn.question, turn.filters.narrowed
        return _wider(turn, chip if name == "without" else "")

    def _drop_filter(self, event: gr.EventData, *fields: Any) -> tuple[Any, ...]:
        """A chip that is taken away is no longer chosen for the next question either."""
        data = event._data if isinstance(event._data, dict) else {}
        if data.get("name") == "widen":
            return fields_of(Filters())
        if data.get("name") != "without":
            return tuple(gr.skip() for _ in fields)
        return fields_of(filters_without(filters_from(*fields), str(data.get("text", ""))))

    def _change(self, person: Person, view: View, name: str, of: str, text: str) -> View:
        arranged = arrange(self._store, person.name, view, name, of, text)
        if arranged is not None:
            return arranged
        if name == "more":
            return replace(view, listed=view.listed + CHATS_AT_ONCE)
        elif name == "uncut" and of.partition("-")[0].isdigit() and self._store.chat(view.chat, person.name):
            return replace(view, cut=self._store.uncut(view.chat, of))
        elif name in {"good", "bad"}:
            self._judge(person, of, name, text)
        elif name == "keep":
            self._keep(person, of)
        elif name == "choose":
            sources = sources_of_deed(self._workplace, person, of, self._language)
            return self._ask_from_now_on(person, view, sources)
        elif name == "unchoose":
            return self._ask_from_now_on(person, view, Filters())
        return view

    def _ask_from_now_on(self, person: Person, view: View, sources: Filters) -> View:
        """Have the chat that is shown ask these sources, and keep that with it; a new one's are kept for its first question."""
        known = self._store.chat(view.chat, person.name) if view.chat else None
        self._store.sources.keep(known.id if known else "", person.name, sources)
        return replace(view, sources=sources)

    def _judge(self, person: Person, turn: str, verdict: str, reason: str) -> None:
        kept = self._store.turn(turn, person.name)
        check_text(self._text("verdict_bad"), reason, NOTE_CHARACTERS)
        if kept is not None:
            self._store.judge(turn, "" if kept.verdict == verdict and not reason else verdict, reason)

    def _keep(self, person: Person, turn: str) -> None:
        """Make an answer an item of the set `from-chat`, as the person judged it."""
        kept = self._store.turn(turn, person.name)
        if kept is None or kept.answer is None or self._workplace.assistant is None:
            return
        if not person.role.covers(Role.EDITOR):
            raise Problem("role_needed", role=self._text(f"role_{Role.EDITOR.value}"))
        good, today = kept.verdict != "bad", self._workplace.assistant.today()
        item = item_from(kept.answer, good=good, today=today, filters=kept.filters, reason=kept.reason)
        added = keep(item, self._workplace.settings.sets_folder / FROM_CHAT)
        tell(self._text("page_kept" if added else "page_kept_before"))


def _wider(turn: KeptTurn, chip: str) -> tuple[str, Filters]:
    """A turn's question and filters less one chip; without a chip, its question with no filter."""
    if not chip:
        return turn.question, turn.filters.chosen
    filters = filters_without(turn.filters, chip)
    by_hand = filters.model_copy(update={"collections": None})  # what may be seen is asked again
    if filters != turn.filters:
        return turn.question, by_hand
    return question_without(question_of(turn), chip) or turn.question, by_hand


__all__ = ["ChatTab", "View"]
