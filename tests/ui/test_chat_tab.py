"""What the chat draws while answers grow, and what it refuses to lose."""

import json
import sqlite3
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from starlette.requests import Request

from assistant.fair_queue import FairQueue
from assistant.settings import Settings
from index.query import Filters
from tests.ui.drawn import html_of
from tests.ui.test_chat_writing import Scripted, drawn_of, said
from ui.chats.store import ChatStore
from ui.chats.writing import Writer
from ui.people.access import Access
from ui.people.limits import Limits
from ui.people.person import Person, Role
from ui.web.chat_tab import ChatTab
from ui.web.views import View

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


class AccessOf(Access):
    """Everybody is one and the same person."""

    name = "ann"

    def person_of(self, request: Request) -> Person | None:
        return Person(self.name, Role.READER)


def request_of(page: str) -> gr.Request:
    request = gr.Request(Request({"type": "http", "headers": [], "client": ("127.0.0.1", 1)}))
    request.session_hash = page
    return request


class Chatting:
    """A chat tab whose assistant writes when it is let."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(_env_file=None, data=folder)
        self.assistant: Scripted | None = Scripted(["甲", "乙"], said)
        self.store = ChatStore(folder / "chats.sqlite")
        self.access = AccessOf(self.settings)
        workplace: Any = SimpleNamespace(settings=self.settings, index=None, is_on_its_way=False)
        self.workplace = workplace
        self.workplace.assistant = self.assistant
        self.tab = ChatTab(workplace, self.access, Limits(1000), self.store, Writer(self.store), "zh")

    def ask(self, question: str, view: View, page: str = "p", instead_of: str = "") -> Any:
        return drawn_of(self.tab._ask_in(request_of(page), view, question, Filters(), instead_of))

    def answered(self, question: str, view: View) -> View:
        assert self.assistant is not None
        self.assistant.go.release(2)
        return [drawn[1] for drawn in self.ask(question, view)][-1]

    def questions(self, view: View) -> list[str]:
        return [turn.question for turn in self.store.turns(view.chat)]


@pytest.fixture
def chatting(tmp_path: Path) -> Chatting:
    return Chatting(tmp_path)


def text_of(drawn: tuple[Any, ...]) -> str:
    return "\n".join(html_of(drawn[0]))


def test_an_answer_grows_where_its_chat_is_shown(chatting: Chatting) -> None:
    assert chatting.assistant is not None
    drawing = chatting.ask("问", View())
    first = next(drawing)
    assert "正在" in text_of(first) or "thinking" in text_of(first)
    assert first[5].visible, "it can be stopped"
    chatting.assistant.go.release()
    assert "甲" in text_of(next(drawing))
    chatting.assistant.go.release()
    last = list(drawing)[-1]
    assert "好。" in text_of(last)
    assert not last[5].visible


def test_an_old_answer_does_not_take_the_page_back(chatting: Chatting) -> None:
    assert chatting.assistant is not None
    drawing = chatting.ask("问", View())
    view = next(drawing)[1]
    fresh = chatting.tab._begin_anew(view, request_of("p"))
    assert fresh[1].chat == ""
    chatting.assistant.go.release(2)
    assert list(drawing) == [], "the page shows another chat by now"
    for _ in range(100):
        if chatting.store.turns(view.chat)[0].answer is not None:
            return
        time.sleep(0.1)
    raise AssertionError("the answer is kept all the same")


def test_what_is_searched_meanwhile_stays(chatting: Chatting) -> None:
    assert chatting.assistant is not None
    drawing = chatting.ask("问", View())
    view = next(drawing)[1]
    chatting.tab._search("别的", view, request_of("p"))
    chatting.assistant.go.release(2)
    assert list(drawing)[-1][1].search == "别的"


def test_one_question_at_a_time_in_a_chat(chatting: Chatting) -> None:
    assert chatting.assistant is not None
    drawing = chatting.ask("问", View())
    view = next(drawing)[1]
    (refused,) = chatting.ask("再问", view)
    assert refused[3] == "再问", "what was typed stays in the box"
    assert refused[5].visible, "the first is still being answered"
    assert "停止" not in text_of(refused)
    chatting.assistant.go.release(2)
    list(drawing)
    assert chatting.questions(view) == ["问"]


@pytest.mark.parametrize("empty", [True, False])
def test_what_cannot_be_asked_anew_takes_nothing_away(chatting: Chatting, empty: bool) -> None:
    view = chatting.answered("一", View())
    view = chatting.answered("二", view)
    first = chatting.store.turns(view.chat)[0].id
    if not empty:
        chatting.workplace.assistant = None
    list(chatting.ask("  " if empty else "一改", view, instead_of=first))
    assert chatting.questions(view) == ["一", "二"]


def test_a_question_asked_anew_can_be_undone_after_a_reload(chatting: Chatting) -> None:
    view = chatting.answered("一", View())
    assert chatting.assistant is not None
    chatting.assistant.go.release(2)
    list(chatting.ask("一改", view, instead_of=chatting.store.turns(view.chat)[0].id))
    assert chatting.questions(view) == ["一改"]
    (opened,) = drawn_of(chatting.tab._open(request_of("reloaded"), View(), view.chat))
    chatting.store.uncut(view.chat, opened[1].cut)
    assert chatting.questions(view) == ["一"]


def test_a_question_that_waits_shows_how_many_come_first(chatting: Chatting) -> None:
    assert chatting.assistant is not None
    chatting.assistant.queue = FairQueue(1, at_once=1)
    let = threading.Event()
    for who in ("bo", "bo", "cy"):
        chatting.assistant.queue.submit(who, lambda: let.wait(20))
    drawing = chatting.ask("问", View())
    next(drawing)
    assert "前面还有 2 个问题" in text_of(next(drawing))
    let.set()
    chatting.assistant.go.release(2)
    assert "好。" in text_of(list(drawing)[-1])


def test_a_question_sent_while_the_articles_are_read_is_answered_once_they_are(chatting: Chatting) -> None:
    assistant, chatting.workplace.assistant = chatting.assistant, None
    assert assistant is not None
    chatting.workplace.is_on_its_way = True

    def become_ready() -> None:
        chatting.workplace.assistant = assistant
        chatting.workplace.is_on_its_way = False

    threading.Timer(0.5, become_ready).start()
    assistant.go.release(2)
    # What comes last may say only that nothing changed.
    assert any("好。" in text_of(drawn) for drawn in chatting.ask("问", View()))


def test_who_has_too_many_waiting_keeps_what_was_typed(chatting: Chatting) -> None:
    assert chatting.assistant is not None
    chatting.assistant.queue = FairQueue(1, at_once=1, waiting=1)
    let = threading.Event()
    for _ in range(2):
        chatting.assistant.queue.submit("ann", lambda: let.wait(20))
        threading.Event().wait(0.2)
    (refused,) = chatting.ask("问", View())
    assert refused[3] == "问"
    assert chatting.store.chats("ann") == ([], 0), "no chat was begun"
    let.set()


def test_on_a_full_disk_a_question_is_answered_all_the_same(
    chatting: Chatting, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = chatting.answered("一", View())
    assert chatting.assistant is not None

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(chatting.store._database, "transaction", full)
    chatting.assistant.go.release(2)
    (drawn,) = chatting.ask("二", view)
    assert len(html_of(drawn[0])) == 2, "below the answer before"
    assert "好。" in text_of(drawn)
    assert "二" in text_of(drawn)
    assert len(chatting.assistant.histories[-1]) == 1, "with what was asked before"


def test_a_page_left_open_shows_nothing_to_the_next_person(chatting: Chatting) -> None:
    view = chatting.answered("秘密", View())
    chatting.access.name = "bo"
    drawn = chatting.tab._stop(view, request_of("p"))
    assert html_of(drawn[0]) == []
    assert drawn[1].chat == ""
    asked = chatting.answered("我的", view)
    assert asked.chat != view.chat
    assert chatting.questions(view) == ["秘密"]


def deed_of(chatting: Chatting, view: View, **deed: str) -> list[Any]:
    event: Any = SimpleNamespace(_data=deed)
    return list(drawn_of(chatting.tab._do(request_of("p"), event, view)))


def test_a_question_asked_in_other_words_takes_the_place_of_the_first(chatting: Chatting) -> None:
    view = chatting.answered("一", View())
    view = chatting.answered("二", view)
    assert chatting.assistant is not None
    chatting.assistant.go.release(2)
    first = chatting.store.turns(view.chat)[0].id
    deed_of(chatting, view, name="revise", of=first, text="<b>改</b>")
    assert chatting.questions(view) == ["<b>改</b>"]


def test_a_page_is_sent_only_what_it_has_not_and_all_where_it_asks_for_it(chatting: Chatting) -> None:
    view = chatting.answered("一", View())
    chatting.assistant.go.release(2)  # type: ignore[union-attr]
    sent = [json.loads(drawn[0]) for drawn in chatting.ask("二", view)]
    assert not [each for news in sent for each in news.get("new", {}).values() if '"said">一<' in each]
    # Of what the page shows now, though it asked before it was told so, and nothing that a question since has changed.
    again, end = deed_of(chatting, View(), name="redraw", of="", text="")
    assert len(json.loads(again[0])["new"]) == 2
    assert [drawn for drawn in (again[1], *again[3:]) if drawn != gr.skip()] == []
    assert [drawn for drawn in end if drawn != gr.skip()] == [], (
        "Gradio sends the last twice: it holds nothing"
    )


@pytest.mark.parametrize("name", ["without", "again", "widen"])
def test_a_chip_is_read_where_nobody_waits_and_no_longer_than_a_question(
    chatting: Chatting, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = chatting.answered("上海2025年营收多少？", View())
    turn = chatting.store.turns(view.chat)[0].id
    threads: list[threading.Thread] = []

    def wider(*_: object) -> tuple[str, Filters]:
        threads.append(threading.current_thread())
        return "", Filters()

    monkeypatch.setattr("ui.web.chat_tab._wider", wider)
    deed_of(chatting, view, name=name, of=turn, text="上海" * 300_000)
    assert not threads
    if name == "without":
        deed_of(chatting, view, name=name, of=turn, text="上海")
        assert threads
        assert threads[0] is not threading.main_thread()


def test_a_question_too_long_is_not_kept(chatting: Chatting) -> None:
    drawn = list(chatting.ask("问" * 3000, View()))
    assert len(drawn) == 1
    assert drawn[0][3] == "问" * 3000, "what was typed stays in the box"
    assert chatting.store.chats("ann") == ([], 0)
