"""State in an SQLite file: one connection that threads share, with other processes beside it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import Any

from sqlalchemy import Connection, Executable, StaticPool, create_engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from corpus.private_files import private_database
from index.kept_copy import holds_something, keep_copy
from index.sqlite_damage import is_damage
from index.state.base import Part, StateDatabase, WhenDamaged
from index.state.upgrade import is_up_to_date, reached_by, refuse_newer, upgrade

_LONGEST_WAIT_S = 30
_WORTH_IT = 4


class SqliteState(StateDatabase):
    """Opens the file and brings its tables up to date; a copy of what it held is kept beside it before they change.

    Raises:
        Problem: `database_newer`, and what `when_damaged` makes.
        sqlite3.Error, OSError: Where the file cannot be read or written.
    """

    def __init__(self, file: Path, part: Part, when_damaged: WhenDamaged) -> None:
        self.lock = threading.RLock()
        self._when_damaged = when_damaged
        private_database(file)
        # Transactions are begun and ended in words: the driver would begin them late, so that they fail half-way.
        self._driver = sqlite3.connect(
            file, check_same_thread=False, isolation_level=None, timeout=_LONGEST_WAIT_S
        )
        self._driver.create_function("file_name", 1, _file_name, deterministic=True)
        engine = create_engine(
            "sqlite+pysqlite://", creator=lambda: self._driver, poolclass=StaticPool, hide_parameters=True
        )
        with self._errors_translated():
            self._connection = engine.connect()
        try:
            with self._errors_translated():
                self._bring_up_to_date(file, part)
        except BaseException:
            self._connection.close()
            engine.dispose()
            raise
        self._engine = engine

    def _bring_up_to_date(self, file: Path, part: Part) -> None:
        refuse_newer(self._connection, part, file)
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL"):
            self._connection.exec_driver_sql(f"PRAGMA {pragma}")
        if not is_up_to_date(self._connection, part):
            with self.transaction() as connection:
                # Another process may have done it since, or be of a later version.
                refuse_newer(connection, part, file)
                if not is_up_to_date(connection, part):
                    reached = reached_by(connection, part)
                    if reached < part.head and holds_something(self._driver):
                        keep_copy(file, reached + 1)
                    upgrade(connection, part)
        for pragma in part.pragmas:
            self._connection.exec_driver_sql(f"PRAGMA {pragma}")

    @contextmanager
    def transaction(self, alone: str = "") -> Iterator[Connection]:
        """As `StateDatabase.transaction`; the file is locked for other writers from the beginning."""
        with self.lock, self._errors_translated():
            self._driver.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                # SQLite takes some back by itself, on a full disk for instance.
                if self._driver.in_transaction:
                    self._driver.execute("ROLLBACK")
                raise
            self._driver.execute("COMMIT")

    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """As `StateDatabase.rows`."""
        with self.lock, self._errors_translated():
            return self._connection.execute(statement, values).fetchall()

    def others(self) -> int:
        """As `StateDatabase.others`."""
        return 0

    def data_version(self) -> int:
        """As `StateDatabase.data_version`; searches ask a dozen times each, so it goes straight to the driver."""
        with self.lock, self._errors_translated():
            return int(self._driver.execute("PRAGMA data_version").fetchone()[0])

    def give_back_space(self) -> None:
        """As `StateDatabase.give_back_space`; left for another time while others write."""
        with self.lock, self._errors_translated(), suppress(sqlite3.OperationalError):
            pages, free = (
                self._driver.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count")
            )
            if _WORTH_IT * free >= pages:
                self._driver.execute("VACUUM")

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self._connection.close()
            self._engine.dispose()

    @contextmanager
    def _errors_translated(self) -> Iterator[None]:
        """What SQLite raised, not what SQLAlchemy makes of it; of a damaged file, the problem.

        That a row is there already is told as on a server.
        """
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raised = error.orig if isinstance(error, DBAPIError) else error
            if not isinstance(raised, sqlite3.Error) or isinstance(error, IntegrityError):
                raise
            if is_damage(raised):
                raise self._when_damaged(raised) from raised
            raise raised from None


def _file_name(path: str) -> str:
    """What `statements.file_name` is in a file."""
    return PurePath(path).name
