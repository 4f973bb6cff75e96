"""Folders, pins and undo in the list of chats, and the file of chats of an earlier version."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from assistant.trace import Trace
from corpus.problem import Problem
from index.query import Filters
from index.state import StatePlace
from tests.ui.test_chat_store import answer_to
from ui.chats.store import ChatStore
from ui.web.chat_arranging import arrange
from ui.web.chat_list_render import history_parts, marked_html, shelf_of
from ui.web.views import View


def _history(*what: Any) -> str:
    return "".join(history_parts(*what))


@pytest.fixture
def store(chats_at: StatePlace) -> Iterator[ChatStore]:
    opened = ChatStore(chats_at)
    yield opened
    opened.close()


OLD = Path(__file__).parent / "state" / "old"


def do(store: ChatStore, view: View, name: str, of: str = "", text: str = "", owner: str = "an") -> View:
    done = arrange(store, owner, view, name, of, text)
    assert done is not None
    return done


def listed(store: ChatStore, view: View | None = None, owner: str = "an") -> list[str]:
    return [chat.title for chat in shelf_of(store, owner, view or View()).chats]


def test_a_file_of_the_first_version_keeps_its_chats(tmp_path: Path) -> None:
    file = tmp_path / "chats.sqlite"
    with closing(sqlite3.connect(file)) as old, old:
        old.executescript((OLD / "chats-1.sql").read_text("utf-8"))
        old.execute(
            "INSERT INTO chats VALUES ('c', 'an', '旧对话', 0, '2026-01-01', '2026-01-01T00:00:00+00:00', '')"
        )
        old.execute(
            "INSERT INTO turns (id, chat, question, filters, state, asked) VALUES ('t', 'c', '问', '{}', 'done', '')"
        )
    store = ChatStore(file)
    assert [turn.question for turn in store.turns("c")] == ["问"]
    store.folders.pin("c", "an", True)
    store.folders.move("c", "an", store.folders.make("an", "要点").id)
    chat = store.chat("c", "an")
    assert chat is not None
    assert (chat.title, chat.pinned, chat.folder_name) == ("旧对话", True, "要点")
    store.close()


def test_what_is_pinned_comes_first_and_every_change_is_undone_by_its_name(store: ChatStore) -> None:
    first, second = store.begin("an", "第一"), store.begin("an", "第二")
    assert listed(store) == ["第二", "第一"]
    view = do(store, View(), "pin", first)
    assert listed(store) == ["第一", "第二"]
    assert "撤销：置顶“第一”" in _history(shelf_of(store, "an", view), view, "zh")
    view = do(store, view, "undo")
    assert view.done is None
    assert listed(store) == ["第二", "第一"]
    view = do(store, view, "rename", second, "新名")
    assert "改名为“新名”" in _history(shelf_of(store, "an", view), view, "zh")
    view = do(store, view, "undo")
    view = do(store, view, "delete", first)
    assert listed(store) == ["第二"]
    assert "撤销：删除“第一”" in _history(shelf_of(store, "an", view), view, "zh")
    do(store, view, "undo")
    assert listed(store) == ["第二", "第一"]


def test_a_folder_goes_and_comes_back_and_its_chats_stay(store: ChatStore) -> None:
    chat, other = store.begin("an", "在内"), store.begin("an", "在外")
    view = do(store, View(), "folder-new", chat, " 产业  ")
    (folder,) = store.folders.all("an")
    assert (folder.name, folder.chats) == ("产业", 1)
    inside = do(store, view, "folder", folder.id)
    assert listed(store, inside) == ["在内"]
    gone = do(store, inside, "folder-remove", folder.id)
    assert gone.folder == ""
    assert set(listed(store, inside)) == {"在内", "在外"}, "a page that still shows the folder shows all"
    back = do(store, gone, "undo")
    assert listed(store, replace(back, folder=folder.id)) == ["在内"]
    moved = do(store, back, "move", other, folder.id)
    assert store.folders.all("an")[0].chats == 2
    moved = do(store, moved, "undo")
    named = do(store, moved, "folder-rename", folder.id, "芯片")
    assert store.folders.all("an")[0].name == "芯片"
    do(store, named, "undo")
    assert store.folders.all("an")[0].name == "产业"
    with pytest.raises(Problem, match="folder_exists"):
        do(store, view, "folder-new", "", "产业")
    with pytest.raises(Problem, match="folder_name_empty"):
        do(store, view, "folder-new", "", "  ")
    do(store, view, "undo")
    assert store.folders.all("an") == []


def test_nobody_reaches_folders_and_chats_of_another(store: ChatStore) -> None:
    chat = store.begin("an", "安的")
    folder = store.folders.make("an", "安的夹子")
    for name, of, text in (
        ("pin", chat, ""),
        ("move", chat, folder.id),
        ("delete", chat, ""),
        ("folder-rename", folder.id, "改了"),
        ("folder-remove", folder.id, ""),
    ):
        assert do(store, View(), name, of, text, owner="bo").done is None
    mine = store.begin("bo", "博的")
    do(store, View(), "move", mine, folder.id, owner="bo")
    assert listed(store, View(folder=folder.id), owner="bo") == ["博的"]
    assert "安的夹子" not in _history(shelf_of(store, "bo", View()), View(), "zh")
    kept = store.chat(chat, "an")
    assert kept is not None
    assert not kept.pinned
    assert store.folders.all("an") == [folder]
    assert store.hand_over("an", "gone") == 1
    assert store.folders.all("an") == []


def test_a_search_shows_where_the_words_stand(store: ChatStore) -> None:
    chat = store.begin("an", "第一问")
    turn = store.ask(chat, "第一问", Filters())
    text = "据统计，" * 10 + "上海<b>集成电路</b>营收4800亿元。[1]" + "其余从略。" * 20
    store.answered(turn, answer_to("第一问", text), Trace())
    view = View(search="集成电路")
    drawn = _history(shelf_of(store, "an", view), view, "zh")
    assert "<mark>集成电路</mark>" in drawn
    assert "&lt;b&gt;" in drawn
    assert "<b>" not in drawn
    assert len(shelf_of(store, "an", view).lines[chat]) < 70
    assert marked_html("A<a>", ["a"]) == "<mark>A</mark>&lt;<mark>a</mark>&gt;"


def test_chats_stand_under_their_days_and_equal_titles_are_told_apart(
    store: ChatStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(timezone.utc)
    for days in (400, 3, 1, 0):
        moment = (now - timedelta(days=days)).isoformat(timespec="milliseconds")
        monkeypatch.setattr("ui.chats.store._now", lambda moment=moment: moment)
        chat = store.begin("an", "同名")
        store.ask(chat, f"追问{days}", Filters())
    drawn = _history(shelf_of(store, "an", View()), View(), "zh")
    year = (now - timedelta(days=400)).astimezone().year
    order = [
        drawn.index(text)
        for text in ("今天", "追问0", "昨天", "追问1", "近7天", "追问3", f"{year}年", "追问400")
    ]
    assert order == sorted(order)
