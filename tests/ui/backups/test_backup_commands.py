"""`assistant backup` and `assistant restore` as a person types them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings import Settings
from tests.ui.backups.folders import ROOT, cut_off, empty_data
from ui.backups.restore import manifest_of

pytestmark = pytest.mark.slow


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "ui.cli", *arguments]


def surroundings(data: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return {**clean, "ASSISTANT_DATA": str(data), "ASSISTANT_LANGUAGE": "en", "COLUMNS": "300"}


def typed(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=surroundings(data), capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip


def test_the_commands_and_their_exit_codes(used: Settings, tmp_path: Path) -> None:
    file = tmp_path / "one.tar.gz"
    done = typed("backup", str(file), data=used.data)
    assert done.returncode == 0, done.stderr
    assert "Backed up" in done.stdout
    again = typed("backup", str(file), data=used.data)
    assert again.returncode == 2
    assert "there already" in again.stderr
    target = tmp_path / "data"
    (target / "sets").mkdir(parents=True)
    unsure = typed("restore", str(file), data=target)
    assert unsure.returncode == 2
    assert "--yes" in unsure.stderr
    sure = typed("restore", str(file), "--yes", data=target)
    assert sure.returncode == 0, sure.stderr
    assert f"{target}.before-restore-" in sure.stdout
    cut_off(file, tmp_path / "cut.tar.gz")
    cut = typed("restore", str(tmp_path / "cut.tar.gz"), "--yes", data=target)
    assert cut.returncode == 2
    assert "nothing was changed" in cut.stderr
    assert "Traceback" not in cut.stderr


def test_a_link_is_left_out_and_said(used: Settings, tmp_path: Path) -> None:
    settings = empty_data(tmp_path / "data")
    (settings.data / "mine").write_text("mine", "utf-8")
    (settings.data / "passwords").symlink_to("/etc/passwd")
    done = typed("backup", str(tmp_path / "one.tar.gz"), data=settings.data)
    assert done.returncode == 1
    assert "passwords" in done.stderr
    assert {entry.name for entry in manifest_of(tmp_path / "one.tar.gz").files} == {"data/mine"}


@pytest.fixture
def interrupted(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A backup that has begun and has much to do."""
    settings = empty_data(tmp_path / "data")
    (settings.data / "large").write_bytes(os.urandom(200_000_000))
    process = subprocess.Popen(
        command("backup", str(tmp_path / "one.tar.gz")),
        cwd=ROOT, env=surroundings(settings.data), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not list(tmp_path.glob(".one*/whole")):
        assert process.poll() is None
        time.sleep(0.02)
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_leaves_nothing_half_done(
    interrupted: subprocess.Popen[str], number: signal.Signals, tmp_path: Path
) -> None:
    interrupted.send_signal(number)
    _, said = interrupted.communicate(timeout=60)
    assert interrupted.returncode == 130
    assert "Traceback" not in said
    assert {path.name for path in tmp_path.iterdir()} == {"data"}
