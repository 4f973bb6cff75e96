"""A data folder in use for `assistant doctor` to look at, and what its checks find there."""

import shutil
import socket
from pathlib import Path

import pytest

from assistant.settings import Settings
from index.store import Index
from index.sync import ingest
from tests.index.killed_ingest import DigestEmbedder
from ui.chats.store import ChatStore
from ui.doctor.finding import Check, Finding

ROOT = Path(__file__).parents[2]
KEY = "sk-geheim-8472"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in use: an index of two articles, and a chat."""
    data = tmp_path_factory.mktemp("made") / "data"
    articles = data.parent / "articles"
    articles.mkdir()
    for number in range(2):
        (articles / f"{number}.md").write_text(
            f"# 第{number}篇\n\n第{number}项产值为{number}亿元。\n", "utf-8"
        )
    index = Index(data / "index", DigestEmbedder, model_name="default")
    assert ingest(index, [articles]).passages
    index.close()
    data.chmod(0o700)
    ChatStore(data / "chats.sqlite").close()
    return data


@pytest.fixture
def settings(made: Path, tmp_path: Path) -> Settings:
    """Of a copy of that folder."""
    shutil.copytree(made, tmp_path / "data")
    return Settings(_env_file=None, data=tmp_path / "data")


def seen(check: Check, settings: Settings) -> dict[str, Finding]:
    return {each.check: each for each in check(settings)}


def states(check: Check, settings: Settings) -> dict[str, str]:
    return {name: each.state for name, each in seen(check, settings).items()}


def everything_in(folder: Path) -> dict[Path, tuple[int, int, bytes]]:
    paths = [folder, *folder.rglob("*")]
    return {
        path: (path.stat().st_mode, path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in paths
    }


def free_port() -> int:
    """A port of this machine at which nothing answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
