"""The real web application over the sample index, served by uvicorn on a free port."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn

from assistant.settings import Settings
from index.store import Index
from tests.ui.places import chats_at, kind, server_of_state, state_url
from ui.web.server import make_app
from ui.web.workplace import Workplace

__all__ = ["Served", "chats_at", "kind", "server", "server_of_state", "state_url"]

SMALL_SET = """\
{"id": "a", "question": "2024年城镇新增就业实现了多少?", "facts": [["1256万"]]}
{"id": "b", "question": "火星上有多少家企业?", "answerable": false, "type": "absent"}
{"id": "c"}
"""


@dataclass
class Served:
    """Where the application answers, and the workplace behind it."""

    address: str
    workplace: Workplace


@pytest.fixture(scope="session")
def server(
    settings: Settings, sample_index: Index, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("served")
    (data / "models").symlink_to(settings.models_folder)
    (data / "sets").mkdir()
    (data / "sets" / "small.jsonl").write_text(SMALL_SET, encoding="utf-8")
    workplace = Workplace(settings.model_copy(update={"data": data}))
    workplace.prepare()
    assert workplace.status.phase == "ready", workplace.status
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = uvicorn.Server(
        uvicorn.Config(make_app(workplace), host="127.0.0.1", port=port, log_level="warning")
    )
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    for _ in range(600):
        if running.started:
            break
        assert thread.is_alive(), "the server ended"
        time.sleep(0.1)
    assert running.started
    yield Served(f"http://127.0.0.1:{port}", workplace)
    running.should_exit = True
    thread.join(20)
