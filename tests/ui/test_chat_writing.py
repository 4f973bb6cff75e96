"""Answers under way: watched, stopped, kept."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.model import Answer
from assistant.trace import Trace
from corpus.problem import Problem
from index.query import Filters
from ui.chats.store import ChatStore, KeptTurn
from ui.chats.writing import Writer


class Scripted:
    """An assistant that writes word by word, a word each time `go` is released, and then does `end`."""

    def __init__(self, words: list[str], end: Callable[[str], Answer]) -> None:
        self.words = words
        self.end = end
        self.go = threading.Semaphore(0)
        self.histories: list[Any] = []

    def ask_traced(
        self, question: str, history: Any, *, on_text: Callable[[str], None], **_: Any
    ) -> tuple[Answer, Trace]:
        self.histories.append(history)
        text = ""
        for word in self.words:
            assert self.go.acquire(timeout=20)
            text += word
            on_text(text)
        return self.end(question), Trace()


def said(question: str) -> Answer:
    return Answer(question=question, standalone_question=question, answer="好。")


@pytest.fixture
def store(tmp_path: Path) -> ChatStore:
    return ChatStore(tmp_path / "chats.sqlite")


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
    for text in writer.watch(turn):
        seen.append(text)
        assistant.go.release()
    assert seen[0] == "一"
    assert seen == sorted(seen, key=len)
    assert kept(store, chat).answer == said("问")
    assert list(writer.watch(turn)) == []
    assert writer.busy == 0


def test_an_answer_that_nobody_watches_is_kept_too_and_is_the_history_of_the_next(store: ChatStore) -> None:
    assistant = Scripted(["一"], said)
    writer, chat, turn = started(store, assistant)
    assistant.go.release(2)
    list(writer.watch(turn))
    list(writer.watch(writer.start(assistant, chat, "那湖北呢?", Filters(), "zh")))  # type: ignore[arg-type]
    assert [[each.question for each in history] for history in assistant.histories] == [[], ["问"]]


def test_a_stopped_answer_keeps_what_was_written_and_ends_the_writing(store: ChatStore) -> None:
    assistant = Scripted(["一", "二", "三"], said)
    writer, chat, turn = started(store, assistant)
    assistant.go.release()
    assert next(writer.watch(turn)) == "一"
    writer.stop(turn)
    assert (kept(store, chat).state, kept(store, chat).draft) == ("stopped", "一")
    assistant.go.release(3)
    for thread in threading.enumerate():
        if thread.name == "answer":
            thread.join(20)
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
    list(writer.watch(turn))
    assert kept(store, chat).state == "failed"
    assert told in kept(store, chat).draft
    assert "secret" not in kept(store, chat).draft
