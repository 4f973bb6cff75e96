"""The data folder: whether it is there, can be written, is nobody else's to read, and has room; chats and accounts in it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assistant.settings import Settings
from corpus.private_files import OWNER_ONLY
from index.salvage import damage_of
from index.snapshot import snapshot
from ui.doctor.finding import Finding, State, found
from ui.people.accounts import accounts_file
from ui.sizes import in_gb

_MB = 1 << 20
_LOW_MB, _FULL_MB = 2000, 100


def data(settings: Settings) -> Iterator[Finding]:
    """Whether the folder is there and can be written, or made."""
    folder = settings.data.absolute()
    tell = partial(found, "data", settings.language)
    if folder.exists() and not folder.is_dir():
        yield tell("fault", "doctor_data_no_folder", "doctor_data_advice", folder=folder)
    elif not may_write(_nearest(folder)):
        yield tell("fault", "doctor_data_read_only", "doctor_data_advice", folder=_nearest(folder))
    elif folder.is_dir():
        yield tell("ok", "doctor_data", folder=folder)
    else:
        yield tell("warning", "doctor_data_missing", "doctor_data_missing_advice", folder=folder)


def permissions(settings: Settings) -> Iterator[Finding]:
    """Whether other people of this machine are kept out of the folder."""
    folder = settings.data.absolute()
    if os.name == "nt" or not folder.is_dir():
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    tell = partial(found, "permissions", settings.language, mode=f"{mode:04o}", folder=folder)
    if mode & OWNER_ONLY:
        yield tell("warning", "doctor_permissions_open", "doctor_permissions_advice")
    else:
        yield tell("ok", "doctor_permissions")


def disk(settings: Settings) -> Iterator[Finding]:
    """Whether the disk of the folder has room."""
    free = shutil.disk_usage(_nearest(settings.data.absolute())).free // _MB
    state: State = "fault" if free < _FULL_MB else "warning" if free < _LOW_MB else "ok"
    advice = "" if state == "ok" else "doctor_disk_advice"
    yield found("disk", settings.language, state, "doctor_disk", advice, free=in_gb(free))


def chats(settings: Settings) -> Iterator[Finding]:
    """Whether the file of kept chats is whole, where there is one."""
    yield from _database("chats", settings.data / "chats.sqlite", settings.language)


def accounts(settings: Settings) -> Iterator[Finding]:
    """Whether the file of accounts is whole, where there is one."""
    yield from _database("accounts", accounts_file(settings), settings.language)


def _database(check: str, file: Path, language: str) -> Iterator[Finding]:
    if not file.is_file():
        return
    with snapshot(file.parent, [file.name]) as copy:
        reason = damage_of(copy / file.name)
    if reason:
        yield found(
            check, language, "fault", "doctor_damaged", "doctor_repair", file=file.name, reason=reason
        )
    else:
        yield found(check, language, "ok", "doctor_whole", file=file.name)


def may_write(folder: Path) -> bool:
    """Whether this program may make files in a folder; nothing is made."""
    return os.access(folder, os.W_OK | os.X_OK)


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(each for each in (folder, *folder.parents) if each.exists())
