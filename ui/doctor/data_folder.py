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
from index.state import Part, StatePlace
from index.state.base import Unreachable
from ui.chats.store import chats_place
from ui.doctor.finding import Finding, State, found
from ui.people.people_file import accounts_place
from ui.sizes import in_gb

_MB = 1 << 20
_LOW_MB, _FULL_MB = 2000, 100
_STATE_FILES = ("people.sqlite", "chats.sqlite", "usage.sqlite")


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


def database(settings: Settings) -> Iterator[Finding]:
    """Where accounts and chats are kept, and whether a server that is set answers and has the tables of this version."""
    tell = partial(found, "database", settings.language)
    address = settings.database_url.get_secret_value()
    if not address:
        yield tell("ok", "doctor_database_files")
        return
    from index.catalogue.place import CATALOGUE_FILE, name_of
    from index.state.look import look_at
    from index.state.server_url import server_url, shown

    url = server_url(address)
    server = shown(url)
    unused = [name for name in _STATE_FILES if (settings.data / name).is_file()]
    if name_of(settings.index_folder) and (settings.index_folder / CATALOGUE_FILE).is_file():
        unused.append(CATALOGUE_FILE)
    if unused:
        advice = "doctor_database_unused_advice"
        yield tell("warning", "doctor_database_unused", advice, server=server, names=", ".join(unused))
    try:
        seen = look_at(url, _parts())
    except Unreachable as problem:
        fields = {"server": server, "reason": problem.fields["reason"]}
        yield tell("fault", "doctor_database_down", "doctor_database_down_advice", **fields)
        return
    if seen.older:
        names = ", ".join(seen.older)
        yield tell(
            "warning", "doctor_database_older", "doctor_database_older_advice", server=server, names=names
        )
    yield tell("ok", "doctor_database_server", server=server, version=seen.version)


def _parts() -> list[Part]:
    from assistant.usage_tables import USAGE
    from ui.chats.tables import CHATS
    from ui.people.tables import PEOPLE

    return [PEOPLE, CHATS, USAGE]


def chats(settings: Settings) -> Iterator[Finding]:
    """Whether the file of kept chats is whole, where there is one."""
    yield from _file("chats", chats_place(settings), settings.language)


def accounts(settings: Settings) -> Iterator[Finding]:
    """Whether the file of accounts is whole, where there is one."""
    yield from _file("accounts", accounts_place(settings), settings.language)


def _file(check: str, file: StatePlace, language: str) -> Iterator[Finding]:
    if not isinstance(file, Path) or not file.is_file():
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
