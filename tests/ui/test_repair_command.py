"""`assistant repair`, a read-only data folder, and two servers over one folder."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.model import Answer
from assistant.settings import Settings
from corpus.problem import Problem
from index.salvage import damage_of
from index.store import Index
from tests.index.killed_ingest import DigestEmbedder
from ui import cli_repair
from ui.chats.store import ChatStore
from ui.in_use import in_use, is_in_use
from ui.people.accounts import Accounts
from ui.people.person import Role

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse 电池"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = Settings(_env_file=None, data=tmp_path / "data")
    monkeypatch.setattr(cli_repair, "read_settings", lambda index=None: settings)
    monkeypatch.setattr(
        "assistant.service.open_index",
        lambda settings: Index(settings.index_folder, DigestEmbedder, model_name="digest"),
    )
    return settings


def with_chats(settings: Settings, count: int = 200) -> Path:
    file = settings.data / "chats.sqlite"
    store = ChatStore(file)
    for number in range(count):
        chat = store.begin("anna", f"第{number}个问题")
        answer = Answer(question="q", standalone_question="q", answer="答案很长。" * 60)
        store.keep(chat, f"第{number}个问题", answer)
    store.close()
    return file


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size * 2 // 3 // 4096 * 4096)


def test_damaged_chats_keep_what_can_be_read(settings: Settings) -> None:
    file = with_chats(settings)
    cut(file)
    assert damage_of(file)
    with pytest.raises(SystemExit):
        cli_repair.repair()
    assert damage_of(file) == ""
    store = ChatStore(file)
    chats, kept = store.chats("anna", limit=500)
    assert 0 < kept < 200
    assert any(store.turns(chat.id) for chat in chats)
    store.close()
    aside = [
        each for each in file.parent.glob("chats.sqlite.damaged-*") if each.name[-4:] not in {"-wal", "-shm"}
    ]
    assert len(aside) == 1
    assert file.stat().st_mode & 0o077 == 0


def test_damage_that_shows_later_is_said_as_a_problem(settings: Settings) -> None:
    file = with_chats(settings)
    store = ChatStore(file)
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * (file.stat().st_size - 4096))
    with pytest.raises(Problem, match="chats_broken"):
        store.chats("anna", "没有的词")
    store.close()


def test_whole_files_are_left_as_they_are(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    file = with_chats(settings, 3)
    accounts = Accounts(settings)
    accounts.add("anna", PASSWORD, Role.ADMIN)
    accounts.close()
    before = file.read_bytes(), (settings.data / "people.sqlite").read_bytes()
    cli_repair.repair()
    assert (file.read_bytes(), (settings.data / "people.sqlite").read_bytes()) == before


def test_accounts_of_which_no_admin_is_left_are_never_replaced_by_none(settings: Settings) -> None:
    accounts = Accounts(settings)
    accounts.add("anna", PASSWORD, Role.ADMIN)
    accounts.close()
    file = settings.data / "people.sqlite"
    data = bytearray(file.read_bytes())
    data[:] = data[:100] + b"\xff" * (len(data) - 100)
    file.write_bytes(bytes(data))
    with pytest.raises(SystemExit):
        cli_repair.repair()
    assert file.read_bytes() == bytes(data)


def test_nothing_is_repaired_under_a_running_server(settings: Settings) -> None:
    file = with_chats(settings)
    cut(file)
    before = file.read_bytes()
    with in_use(settings.data), pytest.raises(Problem, match="data_in_use"):
        cli_repair.repair()
    assert file.read_bytes() == before


def test_a_second_server_leaves_the_answers_of_the_first(tmp_path: Path) -> None:
    from index.query import Filters
    from ui.web.server import make_app
    from ui.web.workplace import Workplace

    settings = Settings(_env_file=None, data=tmp_path / "data")
    store = ChatStore(settings.data / "chats.sqlite")
    chat = store.begin("", "问题")
    turn = store.ask(chat, "问题", Filters())
    with in_use(settings.data):
        assert is_in_use(settings.data)
        make_app(Workplace(settings))
        assert [each.state for each in store.turns(chat)] == ["writing"]
    make_app(Workplace(settings))
    assert [(each.id, each.state) for each in store.turns(chat)] == [(turn, "stopped")]


_READ_ONLY = """
import os
import sys
from pathlib import Path
from corpus.problem import Problem
from assistant.messages import explain
from assistant.settings import Settings
from tests.index.killed_ingest import open_index
from ui.chats.store import ChatStore
from ui.people.accounts import Accounts
data = Path(sys.argv[1])
explain(Problem("index_empty", folder="x"), "en")
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
for open_it in (
    lambda: open_index(data / "index"),
    lambda: ChatStore(data / "chats.sqlite"),
    lambda: Accounts(Settings(_env_file=None, data=data)),
):
    try:
        open_it()
        print("opened")
    except Problem as problem:
        print(problem.code, explain(problem, "en"))
"""


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A data folder in use before that may not be written any more."""
    data = Path(tempfile.mkdtemp())
    data.chmod(0o755)
    settings = Settings(_env_file=None, data=data)
    index = Index(data / "index", DigestEmbedder, model_name="digest")
    index.close()
    with_chats(settings, 1)
    accounts = Accounts(settings)
    accounts.add("anna", PASSWORD, Role.ADMIN)
    accounts.close()
    for path in [data, *data.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield data
    for path in [data, *(path for path in data.rglob("*") if path.is_dir())]:
        path.chmod(0o755)
    shutil.rmtree(data)


@pytest.mark.skipif(os.name == "nt", reason="another system of rights")
def test_a_read_only_data_folder_is_told_and_nothing_is_changed(read_only: Path) -> None:
    before = {path: path.read_bytes() for path in read_only.rglob("*") if path.is_file()}
    done = subprocess.run(
        [sys.executable, "-c", _READ_ONLY, str(read_only)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    lines = done.stdout.strip().splitlines()
    assert len(lines) == 3, done.stderr
    assert [line.split()[0] for line in lines] == ["index_not_writable", "chats_broken", "people_broken"]
    assert "damaged (" not in lines[0]
    assert {path: path.read_bytes() for path in read_only.rglob("*") if path.is_file()} == before


def test_a_damaged_index_is_repaired_with_one_command(settings: Settings) -> None:
    from index.sync import ingest

    folder = settings.data / "articles"
    folder.mkdir(parents=True)
    for number in range(30):
        text = "\n\n".join(f"第{line}项工作的产值为{line}亿元。" * 10 for line in range(10))
        (folder / f"{number}.md").write_text(f"# 第{number}篇\n\n{text}\n", "utf-8")
    index = Index(settings.index_folder, DigestEmbedder, model_name="digest")
    ingest(index, [folder])
    index.catalogue.give_collection("/x", "内部")
    index.close()
    shutil.rmtree(folder)
    file = settings.index_folder / "catalogue.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'passages'").fetchone()[0]
    with file.open("r+b") as stream:
        stream.seek((root - 1) * 4096)
        stream.write(b"\xff" * 4096)
    with closing(sqlite3.connect(settings.index_folder / "chroma" / "chroma.sqlite3")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cut(settings.index_folder / "chroma" / "chroma.sqlite3")
    cli_repair.repair()
    index = Index(settings.index_folder, DigestEmbedder, model_name="digest")
    # The files are gone and only what is made from the articles was damaged: nothing is lost.
    assert len(index.catalogue.articles()) == 30
    assert index.passages.ids() == index.catalogue.all_passage_ids()
    assert index.catalogue.given_collections() == {"/x": "内部"}
    index.close()
