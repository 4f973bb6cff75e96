"""Answers under way: each is written in a thread of its own, kept as it grows, and can be watched and stopped."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.messages import message
from assistant.service import Assistant
from corpus.problem import Problem
from index.query import Filters
from ui.chats.store import ChatStore, KeptTurn, history_of
from ui.said import said

_log = logging.getLogger(__name__)
_REMEMBERED_TURNS = 6
_SECONDS_BETWEEN_KEEPS = 0.5
_LONGEST_WAIT = 1.0


class _Stopped(BaseException):
    """Raised into the writing of an answer that is no longer wanted; not an Exception, so that no fallback answers."""


@dataclass
class _Writing:
    """An answer under way; `news` is told whenever `text` grows or `over` is set."""

    text: str = ""
    over: bool = False
    unwanted: bool = False
    news: threading.Condition = field(default_factory=threading.Condition)

    def tell(self, text: str | None = None, *, over: bool = False) -> None:
        """Change and wake those who watch."""
        with self.news:
            self.text = self.text if text is None else text
            self.over = self.over or over
            self.news.notify_all()


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

    def start(self, assistant: Assistant, chat: str, question: str, filters: Filters, language: str) -> str:
        """Ask `question` in `chat`; the turn's id. The answer is kept though nobody watches."""
        history = history_of(self._store.turns(chat))[-_REMEMBERED_TURNS:]
        turn = self._store.ask(chat, question, filters)
        writing = _Writing()
        with self._lock:
            self._under_way[turn] = writing

        def work() -> None:
            kept_at = 0.0

            def grown(text: str) -> None:
                nonlocal kept_at
                if writing.unwanted:
                    raise _Stopped
                writing.tell(text)
                if time.monotonic() - kept_at > _SECONDS_BETWEEN_KEEPS:
                    kept_at = time.monotonic()
                    self._store.draft(turn, text)

            try:
                answer, trace = assistant.ask_traced(
                    question, history, filters=filters, language=language, on_text=grown
                )
                if writing.unwanted:
                    raise _Stopped
                self._store.answered(turn, answer, trace)
            except _Stopped:
                self._store.ended(turn, "stopped", writing.text)
            except Problem as problem:
                self._store.ended(turn, "failed", said(problem, language))
            except Exception:
                _log.exception("a question failed")
                self._store.ended(turn, "failed", message("answer_failed", language))
            finally:
                with self._lock:
                    self._under_way.pop(turn, None)
                writing.tell(over=True)

        threading.Thread(target=work, daemon=True, name="answer").start()
        return turn

    def watch(self, turn: str) -> Iterator[str]:
        """The text so far, again whenever it grows, until the answer is there; at once over for one not under way."""
        writing = self._under_way.get(turn)
        told = ""
        while writing is not None:
            with writing.news:
                if writing.text == told and not writing.over:
                    writing.news.wait(_LONGEST_WAIT)
                text, over = writing.text, writing.over
            if text != told:
                told = text
                yield text
            if over:
                return

    def stop(self, turn: str) -> None:
        """Give an answer up; what was written stays."""
        writing = self._under_way.get(turn)
        if writing is not None:
            writing.unwanted = True
            self._store.ended(turn, "stopped", writing.text)
            writing.tell(over=True)

    def is_under_way(self, turn: KeptTurn) -> bool:
        """Whether the turn's answer is being written now."""
        return turn.id in self._under_way
