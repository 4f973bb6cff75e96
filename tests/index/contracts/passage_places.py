"""Where passages may be kept, each with a server of its own: Chroma, PostgreSQL with pgvector, and milvus-lite.

milvus-lite is a test double of Milvus: one process on one folder that speaks Milvus's protocol, not a Milvus server.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

_STARTING = 30


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """A server that listens when this begins, and is stopped at the end."""
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
        env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
    )  # fmt: skip
    try:
        for _ in range(5 * _STARTING):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert server.poll() is None, "the server ended"
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def chroma_server(folder: Path, port: int = 0) -> Iterator[str]:
    """A Chroma server; gives its address."""
    program = Path(sys.executable).with_name("chroma")
    if not program.exists():
        pytest.skip("no chroma command beside this Python")
    port = port or free_port()
    command = [str(program), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with _running(command, folder, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def milvus_lite(folder: Path, port: int = 0) -> Iterator[str]:
    """A milvus-lite server; gives the setting that chooses it."""
    pytest.importorskip("pymilvus", reason="the extra milvus is not installed")
    pytest.importorskip("milvus_lite", reason="milvus-lite is not installed")
    program = shutil.which("milvus-lite", path=str(Path(sys.executable).parent))
    assert program
    port = port or free_port()
    command = [program, "server", "--data-dir", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with _running(command, folder, port):
        yield f"milvus+http://127.0.0.1:{port}"
