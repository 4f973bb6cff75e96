"""`assistant database copy`: what stands in files goes into an empty database, all of it or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import URL
from typer.testing import CliRunner

from assistant.settings import Settings
from assistant.usage import UsageBook
from corpus.problem import Problem
from index.state.moving import copy_to_server
from tests.postgres import Server, database_on
from tests.ui.places import with_state
from tests.ui.state.test_old_state import KEY, SESSION, THEN, old_file
from ui.chats.store import ChatStore
from ui.cli import app, main
from ui.cli_database import _sources
from ui.in_use import in_use
from ui.people.accounts import Accounts
from ui.people.person import Person, Role


@pytest.fixture
def url(server_of_state: Server) -> Iterator[URL]:
    with database_on(server_of_state) as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder of an earlier version, which has every kind of row."""
    for name in ("people", "chats", "usage"):
        old_file(name, tmp_path)
    return Settings(_env_file=None, data=tmp_path)


def contents(settings: Settings) -> list[object]:
    """What people see of accounts, chats and costs."""
    accounts = Accounts(settings, clock=lambda: THEN + 60)
    holder, guest = accounts.person_by_key(KEY), accounts.person_by_session(SESSION)
    seen: list[object] = [accounts.all(), holder, guest]
    accounts.close()
    from ui.chats.store import chats_place

    store = ChatStore(chats_place(settings))
    for owner in ("Anna", "李明"):
        chats, count = store.chats(owner)
        seen += [chats, count, [store.turns(chat.id) for chat in chats], store.folders.all(owner)]
        seen.append(store.notebook.notes(owner))
    store.close()
    book = UsageBook.of(settings)
    seen += [book.by_day(), book.by_person(date(2026, 3, 1))]
    book.close()
    return seen


def test_everything_is_there_as_it_was_and_goes_on_from_there(settings: Settings, url: URL) -> None:
    files = {file: file.read_bytes() for file in settings.data.glob("*.sqlite")}
    steps: list[tuple[int, int]] = []
    counts = copy_to_server(_sources(settings), url, lambda done, total, name: steps.append((done, total)))
    assert {file: file.read_bytes() for file in settings.data.glob("*.sqlite")} == files
    assert (counts["people"], counts["chats"], counts["usage"]) == (3, 4, 2)
    assert steps[-1] == (sum(counts.values()), sum(counts.values()))
    there = with_state(settings, url)
    assert contents(there) == contents(settings)
    accounts = Accounts(there, clock=lambda: THEN + 60)
    accounts.add("新", "a long password", Role.READER)
    assert accounts.keys("新") == [], "the number of one who went is nobody's again"
    assert accounts.person_by_session(SESSION) == Person("Anna", Role.ADMIN)
    accounts.close()
    store = ChatStore(url)
    assert store.turns(store.begin("Anna", "又问")) == []
    store.close()


def test_a_database_that_holds_something_is_left_as_it_is(settings: Settings, url: URL) -> None:
    store = ChatStore(url)
    store.begin("an", "已有")
    with pytest.raises(Problem) as told:
        copy_to_server(_sources(settings), url)
    assert (told.value.code, told.value.fields["tables"]) == ("database_not_empty", "chats")
    assert store.chats("an")[1] == 1
    assert store.chats("Anna")[1] == 0
    store.close()


def test_a_row_that_is_not_taken_leaves_nothing_behind(settings: Settings, url: URL) -> None:
    with closing(sqlite3.connect(settings.data / "usage.sqlite")) as connection, connection:
        connection.execute("UPDATE usage SET questions = 'viele' WHERE who = 'Anna'")
    with pytest.raises(Problem) as told:
        copy_to_server(_sources(settings), url)
    assert (told.value.code, told.value.fields["table"]) == ("database_copy_refused", "usage")
    there = with_state(settings, url)
    accounts = Accounts(there)
    assert accounts.all() == []
    accounts.close()
    with closing(sqlite3.connect(settings.data / "usage.sqlite")) as connection, connection:
        connection.execute("UPDATE usage SET questions = 1 WHERE who = 'Anna'")
    copy_to_server(_sources(settings), url)
    assert contents(there) == contents(settings)


def test_a_damaged_file_is_told_and_nothing_copied(settings: Settings, url: URL) -> None:
    (settings.data / "chats.sqlite").write_bytes(b"x" * 9000)
    with pytest.raises(Problem) as told:
        copy_to_server(_sources(settings), url)
    assert told.value.code == "database_copy_broken"
    assert told.value.fields["file"] == settings.data / "chats.sqlite"


def test_as_a_person_types_it(
    settings: Settings, url: URL, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", str(settings.data))
    monkeypatch.setattr("sys.argv", ["assistant", "database", "copy"])
    with pytest.raises(SystemExit) as without:
        main()
    assert without.value.code == 2
    assert "ASSISTANT_DATABASE_URL" in capsys.readouterr().err
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", url.render_as_string(hide_password=False))
    with in_use(settings.data), pytest.raises(SystemExit) as served:
        main()
    assert served.value.code == 2
    done = CliRunner().invoke(app, ["database", "copy"])
    assert done.exit_code == 0, done.output
    assert "people 3" in done.output
    with pytest.raises(SystemExit) as twice:
        main()
    assert twice.value.code == 2
