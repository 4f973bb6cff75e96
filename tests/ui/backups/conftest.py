"""A data folder that was used, and its backup."""

import sqlite3
from pathlib import Path

import pytest

from assistant.service import open_index
from assistant.settings import Settings
from index.sync import ingest
from tests.ui.backups.folders import empty_data
from ui.backups.make import back_up


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "a.md").write_text("# 上海集成电路\n\n2025年上海集成电路产业营收超过4800亿元。", "utf-8")
    (folder / "b.md").write_text("# 江苏集成电路\n\n2025年江苏集成电路产量为1734.27亿块。", "utf-8")
    return folder


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Settings:
    """A data folder with an index, a database in WAL mode, eval sets and runs, and what is not backed up."""
    settings = empty_data(tmp_path_factory.mktemp("used") / "data")
    index = open_index(settings)
    assert not ingest(index, [articles]).problems
    index.close()
    people = sqlite3.connect(settings.data / "people.sqlite")
    people.execute("PRAGMA journal_mode = WAL")
    people.execute("CREATE TABLE people (name TEXT, hash TEXT)")
    people.execute("INSERT INTO people VALUES ('李明', '$argon2id$')")
    people.commit()
    people.close()
    (settings.data / "people.sqlite").chmod(0o600)
    for name in ("sets/own.jsonl", "runs/one/summary.json", "uploads/报告.md", "cache/x"):
        (settings.data / name).parent.mkdir(parents=True, exist_ok=True)
        (settings.data / name).write_text(name, "utf-8")
    return settings


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory, used: Settings) -> Path:
    file = tmp_path_factory.mktemp("kept") / "one.tar.gz"
    assert not back_up(used, file).problems
    return file
