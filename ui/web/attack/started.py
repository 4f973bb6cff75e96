"""A server of the suite's own: a temporary data folder, people of every role, an article that most may not see."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from assistant.settings import Settings
from ui.people.accounts import Accounts
from ui.people.person import Role
from ui.web.attack.target import Attacker, Target

HIDDEN = "attack-hidden"
"""The collection that only the admins among the started server's people may see."""
HIDDEN_WORD = "紫貂计划"
"""Stands in the hidden article and nowhere else."""
_PASSWORD = "attack-suite-password"
_PEOPLE = (
    ("root", Role.ADMIN, None),
    ("ed", Role.EDITOR, ()),
    ("rea", Role.READER, ()),
    ("rob", Role.READER, ()),
)
_ARTICLES = {
    "open.md": "# 上海集成电路产业\n\n来源：上海日报\n\n2025年上海集成电路产业营收超过4800亿元。\n",
    "hidden.md": f"---\ntitle: {HIDDEN_WORD}内部通报\ncollection: {HIDDEN}\n---\n\n{HIDDEN_WORD}2025年预算为7321万元。\n",
}
_START_S, _END_S = 600, 30


@contextmanager
def started(*, accounts: bool, **settings: str) -> Iterator[Target]:
    """A server that answers, while this lasts; see `launched`."""
    with launched(accounts=accounts, **settings) as when_ready:
        yield when_ready()


@contextmanager
def launched(*, accounts: bool, **settings: str) -> Iterator[Callable[[], Target]]:
    """A server with a data folder of its own while this lasts; with people of every role, or without accounts.

    Args:
        accounts: Whether there are accounts: `root` (admin), `ed` (editor), `rea` and `rob` (readers). All but the
            admin see no collection.
        settings: More settings of the server, by their names.

    Yields:
        What waits until the server answers and gives the target, so that several can start at the same time.
    """
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        data, corpus = Path(folder) / "data", Path(folder) / "corpus"
        models = Settings().models_folder.resolve()
        models.mkdir(parents=True, exist_ok=True)
        data.mkdir()
        corpus.mkdir()
        (data / "models").symlink_to(models)
        for name, text in _ARTICLES.items():
            (corpus / name).write_text(text, encoding="utf-8")
        people = _make_people(data) if accounts else (Attacker("", Role.ADMIN.value),)
        with _process(data, {"corpus": str(corpus), **settings}) as (url, process):

            def when_ready() -> Target:
                _wait_until_ready(url, process)
                return Target(url, people, data, process.pid)

            yield when_ready


def _make_people(data: Path) -> tuple[Attacker, ...]:
    kept = Accounts(Settings(_env_file=None, data=data))
    people = []
    for name, role, seen in _PEOPLE:
        kept.add(name, _PASSWORD, role, seen)
        people.append(Attacker(name, role.value, kept.make_key(name)))
    kept.close()
    return tuple(people)


@contextmanager
def _process(data: Path, settings: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    given = {f"ASSISTANT_{name.upper()}": value for name, value in {"data": str(data), **settings}.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "serve", "--port", str(port)],
        env={**clean, **given},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Ctrl-C is for the suite, which then ends the server and tells what was tried.
        start_new_session=True,
    )
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("the server ended before it was ready")
        try:
            if httpx.get(f"{url}/api/health", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise RuntimeError("the server was not ready in time")
