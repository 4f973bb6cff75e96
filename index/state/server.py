"""State on a PostgreSQL server: each thread has a connection of its own while it needs one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from secrets import token_hex
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Executable,
    NullPool,
    bindparam,
    create_engine,
    event,
    func,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.schema import CreateSchema, DropSchema

from corpus.extras import need
from corpus.problem import Problem
from corpus.reasons import detail_of, reason_of
from index.state.base import Part, StateDatabase, Unreachable
from index.state.server_url import shown
from index.state.upgrade import is_up_to_date, refuse_newer, upgrade

_LONGEST_WAIT_S = 30
_TO_CONNECT_S = 10
_KEPT, _MORE = 2, 8
"""Connections of one store: kept open, and opened besides when many ask at once."""
_NAME = "policy-assistant"
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name LIKE :like AND application_name != :own"
)
_ALONE = select(
    func.set_config("lock_timeout", f"{_LONGEST_WAIT_S}s", True),
    func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), 0)),
)
_REFUSED = {
    "password authentication failed": "reason_no_right",
    "no password supplied": "reason_no_right",
    "permission denied": "reason_no_right",
    "pg_hba.conf": "reason_no_right",
    "does not exist": "reason_not_there",
    "no space left": "reason_no_space",
    "too many": "reason_in_use",
    "connection slots": "reason_in_use",
    "shutting down": "reason_connection_ended",
    "starting up": "reason_in_use",
}
"""What PostgreSQL says of itself → the code of a reason."""
_BY_STATE = {"42501": "reason_no_right", "25006": "reason_read_only", "22P05": "reason_characters"}
"""SQLSTATE of what is wrong with a database, or its user, though the statement is right → the code of a reason."""


class ServerState(StateDatabase):
    """Connects and brings the tables up to date; of several programs that start at once, one does so.

    Args:
        url: The database.
        part: The tables.
        schema: Where they are, made when it is not there yet; the default one of the user where it is empty. Several
            stores with the same tables each have their own.

    Raises:
        Problem: `database_unreachable`, `database_newer`, `extra_missing`.
    """

    def __init__(self, url: URL, part: Part, schema: str = "") -> None:
        need("postgres", "ASSISTANT_DATABASE_URL")
        self._url = url
        self._part = part
        self._schema = schema
        self.lock = threading.RLock()
        self._here = threading.local()
        self._name = f"{_NAME} {part.name} {token_hex(6)}"
        self._engine = server_engine(url, self._name)
        if schema:
            event.listen(self._engine, "connect", self._enter_schema)
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        try:
            self._bring_up_to_date()
        except BaseException:
            self._engine.dispose()
            raise

    def _bring_up_to_date(self) -> None:
        with self._errors_translated(), self._reading.connect() as connection:
            refuse_newer(connection, self._part, shown(self._url))
            if is_up_to_date(connection, self._part):
                return
        with self.transaction(alone="migrations") as connection:
            if self._schema:
                connection.execute(CreateSchema(self._schema, if_not_exists=True))
            refuse_newer(connection, self._part, shown(self._url))
            if not is_up_to_date(connection, self._part):
                upgrade(connection, self._part)

    @contextmanager
    def transaction(self, alone: str = "") -> Iterator[Connection]:
        """As `StateDatabase.transaction`."""
        with self._errors_translated(), self._engine.begin() as connection:
            if alone:
                connection.execute(_ALONE, {"name": self._lock_name(alone)})
            self._here.connection = connection
            try:
                yield connection
            finally:
                self._here.connection = None

    def rows(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """As `StateDatabase.rows`."""
        connection: Connection | None = getattr(self._here, "connection", None)
        if connection is not None:
            return connection.execute(statement, values).fetchall()
        with self._errors_translated(), self._reading.connect() as connection:
            return connection.execute(statement, values).fetchall()

    @contextmanager
    def held(self, name: str) -> Iterator[bool]:
        """Have a name for oneself among all programs until the end, whatever transactions there are; gives whether it was free."""
        with self._errors_translated(), self._reading.connect() as connection:
            key = func.hashtextextended(self._lock_name(name), 0)
            is_free = bool(connection.execute(select(func.pg_try_advisory_lock(key))).scalar_one())
            try:
                yield is_free
            finally:
                if is_free:
                    with suppress(DBAPIError):
                        connection.execute(select(func.pg_advisory_unlock(key)))

    def _lock_name(self, name: str) -> str:
        return " ".join(filter(None, [_NAME, self._part.name, self._schema, name]))

    def _enter_schema(self, connection: Any, _: object) -> None:
        """Have names without a schema be those in this one; told once, when a connection is made."""
        was, connection.autocommit = connection.autocommit, True
        connection.execute(f'SET search_path TO "{self._schema}"')
        connection.autocommit = was

    def others(self) -> int:
        """As `StateDatabase.others`."""
        names = {"like": f"{_NAME} {self._part.name} %", "own": self._name}
        return int(self.rows(_OTHERS, names)[0][0])

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def _errors_translated(self) -> AbstractContextManager[None]:
        return server_errors(self._url)


def server_engine(url: URL, name: str, **arguments: Any) -> Engine:
    """Connections to a server, under a name that it shows; one that broke is made anew.

    Args:
        url: The database (`server_url`).
        name: What the server calls them.
        arguments: Of `psycopg.connect`, besides what the address says.
    """
    return create_engine(
        url,
        pool_size=_KEPT,
        max_overflow=_MORE,
        pool_timeout=_LONGEST_WAIT_S,
        pool_pre_ping=True,
        connect_args={**_how(url), "application_name": name, **arguments},
        # What people write is nobody's to read in a log.
        hide_parameters=True,
    )


def _how(url: URL) -> dict[str, Any]:
    """How to connect, besides what the address says; a database of another encoding would give bytes for texts."""
    waiting = {} if "connect_timeout" in url.query else {"connect_timeout": _TO_CONNECT_S}
    return {"client_encoding": "utf8", **waiting}


@contextmanager
def connected(url: URL) -> Iterator[Connection]:
    """A connection to look around with; nothing is to be changed over it.

    Raises:
        Problem: `database_unreachable`, `extra_missing`.
    """
    need("postgres", "ASSISTANT_DATABASE_URL")
    engine = create_engine(url, poolclass=NullPool, connect_args=_how(url))
    with server_errors(url), engine.connect() as connection:
        yield connection


def drop_schema(url: URL, schema: str) -> None:
    """Remove a schema with all that is in it, where it is there.

    Raises:
        Problem: `database_unreachable`.
    """
    engine = create_engine(url, poolclass=NullPool, connect_args=_how(url))
    with server_errors(url), engine.begin() as connection:
        connection.execute(DropSchema(schema, cascade=True, if_exists=True))


@contextmanager
def server_errors(url: URL) -> Iterator[None]:
    """What a person can mend, as a problem: the server is down, full, or lets nobody in, or the address is wrong."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError) as error:
        raised = error.orig if isinstance(error, DBAPIError) and error.orig else error
        if isinstance(error, (OperationalError, InterfaceError, PoolTimeoutError)) or _by_state(raised):
            raise unreachable(url, raised) from error
        # Without a statement it is about connecting: "?ssl=true", which libpq does not know.
        if isinstance(error, ProgrammingError) and error.statement is None:
            raise Problem("database_option_wrong", detail=detail_of(raised)) from error
        raise


def _by_state(error: BaseException) -> str:
    return _BY_STATE.get(getattr(error, "sqlstate", None) or "", "")


def unreachable(url: URL, error: BaseException) -> Unreachable:
    """The problem that a server does not do what it is asked."""
    words = str(error)
    reason = _by_state(error) or next((code for phrase, code in _REFUSED.items() if phrase in words), "")
    reason = reason or reason_of(error, "reason_no_connection")
    return Unreachable("database_unreachable", server=shown(url), reason=reason, detail=detail_of(error))
