"""Backups put back: what was there is kept, and a backup that is broken or hostile changes nothing."""

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from assistant.settings import Settings
from corpus.problem import Problem
from tests.ui.backups.folders import cut_off, empty_data, snapshot
from ui.backups.restore import restore
from ui.in_use import in_use, refuse_while_in_use


def test_what_was_there_is_kept_beside(used: Settings, backup: Path, tmp_path: Path) -> None:
    present = empty_data(tmp_path / "data")
    (present.data / "sets").mkdir()
    (present.data / "sets" / "new.jsonl").write_text("mine", "utf-8")
    (aside,) = restore(backup, present).aside
    assert aside.name.startswith("data.before-restore-")
    assert (aside / "sets" / "new.jsonl").read_text("utf-8") == "mine"
    assert not (present.data / "sets" / "new.jsonl").exists()
    assert (present.data / "models").is_symlink()


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
