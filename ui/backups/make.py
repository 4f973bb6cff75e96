"""Writing a backup while the server goes on: every file is copied as of one moment, then packed.

Databases are copied by SQLite itself; nobody may ingest while the index is copied. The copies lie in a private
folder beside the target, and the target appears under its name when it is whole.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from assistant.settings import Settings
from assistant.version import __version__
from corpus.problem import Problem
from corpus.reasons import reason_and_detail, unreadable_file
from index.folder_lock import HOLDER_NAME, at_rest
from ui.backups.manifest import FORM, MANIFEST_NAME, Entry, Manifest, files_of, is_database, places_of

Progress = Callable[[int, int, str], None]
"""Called with bytes done, bytes in all, and the name of the file at hand."""

_GZIP_LEVEL = 4
_ONLY_OWNER = 0o600
_TRIES = 4
_PIECE = 1 << 20


@dataclass
class BackupReport:
    """What a backup holds, and what could not be read for it."""

    manifest: Manifest
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Copied:
    entry: Entry
    copy: Path
    mode: int


def back_up(
    settings: Settings, target: Path, progress: Progress | None = None, wait: float = 0.0
) -> BackupReport:
    """Write all of the data folder to `target`; `wait` is how many seconds an ingest is given to end.

    Raises:
        Problem: `backup_name`, `backup_there`, `backup_inside`, `nothing_to_back_up`, `index_busy`,
            `index_changing`, `database_broken`, `backup_not_written`.
    """
    places = places_of(settings)
    _check(target, places)
    progress = progress or (lambda done, total, name: None)
    try:
        stage = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise _not_written(target, error) from error
    try:
        problems: list[Problem] = []
        copied = _copy_all(places, stage, progress, problems, wait)
        if not copied:
            raise Problem("nothing_to_back_up", folder=places["data"])
        manifest = Manifest(
            form=FORM,
            made=datetime.now(timezone.utc).isoformat(timespec="seconds"),
            assistant=__version__,
            files=[each.entry for each in copied],
        )
        whole = stage / "whole"
        _pack(whole, manifest, copied, progress)
        os.replace(whole, target)
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return BackupReport(manifest, problems)


def _check(target: Path, places: dict[str, Path]) -> None:
    if not target.name.endswith(".tar.gz"):
        raise Problem("backup_name", file=target)
    if target.exists():
        raise Problem("backup_there", file=target)
    if any(place in target.resolve().parents for place in places.values()):
        raise Problem("backup_inside", file=target, folder=places["data"])


def _copy_all(
    places: dict[str, Path], stage: Path, progress: Progress, problems: list[Problem], wait: float
) -> list[_Copied]:
    index = places["index"]
    total = 2 * sum(path.stat().st_size for _, path in files_of(places) if path.is_file())
    copied: list[_Copied] = []
    with at_rest(index, wait) if index.is_dir() else nullcontext(False) as was_killed:
        for _ in range(_TRIES):
            before = _state_of(index)
            copied = _copy_root("index", places, stage, (0, total), progress, problems)
            # A server that was just told of new passages may still be writing Chroma's graph to the disk.
            if _state_of(index) == before:
                break
        else:
            raise Problem("index_changing", folder=index)
        if not was_killed:
            copied = [each for each in copied if each.entry.name != f"index/{HOLDER_NAME}"]
    done = sum(each.entry.size for each in copied)
    return copied + _copy_root("data", places, stage, (done, total), progress, problems)


def _copy_root(
    root: str,
    places: dict[str, Path],
    stage: Path,
    done_of_total: tuple[int, int],
    progress: Progress,
    problems: list[Problem],
) -> list[_Copied]:
    copied: list[_Copied] = []
    done, total = done_of_total
    for number, (name, path) in enumerate(files_of(places)):
        if not name.startswith(f"{root}/"):
            continue
        progress(done, total, path.name)
        copy = stage / f"{root}-{number}"
        copy.unlink(missing_ok=True)
        try:
            if path.is_symlink():
                problems.append(Problem("link_left_out", file=path))
                continue
            if not name.isprintable():
                problems.append(Problem("name_left_out", file=ascii(path.name)))
                continue
            mode = path.stat().st_mode & 0o777
            if is_database(path):
                _copy_database(path, copy)
            else:
                shutil.copyfile(path, copy)
        except FileNotFoundError:
            continue  # removed since the folder was listed
        except PermissionError as error:
            problems.append(unreadable_file(path, error))
            continue
        copied.append(_Copied(_entry(name, copy), copy, mode))
        done += copied[-1].entry.size
    return copied


def _entry(name: str, copy: Path) -> Entry:
    digest = hashlib.sha256()
    with copy.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return Entry(name=name, size=copy.stat().st_size, sha256=digest.hexdigest())


def _copy_database(source: Path, copy: Path) -> None:
    """Copy a database as of one moment, page by page, and check the copy."""
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True, timeout=60)) as live,
            closing(sqlite3.connect(copy)) as copied,
        ):
            live.backup(copied)
            found = copied.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise Problem(
            "database_broken", file=source, **reason_and_detail(error, "reason_database_damaged")
        ) from error
    if found != "ok":
        raise Problem("database_broken", file=source, reason="reason_database_damaged", detail=found)


def _state_of(index: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of the files of an index that are no databases."""
    files = [path for _, path in files_of({"data": index, "index": index})]
    return {
        path: (path.stat().st_size, path.stat().st_mtime_ns)
        for path in files
        if path.is_file() and not is_database(path)
    }


def _pack(whole: Path, manifest: Manifest, copied: list[_Copied], progress: Progress) -> None:
    done, total = manifest.size, 2 * manifest.size
    descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OWNER)
    with os.fdopen(descriptor, "wb") as raw:
        with (
            gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=_GZIP_LEVEL) as packed,
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            contents = manifest.model_dump_json(indent=1).encode()
            archive.addfile(_member(MANIFEST_NAME, len(contents), _ONLY_OWNER), io.BytesIO(contents))
            for each in copied:
                progress(done, total, each.entry.name)
                with each.copy.open("rb") as stream:
                    archive.addfile(_member(each.entry.name, each.entry.size, each.mode), stream)
                each.copy.unlink()
                done += each.entry.size
        raw.flush()
        os.fsync(raw.fileno())


def _member(name: str, size: int, mode: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, mode, int(datetime.now().timestamp())
    return member


def _not_written(target: Path, error: OSError) -> Problem:
    return Problem("backup_not_written", file=target, **reason_and_detail(error))
