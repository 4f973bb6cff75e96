"""What a backup of a real data folder holds, made while others write."""

import os
import sqlite3
import stat
import threading
import time
from pathlib import Path

import pytest

from assistant.service import Assistant, open_index
from assistant.settings import Settings
from corpus.problem import Problem
from index.mend import mend
from index.sync import ingest
from tests.ui.backups.folders import QUESTION, empty_data
from ui.backups.make import back_up
from ui.backups.restore import manifest_of, restore


def test_what_is_restored_answers_as_before(used: Settings, backup: Path, tmp_path: Path) -> None:
    index = open_index(used)
    before = Assistant(index, used).ask(QUESTION)
    index.close()
    fresh = empty_data(tmp_path / "fresh")
    done = restore(backup, fresh)
    assert [path.parent for path in done.aside] == [tmp_path]
    restored = open_index(fresh)
    after = Assistant(restored, fresh).ask(QUESTION)
    restored.close()
    unlike = {"timings_ms"}
    assert after.model_dump(exclude=unlike) == before.model_dump(exclude=unlike)
    assert "4800亿元" in after.answer


def test_it_holds_all_but_models_and_caches(used: Settings, backup: Path, tmp_path: Path) -> None:
    names = {entry.name for entry in manifest_of(backup).files}
    assert {
        "data/people.sqlite",
        "data/sets/own.jsonl",
        "data/runs/one/summary.json",
        "data/uploads/报告.md",
        "index/catalogue.sqlite",
        "index/sentences.sqlite",
        "index/keywords/meta.json",
        "index/chroma/chroma.sqlite3",
    } <= names
    assert not [
        name for name in names if "models" in name or "cache/" in name or name.endswith((".lock", "-wal"))
    ]
    fresh = empty_data(tmp_path / "fresh")
    restore(backup, fresh)
    assert (fresh.data / "uploads" / "报告.md").read_text("utf-8") == "uploads/报告.md"
    people = sqlite3.connect(fresh.data / "people.sqlite")
    assert people.execute("SELECT name FROM people").fetchall() == [("李明",)]
    people.close()


def test_only_its_owner_may_read_it(backup: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    fresh = empty_data(tmp_path / "fresh")
    restore(backup, fresh)
    assert stat.S_IMODE((fresh.data / "people.sqlite").stat().st_mode) == 0o600


def test_it_waits_for_an_ingest_and_then_holds_all_of_it(tmp_path: Path, articles: Path) -> None:
    settings = empty_data(tmp_path / "data")
    index = open_index(settings)
    begun, go_on = threading.Event(), threading.Event()

    def slow(done: int, total: int, name: str) -> None:
        begun.set()
        assert go_on.wait(60)

    worker = threading.Thread(target=ingest, args=(index, [articles], slow))
    worker.start()
    assert begun.wait(60)
    with pytest.raises(Problem) as busy:
        back_up(settings, tmp_path / "early.tar.gz")
    assert busy.value.code == "index_busy"
    assert not list(tmp_path.glob("*early*"))
    threading.Timer(0.3, go_on.set).start()
    back_up(settings, tmp_path / "whole.tar.gz", wait=60)
    worker.join()
    fresh = empty_data(tmp_path / "fresh")
    restore(tmp_path / "whole.tar.gz", fresh)
    restored = open_index(fresh)
    assert restored.catalogue.counts() == index.catalogue.counts() == (2, 2)
    assert mend(restored, thoroughly=True) == set()
    index.close()
    restored.close()


def test_nobody_ingests_while_the_index_is_copied(used: Settings, articles: Path, tmp_path: Path) -> None:
    index = open_index(used)
    said: list[str] = []

    def try_to_ingest(done: int, total: int, name: str) -> None:
        if name == "catalogue.sqlite":
            with pytest.raises(Problem) as busy:
                ingest(index, [articles])
            said.append(busy.value.code)

    back_up(used, tmp_path / "one.tar.gz", try_to_ingest)
    assert said == ["index_busy"]
    assert ingest(index, [articles]).unchanged == 2
    index.close()


def test_a_database_is_copied_as_of_one_moment(used: Settings, tmp_path: Path) -> None:
    """Two tables change together, again and again; the copy never holds one change without the other."""
    writer = sqlite3.connect(used.data / "chats.sqlite", check_same_thread=False)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.executescript("CREATE TABLE a (n INTEGER); CREATE TABLE b (n INTEGER, filler TEXT);")
    ended = threading.Event()

    def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            with writer:
                writer.execute("INSERT INTO a VALUES (?)", [number])
                writer.execute("INSERT INTO b VALUES (?, ?)", [number, "字" * 500])

    worker = threading.Thread(target=write)
    worker.start()
    try:
        time.sleep(0.3)
        back_up(used, tmp_path / "busy.tar.gz")
    finally:
        ended.set()
        worker.join()
        writer.close()
    restore(tmp_path / "busy.tar.gz", empty_data(tmp_path / "fresh"))
    copy = sqlite3.connect(tmp_path / "fresh" / "chats.sqlite")
    in_a, in_b = (copy.execute(f"SELECT count(*), max(n) FROM {table}").fetchone() for table in "ab")
    copy.close()
    assert in_a == in_b
    assert in_a[0] > 0


def test_an_index_elsewhere_is_kept_and_restored_elsewhere(
    used: Settings, backup: Path, tmp_path: Path
) -> None:
    fresh = empty_data(tmp_path / "fresh").model_copy(update={"index": tmp_path / "apart" / "index"})
    restore(backup, fresh)
    assert (fresh.index_folder / "catalogue.sqlite").is_file()
    assert not (fresh.data / "index").exists()
    back_up(fresh, tmp_path / "again.tar.gz")
    again = {entry.name for entry in manifest_of(tmp_path / "again.tar.gz").files}
    assert again == {entry.name for entry in manifest_of(backup).files}


def test_a_damaged_database_is_not_backed_up_as_if_it_were_sound(tmp_path: Path) -> None:
    settings = empty_data(tmp_path / "data")
    database = sqlite3.connect(settings.data / "chats.sqlite")
    database.execute("CREATE TABLE a (t TEXT)")
    database.executemany("INSERT INTO a VALUES (?)", [("字" * 300,)] * 200)
    database.commit()
    database.close()
    with (settings.data / "chats.sqlite").open("r+b") as stream:
        stream.seek(4096)
        stream.write(os.urandom(8192))
    with pytest.raises(Problem) as broken:
        back_up(settings, tmp_path / "one.tar.gz")
    assert broken.value.code == "database_broken"
    assert {path.name for path in tmp_path.iterdir()} == {"data"}
