"""What every database of state can do, and what a store tells of its tables."""

from __future__ import annotations

import re
import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Executable

from corpus.problem import Problem

StatePlace = Path | URL
"""An SQLite file, or the address of a PostgreSQL database (`server_url`)."""
WhenDamaged = Callable[[Exception], Problem]
"""Makes the problem that is raised where an SQLite file turns out to be damaged, of what SQLite raised."""
_REVISION = re.compile(r"step_(\d{4})_\w+\.py")


@dataclass(frozen=True)
class Part:
    """The tables of one store.

    Attributes:
        name: Of the store; on a server it is in the name of the table that Alembic keeps the reached revision in.
        migrations: Folder of Alembic revisions `step_NNNN_….py`, each with `NNNN` as its id, counted from 1.
        pragmas: Set on an SQLite file besides the write-ahead log.
    """

    name: str
    migrations: Path
    pragmas: tuple[str, ...] = ()

    @cached_property
    def head(self) -> int:
        """The number of the last revision, read from the names of files: Alembic takes long to import."""
        names = (_REVISION.fullmatch(file.name) for file in self.migrations.iterdir())
        return max(int(name[1]) for name in names if name)


class Unreachable(Problem):
    """A database server does not do what it is asked; it may later."""


NOT_NOW = (sqlite3.OperationalError, Unreachable)
"""What is raised where something cannot be written at the moment: a full disk, a file in use, a server that is down."""


class StateDatabase(ABC):
    """A database whose tables are up to date. Safe to call from several threads, beside other processes.

    Every method may raise the `Problem` of a damaged file, `database_unreachable` on a server, and on SQLite files
    `sqlite3.Error` for all else that goes wrong there (busy, full disk).

    Attributes:
        lock: Held by a transaction on an SQLite file; who holds it finds the file as it is until they let go.
    """

    lock: threading.RLock

    @abstractmethod
    def transaction(self, alone: str = "") -> AbstractContextManager[Connection]:
        """All that is done inside happens, or nothing of it.

        Args:
            alone: On a server, transactions with the same name wait for each other; in an SQLite file all do.
        """

    @abstractmethod
    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """What a SELECT finds; inside of a transaction of the same thread, as that has it."""

    @abstractmethod
    def others(self) -> int:
        """How many connections other programs have open to these tables; of an SQLite file that is not known, so none."""

    def data_version(self) -> int:
        """A number that changes when another connection has changed the file (SQLite's data_version); a server has none."""
        return 0

    def give_back_space(self) -> None:
        """Make a file as small as what it holds where a quarter of it is free; a server does so by itself."""
        return

    @abstractmethod
    def close(self) -> None:
        """Close the file, or the connections."""
