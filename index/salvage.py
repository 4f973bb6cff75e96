"""Saving what can be read of a damaged SQLite file into a new one."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from corpus.reasons import reason_of
from index.sqlite_damage import is_damage

_log = logging.getLogger(__name__)
_DAMAGED = "reason_database_damaged"

DAMAGED_MARK = ".damaged-"
"""In the name that a damaged file or folder is kept under, beside the one that took its place."""
_BESIDE = ("-wal", "-shm", "-journal")
_HEAD = 100
"""Bytes of SQLite's head at the beginning of a file."""
_LONGEST_GAP = 20_000
"""Rows that are passed over before the rest of a table is given up."""


@dataclass
class Salvaged:
    """How many rows of each table were saved, and the tables of which some could not be read."""

    rows: dict[str, int] = field(default_factory=dict)
    lossy: list[str] = field(default_factory=list)


def damage_of(file: Path) -> str:
    """What is wrong with an SQLite file; empty where it is whole, or not there.

    Raises:
        sqlite3.Error: where it cannot be looked at for another reason, because the folder is read-only, say.
    """
    if not file.exists():
        return ""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if found != "ok":
                _log.info("%s is damaged: %s", file.name, found)
                return _DAMAGED
            for (table,) in _word_tables(connection):
                connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
            connection.rollback()
    except UnicodeError as error:
        _log.info("%s is damaged: %s", file.name, error)
        return _DAMAGED
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        _log.info("%s is damaged: %s", file.name, error)
        return reason_of(error, _DAMAGED)
    return ""


def copy_what_is_readable(damaged: Path, new: Path, derived: frozenset[str] = frozenset()) -> Salvaged:
    """Copy the rows of a damaged file into `new`, which has its tables already and loses what it held.

    Args:
        damaged: the file; it is only read.
        new: a file with the tables that are wanted; columns that one of them lacks are left out.
        derived: tables that are made again from others and are not copied.
    """
    salvaged = Salvaged()
    with closing(sqlite3.connect(new, isolation_level=None)) as target, _with_head(damaged, new) as source:
        target.execute("PRAGMA foreign_keys = OFF")
        virtual = [name for (name,) in _word_tables(target)]
        for table in _tables(target):
            if table in derived or any(table.startswith(name) for name in virtual):
                continue
            columns = _columns(target, table)
            target.execute("BEGIN")
            target.execute(f"DELETE FROM {table}")
            count, whole = 0, True
            for row in _rows(source, table, columns):
                if row is None:
                    whole = False
                    continue
                with suppress(sqlite3.IntegrityError):
                    target.execute(
                        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                        row,
                    )
                    count += 1
            target.execute("COMMIT")
            salvaged.rows[table] = count
            if not whole:
                salvaged.lossy.append(table)
    return salvaged


def put_aside(path: Path) -> Path:
    """Give a damaged file (with what SQLite keeps beside it) or folder another name; that name."""
    now = f"{datetime.now():%Y%m%d-%H%M%S}"
    aside = path.with_name(f"{path.name}{DAMAGED_MARK}{now}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}{DAMAGED_MARK}{now}-{number}")
    for ending in ("", *_BESIDE):
        with suppress(FileNotFoundError):
            os.replace(path.with_name(path.name + ending), aside.with_name(aside.name + ending))
    return aside


def remove_database(file: Path) -> None:
    """Delete an SQLite file with what lies beside it; nothing happens where there is none."""
    for ending in ("", *_BESIDE):
        with suppress(FileNotFoundError):
            file.with_name(file.name + ending).unlink()


def _is_known(file: Path) -> bool:
    """Whether SQLite knows the file for one of its own."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("SELECT 1 FROM sqlite_master")
    except sqlite3.Error:
        return False
    return True


@contextmanager
def _with_head(damaged: Path, like: Path) -> Iterator[Path]:
    """The damaged file; where SQLite does not know it for one of its own, a copy with the head of a file like it."""
    if _is_known(damaged):
        yield damaged
        return
    copy = damaged.with_name(f"{damaged.name}.headed")
    try:
        shutil.copyfile(damaged, copy)
        with like.open("rb") as stream:
            head = bytearray(stream.read(_HEAD))
        pages = max(1, copy.stat().st_size // int.from_bytes(head[16:18], "big"))
        # Pages in the file, no list of free ones, and a file format without a write-ahead log.
        head[28:40] = pages.to_bytes(4, "big") + bytes(8)
        head[18:20] = b"\x01\x01"
        with copy.open("r+b") as stream:
            stream.write(head)
        yield copy
    finally:
        remove_database(copy)


def _rows(file: Path, table: str, columns: list[str]) -> Iterator[tuple | None]:
    """The rows of a table in their order; None once for every stretch that cannot be read."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
            # Else a file that is shorter than it says is not read at all.
            source.execute("PRAGMA writable_schema = ON")
            known = set(_columns(source, table))
            names = ", ".join(name if name in known else f"'' AS {name}" for name in columns)
            if not known:
                yield None
                return
            yield from _rows_around_gaps(
                source, f"SELECT rowid, {names} FROM {table} WHERE rowid > ? ORDER BY rowid"
            )
    except sqlite3.Error:
        yield None


def _rows_around_gaps(source: sqlite3.Connection, sql: str) -> Iterator[tuple | None]:
    last, gap = 0, 0
    while gap < _LONGEST_GAP:
        try:
            for number, *row in source.execute(sql, [last]):
                last, gap = number, 0
                yield tuple(row)
            return
        except (sqlite3.Error, UnicodeError):
            if gap == 0:
                yield None
            last, gap = last + 1, gap + 1


def _tables(connection: sqlite3.Connection) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    return [row[0] for row in connection.execute(sql)]


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", [table])]


def _word_tables(connection: sqlite3.Connection) -> list[tuple[str]]:
    return connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5 %'").fetchall()
