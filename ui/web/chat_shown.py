"""What a chat shows: its turns, the list of chats, and an answer while it grows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import gradio as gr
from starlette.requests import Request

from assistant.messages import message
from index.query import Filters
from ui.chats.store import ChatStore, KeptTurn
from ui.chats.writing import Writer
from ui.people.access import Access
from ui.people.limits import Limits
from ui.people.person import Person
from ui.web.chat_list_render import history_parts, shelf_of
from ui.web.chat_render import growing_html, signed_in_html, turns_html
from ui.web.chosen_sources import chip_html
from ui.web.pieces import Pieces
from ui.web.views import View, Views
from ui.web.waiting import in_front, in_thread
from ui.web.workplace import Workplace

_WHOLE_EVERY = 25
"""Messages about an answer that grows, after which it is sent whole again."""


class ShownChat:
    """Draws a person's chats; who it is and what may be seen is asked of `access` with every event."""

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
        self._views = Views()
        self.pieces = Pieces()

    def _text(self, code: str, **fields: object) -> str:
        return message(code, self._language, **fields)

    def _person(self, request: gr.Request) -> Person:
        return self._access.need(sent_by(request))

    def _list(self, request: gr.Request, person: Person, view: View) -> str:
        shelf = shelf_of(self._store, person.name, view)
        parts = [*history_parts(shelf, view, self._language), signed_in_html(person, self._language)]
        return self.pieces.news(request.session_hash, parts, "history")

    def _drawn(self, request: gr.Request, turns: list[KeptTurn]) -> str:
        return self.pieces.news(request.session_hash, turns_html(turns, self._language))

    def _turns(self, person: Person, view: View) -> list[KeptTurn]:
        """The turns of the chat that is shown; none of another person's, who may have signed in since."""
        known = self._store.chat(view.chat, person.name) if view.chat else None
        return self._store.turns(view.chat) if known else []

    def _all(
        self, request: gr.Request, person: Person, view: View, *, box: str | None = None
    ) -> tuple[Any, ...]:
        """Everything that a view shows, which is from now on what the page shows."""
        turns = self._turns(person, view)
        if not turns and view.chat:
            view = replace(view, chat="", sources=Filters())
        if view.chat:
            view = replace(view, sources=self._store.sources.of(view.chat, person.name))
        self._views.show(request.session_hash, view)
        writes = bool(turns) and self._writer.is_under_way(turns[-1])
        return (
            self._drawn(request, turns), view, self._list(request, person, view),
            gr.skip() if box is None else box, gr.Button(visible=not writes), gr.Button(visible=writes),
            chip_html(self._workplace, person, view.sources, self._language),
        )  # fmt: skip

    async def _watch(
        self, request: gr.Request, person: Person, view: View, turn: str, *, box: str | None = None
    ) -> AsyncIterator[tuple[Any, ...]]:
        """Draw an answer while it grows, for as long as its chat is what the page shows."""
        yield await in_thread(self._all, request, person, view, box=box)
        before, told = "", 0
        async for now in self._writer.watch(turn):
            if self._views.of(request.session_hash, view).chat != view.chat:
                return
            if not await in_front(self._access.still, sent_by(request), person):
                self._writer.stop(turn)
                return
            waiting = self._text("waiting_place", ahead=now.ahead) if now.ahead else ""
            html = growing_html(now.text, waiting, self._language)
            yield (self.pieces.grown(turn, before, html), *[gr.skip()] * 6)
            told += 1
            before = html if told % _WHOLE_EVERY else ""
        seen = self._views.of(request.session_hash, view)
        if seen.chat == view.chat and await in_front(self._access.still, sent_by(request), person):
            yield await in_thread(self._all, request, person, seen)
            if await in_thread(self._suggest, person, seen.chat):
                yield (await in_thread(self._again_drawn, request, person, seen), *[gr.skip()] * 6)

    def _again_drawn(self, request: gr.Request, person: Person, view: View) -> Any:
        """The turns that the page shows now, where that is still this chat and none is being written."""
        seen = self._views.of(request.session_hash, view)
        turns = self._turns(person, seen)
        if seen.chat != view.chat or not turns or self._writer.is_under_way(turns[-1]):
            return gr.skip()
        return self._drawn(request, turns)

    def _suggest(self, person: Person, chat: str) -> bool:
        """Find questions to go on with, where nobody else waits for an answer; whether there are any."""
        return False


async def ended_briefly(drawn: AsyncIterator[tuple[Any, ...]]) -> AsyncIterator[tuple[Any, ...]]:
    """What is drawn, and at the end that nothing changes: Gradio sends what comes last twice."""
    last: tuple[Any, ...] = ()
    async for last in drawn:
        yield last
    yield tuple(gr.skip() for _ in last)


def sent_by(request: gr.Request) -> Request:
    """The request behind an event of the page."""
    if request.request is None:
        raise RuntimeError("an event of the page came without its request")
    return request.request
