"""Asking in a chat: why a question cannot be asked now, its place in the queue, and the answer where nothing can be kept."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timezone
from math import ceil
from typing import Any

import gradio as gr

from assistant.limits import check_filters, check_question
from corpus.language.normalize import readable
from corpus.problem import Problem
from index.query import Filters
from ui.chats.store import KeptTurn, history_of
from ui.chats.writing import REMEMBERED_TURNS
from ui.people.limits import who
from ui.people.person import Person, visible_to
from ui.said import said
from ui.web.chat_render import turns_html
from ui.web.chat_shown import ShownChat, sent_by
from ui.web.toast import tell, warn
from ui.web.views import View
from ui.web.waiting import in_thread, once_over, result_of

_log = logging.getLogger(__name__)
_LONGEST_WAIT_S = 600.0
"""How long a question waits for the index to be ready before its sender is told that it is not."""


class AskingChat(ShownChat):
    """A chat in which questions are asked."""

    async def _ask_in(
        self, request: gr.Request, view: View, question: str, filters: Filters, instead_of: str = ""
    ) -> AsyncIterator[tuple[Any, ...]]:
        """Ask in the chat that is shown; `instead_of` is a turn that the question takes the place of, with all after it."""
        person = await in_thread(self._person, request)
        question = readable(question).strip()
        if question and self._workplace.is_on_its_way:
            tell(self._text("asked_when_ready"))
            await once_over(lambda: self._workplace.is_on_its_way, _LONGEST_WAIT_S)
        turns = await in_thread(self._turns, person, view)
        filters = filters.with_chosen(await in_thread(self._sources, person, view))
        if reason := self._why_not(request, person, question, filters, turns, anew=bool(instead_of)):
            warn(reason)
            yield await in_thread(self._all, request, person, view, box=question)
            return
        try:
            view, turn = await in_thread(
                self._begin, request, person, view, question, filters, turns, instead_of
            )
        except Problem as problem:
            warn(said(problem, self._language))
            yield await in_thread(self._all, request, person, view, box=question)
        except sqlite3.OperationalError as error:
            _log.warning("a chat cannot be kept: %s", error)
            yield await self._answered_unkept(request, person, view, question, filters, turns)
        else:
            async for drawn in self._watch(request, person, view, turn, box=""):
                yield drawn

    def _sources(self, person: Person, view: View) -> Filters:
        """The sources that the chat that is shown asks; those of a new one are the page's."""
        known = self._store.chat(view.chat, person.name) if view.chat else None
        return self._store.sources.of(known.id, person.name) if known else view.sources

    def _begin(
        self,
        request: gr.Request,
        person: Person,
        view: View,
        question: str,
        filters: Filters,
        turns: list[KeptTurn],
        instead_of: str,
    ) -> tuple[View, str]:
        """Keep a question and have it answered in its turn: the view from now on, and the turn."""
        assistant = self._workplace.assistant
        if assistant is None:
            raise AssertionError("asked before there was an assistant")
        if instead_of and turns:
            self._writer.stop(turns[-1].id)
            view = replace(view, cut=self._store.cut(view.chat, instead_of))
        if not turns:
            view = replace(view, chat=self._store.begin(person.name, question))
            self._store.sources.keep(view.chat, person.name, filters)
            self._store.sources.keep("", person.name, Filters())
            self._store.folders.move(view.chat, person.name, view.folder)
            for before, answer in view.seed:
                self._store.keep(view.chat, before, answer)
        view = replace(view, done=None, seed=())
        allowed = visible_to(person, filters)
        key = who(person, sent_by(request))
        turn = self._writer.start(assistant, view.chat, question, allowed, self._language, key)
        return view, turn

    async def _answered_unkept(
        self,
        request: gr.Request,
        person: Person,
        view: View,
        question: str,
        filters: Filters,
        turns: list[KeptTurn],
    ) -> tuple[Any, ...]:
        """What is drawn where nothing can be written: the answer all the same, and that it is not kept."""
        assistant = self._workplace.assistant
        if assistant is None:
            raise AssertionError("asked before there was an assistant")
        warn(self._text("answer_not_kept"))
        place = assistant.begin(
            question,
            history_of(turns)[-REMEMBERED_TURNS:],
            filters=visible_to(person, filters),
            language=self._language,
            who=who(person, sent_by(request)),
        )
        answer, _ = await result_of(place)
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        turn = KeptTurn("", view.chat, question, filters, "done", "", answer, "", "", (), now)
        shown = await in_thread(self._all, request, person, view, box="")
        return (
            self.pieces.news(request.session_hash, turns_html([*turns, turn], self._language)),
            *shown[1:],
        )

    def _why_not(
        self,
        request: gr.Request,
        person: Person,
        question: str,
        filters: Filters,
        turns: list[KeptTurn],
        *,
        anew: bool,
    ) -> str:
        """Why a question cannot be asked now, in words; empty where it can."""
        if not question:
            return self._text("empty_question")
        if self._workplace.assistant is None:
            return self._text("evals_not_ready")
        try:
            # Before anything is kept: what is too long would be kept in full.
            check_question(question, self._workplace.settings.longest_question)
            check_filters(filters, self._text("filters"))
            self._workplace.assistant.queue.check_room(who(person, sent_by(request)))
        except Problem as problem:
            return said(problem, self._language)
        if not anew and turns and self._writer.is_under_way(turns[-1]):
            return self._text("answer_under_way")
        if wait_s := self._limits.wait_s(who(person, sent_by(request))):
            most = self._workplace.settings.questions_a_minute
            return self._text("access_too_often", most=most, seconds=ceil(wait_s))
        return ""
