"""Putting a backup in the place of the data folder: all of it is read and checked first, then the folders change places.

What was there before is kept beside it, under a name that tells when.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from pydantic import ValidationError

from assistant.settings import Settings
from corpus.private_files import FILE_MODE
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.folder_lock import at_rest
from ui.backups.manifest import FORM, MANIFEST_NAME, Entry, Manifest, places_of
from ui.in_use import refuse_while_in_use

Progress = Callable[[int, int, str], None]
"""Called with bytes done, bytes in all, and the name of the file at hand."""

_PIECE = 1 << 20
_LARGEST_MANIFEST = 64 << 20
_MODELS = "models"


@dataclass(frozen=True)
class Restored:
    """What was put in place, and where what was there before lies now."""

    manifest: Manifest
    aside: list[Path]


@dataclass(frozen=True)
class _Change:
    """A folder that takes the place of another, which goes aside."""

    stage: Path
    place: Path
    aside: Path


def manifest_of(file: Path) -> Manifest:
    """What a backup says that it holds.

    Raises:
        Problem: `no_such_path`, `backup_broken`, `backup_of_newer_form`, `backup_escapes`.
    """
    with _opened(file) as (manifest, _, _):
        return manifest


def restore(file: Path, settings: Settings, progress: Progress | None = None) -> Restored:
    """Put the backup in the place of the data folder; where anything is wrong with it, nothing changes.

    Raises:
        Problem: as `manifest_of`, and `data_in_use`, `index_busy`, `no_room_to_restore`, `data_not_writable`.
    """
    places = places_of(settings)
    data, index = places["data"], places["index"]
    refuse_while_in_use(data)
    made: list[Path] = []
    try:
        data_stage = _stage_for(data, made)
        inside = index.is_relative_to(data)
        index_stage = data_stage / index.relative_to(data) if inside else _stage_for(index, made)
        manifest = _unpack(file, {"data": data_stage, "index": index_stage}, progress)
        now = f"{datetime.now():%Y%m%d-%H%M%S}"
        changes = [
            _Change(stage, place, _free_name(place, now))
            for stage, place in ((data_stage, data), *(() if inside else ((index_stage, index),)))
        ]
        with at_rest(index) if index.is_dir() else nullcontext():
            refuse_while_in_use(data)
            _change_places(changes)
            _keep_models(changes[0])
    except OSError as error:
        raise Problem("data_not_writable", folder=data, **reason_and_detail(error)) from error
    finally:
        for stage in made:
            shutil.rmtree(stage, ignore_errors=True)
    return Restored(manifest, [change.aside for change in changes if change.aside.exists()])


def _stage_for(place: Path, made: list[Path]) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    made.append(Path(tempfile.mkdtemp(prefix=f"{place.name}.restoring-", dir=place.parent)))
    if place.is_dir():
        made[-1].chmod(place.stat().st_mode & 0o777)
    return made[-1]


def _free_name(place: Path, now: str) -> Path:
    name, number = place.with_name(f"{place.name}.before-restore-{now}"), 1
    while name.exists():
        number += 1
        name = place.with_name(f"{place.name}.before-restore-{now}-{number}")
    return name


@contextmanager
def _opened(file: Path) -> Iterator[tuple[Manifest, tarfile.TarFile, gzip.GzipFile]]:
    """A backup whose manifest is read and sound; whatever is wrong with the bytes is said as one problem."""
    if not file.is_file():
        raise Problem("no_such_path", file=file)
    try:
        with gzip.open(file, "rb") as packed, tarfile.open(fileobj=packed, mode="r:") as archive:
            first = archive.next()
            if first is None or first.name != MANIFEST_NAME or first.size > _LARGEST_MANIFEST:
                raise Problem("backup_broken", file=file)
            manifest = Manifest.model_validate_json(_stream(archive, first).read())
            if manifest.form > FORM:
                raise Problem("backup_of_newer_form", file=file, made=manifest.made)
            for entry in manifest.files:
                if not entry.is_safe:
                    raise Problem("backup_escapes", file=file, name=entry.name[:80])
            yield manifest, archive, packed
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValidationError, UnicodeError) as error:
        raise Problem("backup_broken", file=file) from error


def _unpack(file: Path, stages: dict[str, Path], progress: Progress | None) -> Manifest:
    """Write every file below its stage; each must be in the manifest, of its size and digest, and none may be missing."""
    progress = progress or (lambda done, total, name: None)
    with _opened(file) as (manifest, archive, packed):
        if manifest.size > shutil.disk_usage(stages["data"]).free:
            raise Problem("no_room_to_restore", folder=stages["data"].parent, size=manifest.size >> 20)
        expected = {entry.name: entry for entry in manifest.files}
        done = 0
        while (member := archive.next()) is not None:
            entry = expected.pop(member.name, None)
            if entry is None:
                raise Problem("backup_escapes", file=file, name=member.name[:80])
            if not member.isreg() or member.size != entry.size:
                raise Problem("backup_broken", file=file)
            progress(done, manifest.size, member.name)
            if not _write(archive, member, entry, stages):
                raise Problem("backup_broken", file=file)
            done += entry.size
        # Reading on to the end lets gzip check that nothing is cut off.
        while packed.read(_PIECE):
            pass
        if expected:
            raise Problem("backup_broken", file=file)
    return manifest


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, entry: Entry, stages: dict[str, Path]) -> bool:
    """Write a member below its stage; whether its digest is right."""
    root, *parts = PurePosixPath(entry.name).parts
    tarfile.data_filter(member.replace(name="/".join(parts)), str(stages[root]))
    target = stages[root].joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with _stream(archive, member) as source, target.open("xb") as copy:
        while piece := source.read(_PIECE):
            digest.update(piece)
            copy.write(piece)
    target.chmod(FILE_MODE)
    return digest.hexdigest() == entry.sha256


def _stream(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(member)
    if stream is None:
        raise tarfile.ReadError("no file")
    return stream


def _change_places(changes: list[_Change]) -> None:
    """Put every stage in its place; where one cannot be, or Ctrl-C comes, all is as it was."""
    if hasattr(os, "sync"):
        os.sync()
    try:
        for change in changes:
            if change.place.exists():
                change.place.rename(change.aside)
            change.stage.rename(change.place)
    except BaseException:
        for change in reversed(changes):
            if not change.stage.exists() and change.place.exists():
                change.place.rename(change.stage)
            if change.aside.exists():
                change.aside.rename(change.place)
        raise


def _keep_models(change: _Change) -> None:
    """Models are in no backup; those that are there need not be made again."""
    models = change.aside / _MODELS
    if models.exists() and not (change.place / _MODELS).exists():
        models.rename(change.place / _MODELS)
