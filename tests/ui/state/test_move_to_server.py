"""`assistant database copy`: what stands in files goes into an empty database, all of it or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text
from typer.testing import CliRunner

from assistant.catalogue_place import catalogue_of
from assistant.settings import Settings
from assistant.usage import UsageBook
from corpus.problem import Problem
from index.catalogue import Catalogue
from index.catalogue.place import CatalogueOnServer
from index.query import Filters
from index.store import Index
from index.sync import ingest
from tests.index.killed_ingest import DigestEmbedder
from tests.postgres import Server, database_on
from tests.ui.places import with_state
from tests.ui.state.test_old_state import KEY, SESSION, THEN, old_file
from ui.chats.store import ChatStore
from ui.cli import app, main
from ui.cli_database import move
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
    counts = move(settings, url, lambda done, total, name: steps.append((done, total)))
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
        move(settings, url)
    assert (told.value.code, told.value.fields["tables"]) == ("database_not_empty", "chats")
    assert store.chats("an")[1] == 1
    assert store.chats("Anna")[1] == 0
    store.close()


def test_a_row_that_is_not_taken_leaves_nothing_behind(settings: Settings, url: URL) -> None:
    with closing(sqlite3.connect(settings.data / "usage.sqlite")) as connection, connection:
        connection.execute("UPDATE usage SET questions = 'viele' WHERE who = 'Anna'")
    with pytest.raises(Problem) as told:
        move(settings, url)
    assert (told.value.code, told.value.fields["table"]) == ("database_copy_refused", "usage")
    there = with_state(settings, url)
    accounts = Accounts(there)
    assert accounts.all() == []
    accounts.close()
    with closing(sqlite3.connect(settings.data / "usage.sqlite")) as connection, connection:
        connection.execute("UPDATE usage SET questions = 1 WHERE who = 'Anna'")
    move(settings, url)
    assert contents(there) == contents(settings)


def test_a_damaged_file_is_told_and_nothing_copied(settings: Settings, url: URL) -> None:
    (settings.data / "chats.sqlite").write_bytes(b"x" * 9000)
    with pytest.raises(Problem) as told:
        move(settings, url)
    assert told.value.code == "database_copy_broken"
    assert told.value.fields["file"] == settings.data / "chats.sqlite"


def test_an_index_goes_too_and_is_searched_and_changed_as_before(
    settings: Settings, url: URL, tmp_path: Path
) -> None:
    folder = settings.index_folder
    documents = tmp_path / "documents"
    documents.mkdir()
    for name, subject in (("a", "稀土"), ("b", "林业")):
        (documents / f"{name}.md").write_text(
            f"# {subject}产业的通知\n\n2025年{subject}营收增长百分之五。\n", "utf-8"
        )

    def opened(place: Path | CatalogueOnServer) -> Index:
        return Index(folder, DigestEmbedder, model_name="digest", catalogue=place)

    index = opened(catalogue_of(settings))
    ingest(index, [documents], collection="内部")
    before = everything(index)
    index.close()
    there = with_state(settings, url)
    assert catalogue_of(there) == folder / "catalogue.sqlite", "a setting alone moves nothing"
    counts = move(settings, url)
    assert (counts["articles"], counts["files"], counts["people"]) == (2, 2, 3)
    place = catalogue_of(there)
    assert isinstance(place, CatalogueOnServer)
    index = opened(place)
    assert everything(index) == before
    assert index.catalogue.keywords.search(["稀土"], Filters(), [], 5)
    (documents / "a.md").unlink()
    (documents / "c.md").write_text("# 渔业的通知\n\n2025年渔业营收增长百分之六。\n", "utf-8")
    report = ingest(index, [documents])
    assert (report.added, report.removed, report.unchanged, report.problems) == (1, 1, 1, [])
    assert index.passages.ids() == index.catalogue.all_passage_ids()
    assert index.catalogue.collections() == {"内部"}
    index.close()
    with pytest.raises(Problem) as unset:
        catalogue_of(settings)
    assert unset.value.code == "catalogue_on_server"


def everything(index: Index) -> list[object]:
    """What an index holds."""
    catalogue = index.catalogue
    infos = catalogue.articles()
    return [
        infos,
        [catalogue.article(info.id) for info in infos],
        [catalogue.passages_of(info.id) for info in infos],
        catalogue.files(),
        catalogue.given_collections(),
        catalogue.signatures(),
        sorted(catalogue.links(), key=lambda link: link.older),
        catalogue.arrived("2026-01-01"),
        index.passages.ids(),
    ]


def test_an_index_stays_in_its_file_where_something_is_not_taken(settings: Settings, url: URL) -> None:
    settings.index_folder.mkdir()
    Catalogue(settings.index_folder / "catalogue.sqlite").close()
    with closing(sqlite3.connect(settings.data / "usage.sqlite")) as connection, connection:
        connection.execute("UPDATE usage SET questions = 'viele'")
    with pytest.raises(Problem):
        move(settings, url)
    assert catalogue_of(with_state(settings, url)) == settings.index_folder / "catalogue.sqlite"
    engine = create_engine(url)
    with engine.connect() as connection:
        left = connection.execute(text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'assistant%'"))
        assert left.fetchall() == []
    engine.dispose()


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
