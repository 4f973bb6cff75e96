"""An SQLite file as every room keeps one: one connection that threads share, all or nothing, other processes beside it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.private_files import private_database
from corpus.problem import Problem
from index.migrations import Step, migrate, refuse_newer

_LONGEST_WAIT_S = 30
_WORTH_IT = 4


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error tells of a damaged file; nearly all others are raised as subclasses of `DatabaseError`."""
    return type(error) is sqlite3.DatabaseError or "Could not decode to UTF-8" in str(error)


class Database:
    """Opens the file and takes the `steps` that it lacks; `pragmas` are set besides the write-ahead log.

    `when_damaged` makes the problem that is raised, now or later, where the file turns out to be damaged; it is given
    what SQLite raised.

    Raises:
        Problem: `database_newer` where a later version of the program made the file, and what `when_damaged` makes.
        sqlite3.DatabaseError, OSError: where the file cannot be read or written.
    """

    def __init__(
        self,
        file: Path,
        steps: Sequence[Step],
        pragmas: Iterable[str] = (),
        *,
        when_damaged: Callable[[sqlite3.Error], Problem],
    ) -> None:
        self.lock = threading.RLock()
        private_database(file)
        self._when_damaged = when_damaged
        self.connection = sqlite3.connect(
            file, check_same_thread=False, isolation_level=None, timeout=_LONGEST_WAIT_S
        )
        try:
            with self._damage_told():
                refuse_newer(self.connection, file, steps)
                for pragma in ("journal_mode = WAL", "synchronous = NORMAL"):
                    self.connection.execute(f"PRAGMA {pragma}")
                migrate(self.connection, file, steps)
                for pragma in pragmas:
                    self.connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            self.connection.close()
            raise

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is done inside happens, or nothing of it."""
        with self.lock, self._damage_told():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def rows(self, sql: str, parameters: Iterable[object] = ()) -> list[tuple]:
        """What a SELECT finds."""
        with self.lock, self._damage_told():
            return self.connection.execute(sql, tuple(parameters)).fetchall()

    def give_back_space(self) -> None:
        """Make the file as small as what it holds where a quarter of it is free; left for another time while others write."""
        with self.lock, self._damage_told(), suppress(sqlite3.OperationalError):
            pages, free = (
                self.connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count")
            )
            if _WORTH_IT * free >= pages:
                self.connection.execute("VACUUM")

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                raise self._when_damaged(error) from error
            raise
