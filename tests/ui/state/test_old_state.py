"""A data folder of the version before Alembic: opened in place, nothing in it is lost, and it has the tables of a new one."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.model import Usage
from assistant.settings import Settings
from assistant.usage import UsageBook
from corpus.problem import Problem
from corpus.reasons import reason_of
from index.kept_copy import KEPT_MARK
from index.query import Filters
from index.state.sqlite_file import SqliteState
from tests.index.test_migrations import schema
from ui.chats.store import ChatStore
from ui.people.accounts import Accounts
from ui.people.passwords import FAILURES
from ui.people.people_file import open_people_file
from ui.people.person import Person, Role

OLD = Path(__file__).parent / "old"
KEY = "pa-Kv03BLE61AY6PRPNYhyw3w27_K-t9IH6n4SetPaaifA"
SESSION = "XtODUbJc7l-a7dlkEpWHzFHiKE6XvM9B9GGq9S7jskQ"
THEN = 1_780_000_000.0


def test_a_full_disk_is_told_as_sqlite_tells_it_and_nothing_is_kept_by_half(tmp_path: Path) -> None:
    store = ChatStore(tmp_path / "chats.sqlite")
    chat = store.begin("an", "问")
    database = store._database
    assert isinstance(database, SqliteState)
    pages = database._driver.execute("PRAGMA page_count").fetchone()[0]
    database._driver.execute(f"PRAGMA max_page_count = {pages}")
    question = "问" * 100_000
    with pytest.raises(sqlite3.OperationalError) as full:
        store.ask(chat, question, Filters())
    assert reason_of(full.value) == "reason_no_space"
    database._driver.execute(f"PRAGMA max_page_count = {pages + 1000}")
    store.ask(chat, "又问", Filters())
    assert [turn.question for turn in store.turns(chat)] == ["又问"]
    store.close()


def look_into(file: Path) -> None:
    """Open a book of costs."""
    book = UsageBook(file.parent, file)
    book.note("Anna", Usage(calls=1), date(2026, 3, 5))
    book.close()


OPEN: dict[str, Callable[[Path], None]] = {
    "people": lambda file: open_people_file(file).close(),
    "chats": lambda file: ChatStore(file).close(),
    "chats-1": lambda file: ChatStore(file).close(),
    "usage": look_into,
}


def old_file(name: str, folder: Path, called: str = "") -> Path:
    """A file as that version left it."""
    file = folder / f"{called or name}.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((OLD / f"{name}.sql").read_text("utf-8"))
    return file


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("people", "chats", "usage"):
        old_file(name, tmp_path)
    return tmp_path


def test_everybody_is_still_there_with_password_key_session_and_rights(data: Path) -> None:
    accounts = Accounts(Settings(_env_file=None, data=data), clock=lambda: THEN + 60)
    assert [each.person for each in accounts.all()] == [
        Person("Anna", Role.ADMIN),
        Person("shut", Role.EDITOR),
        Person("李明", Role.READER, frozenset({"内部", "公开"})),
    ]
    assert [each.disabled for each in accounts.all()] == [False, True, False]
    assert accounts.person_by_session(SESSION) == Person("Anna", Role.ADMIN)
    holder = accounts.person_by_key(KEY)
    assert holder is not None
    assert holder.name == "李明"
    assert accounts.person_by_session(accounts.sign_in("ANNA", "correct horse 电池")) is not None
    for _ in range(FAILURES - 1):  # one wrong password was counted before
        with pytest.raises(Problem):
            accounts.sign_in("李明", "wrong")
    with pytest.raises(Problem) as locked:
        accounts.sign_in("李明", "correct horse 电池")
    assert locked.value.code == "sign_in_locked"
    accounts.add("gone", "a long password", Role.READER)
    assert accounts.keys("gone") == [], "the number of one who went is nobody's again"
    accounts.close()


def test_every_chat_note_folder_and_cut_is_still_there(data: Path) -> None:
    store = ChatStore(data / "chats.sqlite")
    listed, count = store.chats("Anna")
    assert [(chat.title, chat.pinned, chat.folder_name) for chat in listed] == [
        ("置顶的", True, ""),
        ("上海营收多少?", False, "要点"),
    ]
    assert count == 2
    pinned, chat = listed[0].id, listed[1].id
    assert [turn.question for turn in store.turns(chat)] == ["上海营收多少?", "那湖南呢?"]
    assert [turn.state for turn in store.turns(pinned)] == ["writing"]
    first = store.turns(chat)[0]
    assert first.answer is not None
    assert first.answer.answer == "上海营收多少?是4800亿元。[1]"
    assert (first.filters.years, store.trace(first.id) is not None) == ([2025], True)
    store.uncut(chat, store.last_cut(chat))
    assert [turn.question for turn in store.turns(chat)] == ["上海营收多少?", "那湖北呢?", "100%_\\?"]
    last = store.turns(chat)[-1]
    assert (last.verdict, last.reason, last.suggested) == ("bad", "不对", ("一", "二"))
    assert store.sources.of(chat, "Anna") == Filters(articles=["a1"])
    assert store.sources.of("", "李明") == Filters(articles=["b2"])
    assert [(note.passage.article, note.text) for note in store.notebook.notes("Anna")] == [
        ("a2", "笔记2"),
        ("a1", "笔记1"),
    ]
    assert store.chats("李明")[1] == 1
    store.close()


def test_what_was_spent_is_still_known(data: Path) -> None:
    book = UsageBook(data)
    book.note("Anna", None)
    assert [(each.name, each.questions, each.read, each.cost) for each in book.by_day()] == [
        ("2026-03-05", 1, 1000, 0.25),
        ("2026-03-04", 1, 0, 0.0),
    ]
    assert [each.name for each in book.by_person(date(2026, 3, 1))] == ["Anna", "李明"]
    book.close()


@pytest.mark.parametrize("name", OPEN)
def test_an_old_file_gets_the_tables_of_a_new_one(name: str, tmp_path: Path) -> None:
    file = old_file(name, tmp_path, "old")
    before = schema(file)
    for _ in range(2):
        OPEN[name](file)
    new = tmp_path / "new.sqlite"
    OPEN[name](new)
    assert schema(file) == schema(new)
    copies = list(tmp_path.glob(f"old*{KEPT_MARK}*"))
    # Only where tables changed is there something to go back to.
    assert [schema(copy) for copy in copies] == ([before] if name in {"chats-1", "chats", "usage"} else [])
    with closing(sqlite3.connect(file)) as connection:
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        reached = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert reached == [(f"{number:04}",)]


def test_several_old_files_are_opened_by_threads_at_once(tmp_path: Path) -> None:
    files = {name: old_file(name, tmp_path) for name in OPEN}
    ready = threading.Barrier(len(files))
    failed: list[BaseException] = []

    def start(name: str) -> None:
        ready.wait()
        try:
            OPEN[name](files[name])
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=start, args=[name]) for name in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert schema(files["chats"]) == schema(files["chats-1"])
