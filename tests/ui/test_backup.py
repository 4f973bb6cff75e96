"""Backups of a real data folder, made while others write, and put back."""

import gzip
import hashlib
import io
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Assistant, open_index
from assistant.settings import Settings
from corpus.problem import Problem
from index.mend import mend
from index.sync import ingest
from ui.backups.make import back_up
from ui.backups.restore import manifest_of, restore
from ui.in_use import in_use, refuse_while_in_use

ROOT = Path(__file__).parents[2]
QUESTION = "上海2025年集成电路产业营收多少?"


def empty_data(folder: Path) -> Settings:
    """Settings of a new data folder that has the models already."""
    folder.mkdir()
    (folder / "models").symlink_to(ROOT / ".data" / "models")
    return Settings(_env_file=None, data=folder)


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


def snapshot(folder: Path) -> dict[str, str]:
    """Digests of everything in a folder but locks and models."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and "models" not in path.parts
    }


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


def test_what_was_there_is_kept_beside(used: Settings, backup: Path, tmp_path: Path) -> None:
    present = empty_data(tmp_path / "data")
    (present.data / "sets").mkdir()
    (present.data / "sets" / "new.jsonl").write_text("mine", "utf-8")
    (aside,) = restore(backup, present).aside
    assert aside.name.startswith("data.before-restore-")
    assert (aside / "sets" / "new.jsonl").read_text("utf-8") == "mine"
    assert not (present.data / "sets" / "new.jsonl").exists()
    assert (present.data / "models").is_symlink()


def cut_off(backup: Path, file: Path) -> None:
    file.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])


def cut_off_by_a_few_bytes(backup: Path, file: Path) -> None:
    file.write_bytes(backup.read_bytes()[:-4])


def not_a_backup(backup: Path, file: Path) -> None:
    file.write_bytes(b"hello")


def empty(backup: Path, file: Path) -> None:
    file.write_bytes(b"")


def altered(backup: Path, file: Path) -> None:
    plain = gzip.decompress(backup.read_bytes())
    changed = plain.replace("李明".encode(), "李四".encode())
    assert changed != plain
    file.write_bytes(gzip.compress(changed))


def without_a_file(backup: Path, file: Path) -> None:
    rewrite(backup, file, skip="data/sets/own.jsonl")


@pytest.mark.parametrize(
    "damage", [cut_off, cut_off_by_a_few_bytes, not_a_backup, empty, altered, without_a_file]
)
def test_a_broken_backup_changes_nothing(
    damage: object, used: Settings, backup: Path, tmp_path: Path
) -> None:
    present = empty_data(tmp_path / "data")
    (present.data / "mine").write_text("mine", "utf-8")
    damage(backup, tmp_path / "broken.tar.gz")  # type: ignore[operator]
    with pytest.raises(Problem) as broken:
        restore(tmp_path / "broken.tar.gz", present)
    assert broken.value.code == "backup_broken"
    assert snapshot(present.data) == {"mine": hashlib.sha256(b"mine").hexdigest()}
    assert {path.name for path in tmp_path.iterdir()} == {"data", "broken.tar.gz"}


def rewrite(
    backup: Path, file: Path, *, skip: str = "", add: tarfile.TarInfo | None = None, listed: bool = True
) -> None:
    """The backup without a file, or with one more, which the manifest lists or does not."""
    with tarfile.open(backup) as source, tarfile.open(file, "w:gz") as target:
        for member in source:
            data = source.extractfile(member).read()  # type: ignore[union-attr]
            if member.name == "manifest.json" and add is not None and listed:
                manifest = json.loads(data)
                digest = hashlib.sha256(b"evil").hexdigest()
                manifest["files"].append({"name": add.name, "size": 4, "sha256": digest})
                data = json.dumps(manifest).encode()
                member.size = len(data)
            if member.name != skip:
                target.addfile(member, io.BytesIO(data))
        if add is not None:
            target.addfile(add, io.BytesIO(b"evil"[: add.size]))


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    made.size = 4 if kind == tarfile.REGTYPE else 0
    return made


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize(
    "extra",
    [
        member("data/../../escaped"),
        member("../escaped"),
        member("/escaped"),
        member("data//escaped"),
        member("elsewhere/escaped"),
        member("data/link", tarfile.SYMTYPE, "/etc"),
        member("data/link", tarfile.LNKTYPE, "/etc/passwd"),
        member("data/pipe", tarfile.FIFOTYPE),
    ],
    ids=["up", "up at once", "absolute", "empty part", "other folder", "link", "hard link", "pipe"],
)
def test_an_archive_that_leaves_the_folder_is_refused(
    extra: tarfile.TarInfo, listed: bool, backup: Path, tmp_path: Path
) -> None:
    present = empty_data(tmp_path / "data")
    rewrite(backup, tmp_path / "evil.tar.gz", add=extra, listed=listed)
    with pytest.raises(Problem) as refused:
        restore(tmp_path / "evil.tar.gz", present)
    assert refused.value.code in {"backup_escapes", "backup_broken"}
    assert not snapshot(present.data)
    assert {path.name for path in tmp_path.iterdir()} == {"data", "evil.tar.gz"}


def test_a_running_server_is_not_restored_under(backup: Path, tmp_path: Path) -> None:
    present = empty_data(tmp_path / "data")
    with in_use(present.data):
        with pytest.raises(Problem) as refused:
            restore(backup, present)
        assert refused.value.code == "data_in_use"
    refuse_while_in_use(present.data)


def test_when_the_folders_cannot_change_places_all_is_as_it_was(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    present = empty_data(tmp_path / "data")
    (present.data / "mine").write_text("mine", "utf-8")
    rename = Path.rename

    def fail_once(self: Path, target: Path) -> Path:
        if "restoring" in self.name:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(KeyboardInterrupt):
        restore(backup, present)
    assert snapshot(present.data) == {"mine": hashlib.sha256(b"mine").hexdigest()}
    assert {path.name for path in tmp_path.iterdir()} == {"data"}


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


# -- as a person types them


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "ui.cli", *arguments]


def surroundings(data: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return {**clean, "ASSISTANT_DATA": str(data), "ASSISTANT_LANGUAGE": "en", "COLUMNS": "300"}


def typed(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=surroundings(data), capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip


def test_the_commands_and_their_exit_codes(used: Settings, tmp_path: Path) -> None:
    file = tmp_path / "one.tar.gz"
    done = typed("backup", str(file), data=used.data)
    assert done.returncode == 0, done.stderr
    assert "Backed up" in done.stdout
    again = typed("backup", str(file), data=used.data)
    assert again.returncode == 2
    assert "there already" in again.stderr
    target = tmp_path / "data"
    (target / "sets").mkdir(parents=True)
    unsure = typed("restore", str(file), data=target)
    assert unsure.returncode == 2
    assert "--yes" in unsure.stderr
    sure = typed("restore", str(file), "--yes", data=target)
    assert sure.returncode == 0, sure.stderr
    assert f"{target}.before-restore-" in sure.stdout
    cut_off(file, tmp_path / "cut.tar.gz")
    cut = typed("restore", str(tmp_path / "cut.tar.gz"), "--yes", data=target)
    assert cut.returncode == 2
    assert "nothing was changed" in cut.stderr
    assert "Traceback" not in cut.stderr


def test_a_link_is_left_out_and_said(used: Settings, tmp_path: Path) -> None:
    settings = empty_data(tmp_path / "data")
    (settings.data / "mine").write_text("mine", "utf-8")
    (settings.data / "passwords").symlink_to("/etc/passwd")
    done = typed("backup", str(tmp_path / "one.tar.gz"), data=settings.data)
    assert done.returncode == 1
    assert "passwords" in done.stderr
    assert {entry.name for entry in manifest_of(tmp_path / "one.tar.gz").files} == {"data/mine"}


@pytest.fixture
def interrupted(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A backup that has begun and has much to do."""
    settings = empty_data(tmp_path / "data")
    (settings.data / "large").write_bytes(os.urandom(200_000_000))
    process = subprocess.Popen(
        command("backup", str(tmp_path / "one.tar.gz")),
        cwd=ROOT, env=surroundings(settings.data), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not list(tmp_path.glob(".one*/whole")):
        assert process.poll() is None
        time.sleep(0.02)
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_nothing_half_done(
    interrupted: subprocess.Popen[str], number: signal.Signals, tmp_path: Path
) -> None:
    interrupted.send_signal(number)
    _, said = interrupted.communicate(timeout=60)
    assert interrupted.returncode == 130
    assert "Traceback" not in said
    assert {path.name for path in tmp_path.iterdir()} == {"data"}
