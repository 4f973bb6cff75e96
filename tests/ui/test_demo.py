"""`assistant demo`: four questions to the sample articles, and nothing left behind, however it ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ui.cli_demo import QUESTIONS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def places(tmp_path: Path, models: Path) -> dict[str, str]:
    """An environment with a data folder that may not be touched, a model in it to be lent, and an own temporary folder."""
    data, temporary = tmp_path / "data", tmp_path / "tmp"
    data.mkdir()
    temporary.mkdir()
    if models.is_dir():
        (data / "models").symlink_to(models)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    # A language model that is set is not asked, nor is the index that is set used.
    return {
        **clean,
        "ASSISTANT_DATA": str(data),
        "ASSISTANT_INDEX": str(data / "own-index"),
        "ASSISTANT_LLM_BASE_URL": "http://127.0.0.1:9/v1",
        "ASSISTANT_LLM_MODEL": "m",
        "TMPDIR": str(temporary),
    }


def left(places: dict[str, str]) -> list[str]:
    """What lies in the temporary folder, and in the data folder besides the models."""
    folders = (Path(places["TMPDIR"]), Path(places["ASSISTANT_DATA"]))
    return [file.name for folder in folders for file in folder.iterdir() if file.name != "models"]


def begin(places: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "ui.cli", "demo", *arguments],
        cwd=ROOT, env=places, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.slow
def test_the_demo_asks_and_answers_without_waiting(places: dict[str, str]) -> None:
    # Nothing is ever written to its input, which stays open.
    running = begin({**places, "ASSISTANT_LANGUAGE": "en"}, "--yes")
    assert running.stdout is not None
    shown = running.stdout.read()
    assert running.wait(240) == 0
    parts = [shown.index(f"> {question}") for question in QUESTIONS.values()]
    assert parts == sorted(parts)
    figure, follow_up, table, absent = (
        shown[begin:end] for begin, end in zip(parts, [*parts[1:], len(shown)], strict=True)
    )
    assert "4800亿元" in figure
    assert "[1]" in figure
    assert "湖北2025年集成电路产业营收" in follow_up
    assert "1000亿元" in follow_up
    assert "8205亿千瓦时" in table
    assert "8671亿千瓦时" in table
    assert "Nothing was found" in absent
    assert all(f"assistant {command}" in absent for command in ("ingest", "ask", "serve"))
    assert left(places) == []


@pytest.mark.parametrize(
    ("sign", "after"),
    [("SIGINT", ""), pytest.param("SIGINT", "> ", marks=pytest.mark.slow), ("SIGTERM", "")],
)
def test_a_demo_that_is_stopped_leaves_nothing(sign: str, after: str, places: dict[str, str]) -> None:
    running = begin(places)
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith(after):
            break
    running.send_signal(getattr(signal, sign))
    _, told = running.communicate(timeout=240)
    assert running.returncode == 130
    assert "Traceback" not in told
    assert left(places) == []
