"""Chats in their SQLite file and on a server."""

import itertools
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.model import Answer, Citation
from assistant.trace import Trace
from corpus.problem import Problem
from index.query import Filters
from index.state import StatePlace
from ui.chats.notebook import Passage
from ui.chats.store import ChatStore, history_of, title_of


@pytest.fixture
def store(chats_at: StatePlace) -> Iterator[ChatStore]:
    opened = ChatStore(chats_at)
    yield opened
    opened.close()


def answer_to(question: str, text: str = "是4800亿元。[1]") -> Answer:
    citation = Citation(n=1, article_id="a", title="标题", quote="是4800亿元。", start=0, end=8)
    return Answer(question=question, standalone_question=question, answer=text, citations=[citation])


def asked(store: ChatStore, chat: str, *questions: str) -> list[str]:
    turns = []
    for question in questions:
        turns.append(store.ask(chat, question, Filters()))
        store.answered(turns[-1], answer_to(question), Trace())
    return turns


def questions(store: ChatStore, chat: str) -> list[str]:
    return [turn.question for turn in store.turns(chat)]


def test_a_chat_is_there_again_after_a_restart(chats_at: StatePlace) -> None:
    first = ChatStore(chats_at)
    chat = first.begin("an", "上海营收多少?")
    asked(first, chat, "上海营收多少?", "那湖北呢?")
    first.close()
    again = ChatStore(chats_at)
    assert questions(again, chat) == ["上海营收多少?", "那湖北呢?"]
    assert again.turns(chat)[0].answer == answer_to("上海营收多少?")
    assert [turn.question for turn in history_of(again.turns(chat))] == ["上海营收多少?", "那湖北呢?"]


def test_what_was_written_when_the_program_ended_is_kept_as_stopped(chats_at: StatePlace) -> None:
    first = ChatStore(chats_at)
    chat = first.begin("", "问")
    turn = first.ask(chat, "问", Filters(years=[2025]))
    first.draft(turn, "上海2025年")
    first.close()
    again = ChatStore(chats_at)
    assert again.stop_strays() == 1
    (kept,) = again.turns(chat)
    assert (kept.state, kept.draft, kept.filters.years) == ("stopped", "上海2025年", [2025])
    again.draft(turn, "更多")
    assert again.turns(chat)[0].draft == "上海2025年"


def test_nobody_reaches_the_chat_of_another(store: ChatStore) -> None:
    chat = store.begin("an", "安的问题")
    (turn,) = asked(store, chat, "安的问题")
    assert store.chat(chat, "bo") is None
    assert store.turn(turn, "bo") is None
    assert store.chats("bo") == ([], 0)
    store.rename(chat, "bo", "改了")
    store.delete(chat, "bo")
    kept = store.chat(chat, "an")
    assert kept is not None
    assert kept.title == "安的问题"


def test_a_search_looks_in_titles_questions_and_answers_and_takes_signs_as_they_are(store: ChatStore) -> None:
    by_title = store.begin("", "集成电路")
    by_question = store.begin("", "一")
    asked(store, by_question, "赤字率100%吗?")
    by_answer = store.begin("", "二")
    turn = store.ask(by_answer, "三", Filters())
    store.answered(turn, answer_to("三", "夏粮丰收。[1]"), Trace())

    def found(text: str) -> set[str]:
        return {chat.id for chat in store.chats("", text)[0]}

    assert found("集成") == {by_title}
    assert found("100%") == {by_question}
    assert found("夏粮") == {by_answer}
    assert found("夏粮 三") == {by_answer}
    assert found("_") == set()
    assert found("article_id") == set()


def test_a_deleted_chat_comes_back_until_it_is_purged(store: ChatStore) -> None:
    chat = store.begin("", "问")
    asked(store, chat, "问")
    store.delete(chat, "")
    assert store.chats("") == ([], 0)
    assert store.purge(datetime.now(timezone.utc) - timedelta(days=1)) == 0
    store.undelete(chat, "")
    assert questions(store, chat) == ["问"]
    store.delete(chat, "")
    assert store.purge(datetime.now(timezone.utc) + timedelta(days=1)) == 1
    assert store.turns(chat) == []


