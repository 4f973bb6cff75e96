"""How long a language model may take: a limit for writing, another one for thinking."""

from __future__ import annotations

import contextvars
import time
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Any, TypeVar

from assistant.generating.failures import THOUGHT_TOO_LONG, TIMED_OUT
from corpus.problem import Problem

T = TypeVar("T")
_MOST_UNREAD = 1000
"""Pieces that wait to be read: an endpoint that writes faster waits too."""
_LOOK_EVERY_S = 0.5


class Clock:
    """Counts the time of one answer, its repeated calls and waits included; thinking counts by itself."""

    def __init__(self, writing_s: float, thinking_s: float) -> None:
        self._writing_s = writing_s
        self._thinking_s = thinking_s
        self._begun = time.monotonic()
        self._thought_s = 0.0
        self._thinking_since: float | None = None

    def note(self, *, thinks: bool) -> None:
        """Told with every piece: whether the model still thinks."""
        now = time.monotonic()
        if thinks and self._thinking_since is None:
            self._thinking_since = now
        elif not thinks and self._thinking_since is not None:
            self._thought_s += now - self._thinking_since
            self._thinking_since = None

    @property
    def thought_s(self) -> float:
        """Seconds spent thinking so far."""
        under_way = 0.0 if self._thinking_since is None else time.monotonic() - self._thinking_since
        return self._thought_s + under_way

    @property
    def left_s(self) -> float:
        """Seconds that are left for what the model does now."""
        if self._thinking_since is not None:
            return self._thinking_s - self.thought_s
        return self._writing_s - (time.monotonic() - self._begun - self._thought_s)

    def over(self) -> Problem:
        """That the time is over, to be raised."""
        if self._thinking_since is not None:
            return Problem(THOUGHT_TOO_LONG, seconds=round(self._thinking_s))
        return Problem(TIMED_OUT, seconds=round(self._writing_s))


def in_time(pieces: Iterator[T], clock: Clock) -> Iterator[T]:
    """The pieces as they come, until the clock runs out, also while nothing comes.

    Raises:
        Problem: `llm_why_timeout`, `llm_why_thinking`.
    """
    queue: Queue[_Item] = Queue(_MOST_UNREAD)
    left = Event()
    Thread(target=contextvars.copy_context().run, args=(_read, pieces, queue, left), daemon=True).start()
    try:
        while True:
            try:
                piece, error = queue.get(timeout=max(clock.left_s, 0.001))
            except Empty:
                raise clock.over() from None
            if isinstance(error, _End):
                return
            if error is not None:
                raise error
            yield piece
            if clock.left_s <= 0:
                raise clock.over()
    finally:
        left.set()


class _End(Exception):
    """There are no more pieces."""


_Item = tuple[Any, BaseException | None]


def _put(queue: Queue[_Item], item: _Item, left: Event) -> None:
    """Hand on an item as soon as there is room, unless nobody wants it any longer."""
    while not left.is_set():
        with suppress(Full):
            queue.put(item, timeout=_LOOK_EVERY_S)
            return


def _read(pieces: Iterator[Any], queue: Queue[_Item], left: Event) -> None:
    """Hand on pieces until their end, or until nobody wants them any longer: then the connection is closed."""
    try:
        for piece in pieces:
            _put(queue, (piece, None), left)
            if left.is_set():
                return
        _put(queue, (None, _End()), left)
    except BaseException as error:
        _put(queue, (None, error), left)
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()
