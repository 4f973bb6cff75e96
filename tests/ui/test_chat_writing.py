"""Answers under way: watched, stopped, kept."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, TypeVar

import pytest

from assistant.fair_queue import FairQueue, Place
from assistant.model import Answer
from assistant.trace import Trace
from corpus.problem import Problem
from index.query import Filters
from index.state import StatePlace
from ui.chats.store import ChatStore, KeptTurn
from ui.chats.writing import Writer

T = TypeVar("T")


def drawn_of(steps: AsyncIterator[T]) -> Iterator[T]:
    """What an asynchronous generator gives, step by step, for who has no loop of their own."""
    loop = asyncio.new_event_loop()
    try:
        while True:
            try:
                yield loop.run_until_complete(anext(steps))
            except StopAsyncIteration:
                return
    finally:
        loop.run_until_complete(steps.aclose())  # type: ignore[attr-defined]
        loop.close()


class Scripted:
    """An assistant that writes word by word, a word each time `go` is released, and then does `end`."""

    def __init__(self, words: list[str], end: Callable[[str], Answer]) -> None:
        self.words = words
        self.end = end
        self.go = threading.Semaphore(0)
        self.histories: list[Any] = []
        self.queue = FairQueue(2)

    def begin(
        self,
        question: str,
        history: Any,
        *,
        on_text: Callable[[str], None] = lambda text: None,
        who: str = "",
        **_: Any,
    ) -> Place[tuple[Answer, Trace]]:
        self.histories.append(history)
        return self.queue.submit(who, lambda: self.written(question, on_text))

    def written(self, question: str, on_text: Callable[[str], None]) -> tuple[Answer, Trace]:
        text = ""
        for word in self.words:
            assert self.go.acquire(timeout=20)
            text += word
            on_text(text)
        return self.end(question), Trace()


def said(question: str) -> Answer:
    return Answer(question=question, standalone_question=question, answer="好。")


@pytest.fixture
def store(chats_at: StatePlace) -> Iterator[ChatStore]:
    opened = ChatStore(chats_at)
    yield opened
    opened.close()


def kept(store: ChatStore, chat: str) -> KeptTurn:
    return store.turns(chat)[-1]


def started(store: ChatStore, assistant: Scripted) -> tuple[Writer, str, str]:
    writer = Writer(store)
    chat = store.begin("", "问")
    return writer, chat, writer.start(assistant, chat, "问", Filters(), "zh")  # type: ignore[arg-type]


def test_an_answer_is_watched_while_it_grows_and_kept(store: ChatStore) -> None:
    assistant = Scripted(["一", "二", "三"], said)
    writer, chat, turn = started(store, assistant)
    seen = []
    assistant.go.release()
    for growing in drawn_of(writer.watch(turn)):
        seen.append(growing.text)
        assistant.go.release()
    assert seen[0] == "一"
    assert seen == sorted(seen, key=len)
    assert kept(store, chat).answer == said("问")
    assert list(drawn_of(writer.watch(turn))) == []
    assert writer.busy == 0


def test_an_answer_that_nobody_watches_is_kept_too_and_is_the_history_of_the_next(store: ChatStore) -> None:
    assistant = Scripted(["一"], said)
    writer, chat, turn = started(store, assistant)
    assistant.go.release(2)
    list(drawn_of(writer.watch(turn)))
    second = writer.start(assistant, chat, "那湖北呢?", Filters(), "zh")  # type: ignore[arg-type]
    list(drawn_of(writer.watch(second)))
    assert [[each.question for each in history] for history in assistant.histories] == [[], ["问"]]


def test_a_stopped_answer_keeps_what_was_written_and_ends_the_writing(store: ChatStore) -> None:
    assistant = Scripted(["一", "二", "三"], said)
    writer, chat, turn = started(store, assistant)
    assistant.go.release()
    assert next(drawn_of(writer.watch(turn))).text == "一"
    writer.stop(turn)
    assert (kept(store, chat).state, kept(store, chat).draft) == ("stopped", "一")
    assistant.go.release(3)
    deadline = time.monotonic() + 20
    while assistant.queue.busy and time.monotonic() < deadline:
        time.sleep(0.02)
    assert (kept(store, chat).state, kept(store, chat).draft, kept(store, chat).answer) == (
        "stopped",
        "一",
        None,
    )


@pytest.mark.parametrize(
    ("error", "told"), [(Problem("empty_question"), "问题"), (RuntimeError("/secret/key"), "日志")]
)
def test_a_failure_is_told_in_words_without_what_is_not_for_the_person(
    store: ChatStore, error: Exception, told: str
) -> None:
    def fail(question: str) -> Answer:
        raise error

    writer, chat, turn = started(store, Scripted([], fail))
    list(drawn_of(writer.watch(turn)))
    assert kept(store, chat).state == "failed"
    assert told in kept(store, chat).draft
    assert "secret" not in kept(store, chat).draft


def test_an_answer_is_kept_when_the_database_is_back(
    store: ChatStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.chats.writing._TRIED_AGAIN_AFTER", (0.0, 0.0))
    answered, tries = store.answered, iter([sqlite3.OperationalError("database is locked")] * 2)

    def later(*given: Any) -> None:
        for error in tries:
            raise error
        answered(*given)

    monkeypatch.setattr(store, "answered", later)
    assistant = Scripted(["一"], said)
    writer, chat, turn = started(store, assistant)
    assistant.go.release()
    list(drawn_of(writer.watch(turn)))
    assert kept(store, chat).state == "done"
