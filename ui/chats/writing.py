"""Answers under way: each waits its turn, is kept as it grows, and can be watched and stopped; nobody who watches holds a thread."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from assistant.fair_queue import Place
from assistant.messages import message
from assistant.model import Answer
from assistant.service import Assistant
from assistant.trace import Trace
from corpus.problem import Problem
from index.query import Filters
from index.state import NOT_NOW
from ui.chats.store import ChatStore, KeptTurn, history_of
from ui.said import said

_log = logging.getLogger(__name__)
REMEMBERED_TURNS = 6
_SECONDS_BETWEEN_KEEPS = 0.5
_LONGEST_WAIT = 1.0
_TRIED_AGAIN_AFTER = (1.0, 2.0, 4.0, 8.0)
"""Seconds; an answer that took long is not given up because a database was started anew."""
_FOR_LATER = frozenset(["questions_waiting", "questions_waiting_in_all"])


class _Stopped(BaseException):
    """Raised into the writing of an answer that is no longer wanted; not an Exception, so that no fallback answers."""


@dataclass
class _Writing:
    """An answer under way; `news` is told whenever `text` grows or `over` is set. `place` is where it waits its turn."""

    text: str = ""
    over: bool = False
    unwanted: bool = False
    kept_at: float = 0.0
    place: Place[tuple[Answer, Trace]] | None = None
    readers: list[Callable[[], None]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, text: str | None = None, *, over: bool = False) -> None:
        """Change and wake those who watch."""
        with self.lock:
            self.text = self.text if text is None else text
            self.over = self.over or over
            readers = list(self.readers)
        for wake in readers:
            wake()


@dataclass(frozen=True)
class Growing:
    """How far an answer is: its text so far, and, while it has not begun, how many questions are before it."""

    text: str
    ahead: int


class Writer:
    """Starts, watches and stops answers; one at a time in each chat."""

    def __init__(self, store: ChatStore) -> None:
        self._store = store
        self._under_way: dict[str, _Writing] = {}
        self._lock = threading.Lock()

    @property
    def busy(self) -> int:
        """How many answers are under way."""
        return len(self._under_way)

    def start(
        self, assistant: Assistant, chat: str, question: str, filters: Filters, language: str, who: str = ""
    ) -> str:
        """Ask `question` in `chat`, to be answered when it is the turn of `who`; the turn's id.

        The answer is kept though nobody watches.

        Raises:
            Problem: `questions_waiting` or `questions_waiting_in_all`; then nothing was asked.
        """
        history = history_of(self._store.turns(chat))[-REMEMBERED_TURNS:]
        turn = self._store.ask(chat, question, filters)
        writing = _Writing()
        with self._lock:
            self._under_way[turn] = writing
        try:
            writing.place = assistant.begin(
                question,
                history,
                filters=filters,
                language=language,
                on_text=lambda text: self._grown(turn, writing, text),
                who=who,
            )
        except Problem as problem:
            self._end(turn, writing)
            if problem.code not in _FOR_LATER:
                self._store.ended(turn, "failed", said(problem, language))
                return turn
            self._store.forget(turn)
            raise
        writing.place.future.add_done_callback(lambda done: self._done(turn, writing, done, language))
        return turn

    def _grown(self, turn: str, writing: _Writing, text: str) -> None:
        if writing.unwanted:
            raise _Stopped
        writing.tell(text)
        if time.monotonic() - writing.kept_at > _SECONDS_BETWEEN_KEEPS:
            writing.kept_at = time.monotonic()
            with suppress(*NOT_NOW):  # the disk is full: the answer goes on all the same
                self._store.draft(turn, text)

    def _done(self, turn: str, writing: _Writing, done: Future[tuple[Answer, Trace]], language: str) -> None:
        """Keep what came of a question."""
        try:
            if done.cancelled() or writing.unwanted:
                raise _Stopped
            answer, trace = done.result()
        except _Stopped:
            keep = partial(self._store.ended, turn, "stopped", writing.text)
        except Problem as problem:
            keep = partial(self._store.ended, turn, "failed", said(problem, language))
        except Exception:
            _log.exception("a question failed")
            keep = partial(self._store.ended, turn, "failed", message("answer_failed", language))
        else:
            keep = partial(self._store.answered, turn, answer, trace)
        try:
            _keep_at_last(keep)
        except Exception as error:
            _log.exception("an answer was not kept")
            failed = (
                said(error, language) if isinstance(error, Problem) else message("answer_failed", language)
            )
            with suppress(*NOT_NOW):
                self._store.ended(turn, "failed", failed)
        finally:
            self._end(turn, writing)

    def _end(self, turn: str, writing: _Writing) -> None:
        with self._lock:
            self._under_way.pop(turn, None)
        writing.tell(over=True)

    async def watch(self, turn: str) -> AsyncIterator[Growing]:
        """How far an answer is, again whenever it grows or comes nearer to its turn; at once over for one not under way."""
        writing = self._under_way.get(turn)
        if writing is None:
            return
        loop, news = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            with suppress(RuntimeError):  # the server has stopped
                loop.call_soon_threadsafe(news.set)

        writing.readers.append(wake)
        told = Growing("", 0)
        try:
            while not writing.over:
                now = Growing(writing.text, writing.place.ahead if writing.place else 0)
                if now != told:
                    told = now
                    yield now
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(news.wait(), _LONGEST_WAIT)
                news.clear()
            if writing.text != told.text:
                yield Growing(writing.text, 0)
        finally:
            writing.readers.remove(wake)

    def stop(self, turn: str) -> None:
        """Give an answer up; what was written stays."""
        writing = self._under_way.get(turn)
        if writing is not None:
            writing.unwanted = True
            if writing.place is not None and writing.place.give_up():
                return
            self._store.ended(turn, "stopped", writing.text)
            writing.tell(over=True)

    def is_under_way(self, turn: KeptTurn) -> bool:
        """Whether the turn's answer is being written now."""
        return turn.id in self._under_way


def _keep_at_last(keep: Callable[[], None]) -> None:
    """Keep something, a few times over where it cannot be written at the moment."""
    for seconds in _TRIED_AGAIN_AFTER:
        try:
            return keep()
        except NOT_NOW as error:
            _log.warning("an answer is kept later: %s", error)
            time.sleep(seconds)
    return keep()