def test_a_question_asked_anew_puts_what_followed_away_and_back(store: ChatStore) -> None:
    chat = store.begin("", "一")
    turns = asked(store, chat, "一", "二", "三")
    cut = store.cut(chat, turns[1])
    asked(store, chat, "二改")
    assert questions(store, chat) == ["一", "二改"]
    cut_again = store.uncut(chat, cut)
    assert questions(store, chat) == ["一", "二", "三"]
    store.uncut(chat, cut_again)
    assert questions(store, chat) == ["一", "二改"]


def test_the_last_cut_is_known_after_a_restart(store: ChatStore) -> None:
    chat = store.begin("", "一")
    assert store.last_cut(chat) == ""
    turns = asked(store, chat, "一", "二")
    store.cut(chat, turns[1])
    asked(store, chat, "二改")
    later = store.cut(chat, turns[0])
    assert store.last_cut(chat) == later
    again = store.uncut(chat, later)
    assert questions(store, chat) == ["一", "二改"]
    assert store.last_cut(chat) != again, "nothing stood there to be put away"


def test_chats_change_hands(store: ChatStore) -> None:
    chat = store.begin("", "一")
    assert store.hand_over("", "ann") == 1
    assert store.chat(chat, "") is None
    assert store.chat(chat, "ann") is not None


def test_chats_come_last_changed_first_page_by_page(
    store: ChatStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = itertools.count()
    monkeypatch.setattr("ui.chats.store._now", lambda: f"2026-01-01T00:00:{next(moments):02}+00:00")
    chats = [store.begin("", f"问题{number}") for number in range(5)]
    asked(store, chats[1], "又问")
    listed = [chat.id for chat in store.chats("")[0]]
    assert listed == [chats[1], chats[4], chats[3], chats[2], chats[0]]
    assert store.chats("", limit=2)[1] == 5
    pages = [chat.id for offset in (0, 2, 4) for chat in store.chats("", offset=offset, limit=2)[0]]
    assert pages == listed


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_a_title_is_one_short_line(question: str) -> None:
    title = title_of(question)
    assert len(title) <= 40
    assert "\n" not in title


def test_many_threads_may_write(store: ChatStore) -> None:
    chat = store.begin("", "问")
    threads = [threading.Thread(target=asked, args=(store, chat, *["问"] * 10)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.turns(chat)) == 80


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "chats.sqlite").write_bytes(b"no database" * 200)
    with pytest.raises(Problem) as told:
        ChatStore(tmp_path / "chats.sqlite")
    assert told.value.code == "chats_broken"
    assert str(tmp_path) not in str(told.value.fields)


def test_what_is_handed_over_comes_after_what_the_other_has(store: ChatStore) -> None:
    for owner, article in (("an", "a"), ("bo", "b")):
        for start in (1, 2):
            store.notebook.add(owner, Passage(article, "", "", "", "", "", "q", start, start + 1))
        store.sources.keep("", owner, Filters(articles=[article]))
    store.hand_over("an", "bo")
    notes = store.notebook.notes("bo")
    assert [note.passage.article for note in notes] == ["b", "b", "a", "a"]
    store.notebook.move(notes[2].id, "bo", up=True)
    assert [note.passage.article for note in store.notebook.notes("bo")] == ["b", "a", "b", "a"]
    assert store.sources.of("", "bo") == Filters(articles=["b"])


@pytest.mark.parametrize("text", ["\ud800", "海" * 60_000, "海 " * 60_000, "%", "_"])
def test_no_text_is_too_strange_to_be_searched(text: str, store: ChatStore) -> None:
    store.begin("an", "海")
    assert store.chats("an", text)[1] == int("海 " in text)
    assert store.chats("an", "海\x00")[1] == 1
