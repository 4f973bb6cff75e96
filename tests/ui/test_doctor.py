"""`assistant doctor`: what it finds in whole and broken surroundings, and that it leaves them as they are."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings import Settings
from tests.ui.doctored import KEY, ROOT, everything_in, free_port, made, settings, states
from ui.doctor import data_folder, environment, index_folder
from ui.doctor.examine import examine, settings_as_they_are
from ui.doctor.finding import Finding

__all__ = ["made", "settings"]


# -- the machine


def test_the_machine_is_told_of(settings: Settings) -> None:
    for check in (environment.python, environment.processor, environment.memory):
        (finding,) = check(settings)
        assert finding.message
    assert states(environment.packages, settings) == {"packages": "ok"}


def test_packages_that_are_missing_or_too_old(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "requires", lambda name: ["torch>=999", "rich; extra == 'x'"])
    (finding,) = environment.packages(settings)
    assert (finding.state, "torch" in finding.message, bool(finding.advice)) == ("warning", True, True)
    monkeypatch.setattr(environment, "requires", lambda name: ["no-such-package>=1", "torch"])
    (finding,) = environment.packages(settings)
    assert (finding.state, "no-such-package" in finding.message) == ("fault", True)


def test_a_processor_that_is_slow(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "processor_flags", lambda: frozenset({"sse2"}))
    assert states(environment.processor, settings) == {"processor": "warning"}
    monkeypatch.setattr(environment, "processor_flags", lambda: frozenset())
    assert states(environment.processor, settings) == {"processor": "ok"}


def test_little_memory(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "free_memory_mb", lambda: 300)
    assert states(environment.memory, settings) == {"memory": "warning"}
    monkeypatch.setattr(environment, "free_memory_mb", lambda: 0)
    assert states(environment.memory, settings) == {"memory": "ok"}


@pytest.mark.parametrize("there", [True, False])
def test_what_is_optional_is_no_fault(
    there: bool, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "is_installed", lambda: there)
    monkeypatch.setattr(environment, "has_runtime", lambda: there)
    for check in (environment.ocr, environment.gguf):
        (finding,) = check(settings)
        assert (finding.state, bool(finding.advice)) == ("ok", not there)


# -- the data folder


def test_a_data_folder_in_use(settings: Settings) -> None:
    found = [
        states(getattr(data_folder, name), settings) for name in ("data", "permissions", "disk", "chats")
    ]
    assert found[:2] == [{"data": "ok"}, {"permissions": "ok"}]
    assert found[3] == {"chats": "ok"}
    assert states(data_folder.accounts, settings) == {}


def test_a_data_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path / "a" / "b")
    assert states(data_folder.data, settings) == {"data": "warning"}
    assert states(data_folder.permissions, settings) == {}
    assert set(states(data_folder.disk, settings)) == {"disk"}
    assert states(index_folder.index, settings) == {"index": "warning"}
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    (finding,) = data_folder.data(Settings(_env_file=None, data=tmp_path / "data"))
    assert finding.state == "fault"
    assert finding.advice


@pytest.mark.skipif(os.name == "nt", reason="another system of rights")
def test_a_data_folder_that_others_may_open(settings: Settings) -> None:
    settings.data.chmod(0o755)
    (finding,) = data_folder.permissions(settings)
    assert (finding.state, "0755" in finding.message) == ("warning", True)
    assert settings.data.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(("free_mb", "state"), [(50, "fault"), (500, "warning"), (50_000, "ok")])
def test_a_disk_that_is_nearly_full(
    free_mb: int, state: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(settings.data)._replace(free=free_mb << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert states(data_folder.disk, settings) == {"disk": state}


def test_damaged_chats(settings: Settings) -> None:
    file = settings.data / "chats.sqlite"
    file.write_bytes(b"no database at all" * 500)
    (finding,) = data_folder.chats(settings)
    assert (finding.state, "repair" in finding.advice) == ("fault", True)
    assert file.read_bytes() == b"no database at all" * 500


# -- all of it


def test_a_check_that_fails_keeps_none_of_the_others(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(settings: Settings) -> Iterator[Finding]:
        raise RuntimeError("nobody foresaw it")
        yield

    def misses(settings: Settings) -> Iterator[Finding]:
        raise ModuleNotFoundError("no", name="somewhere")
        yield

    fails.__name__, misses.__name__ = "memory", "index"
    monkeypatch.setattr(environment, "memory", fails)
    monkeypatch.setattr(index_folder, "index", misses)
    found = {each.check: each for each in examine(settings)}
    assert found["memory"].state == found["index"].state == "fault"
    assert "somewhere" in found["index"].message
    assert {"python", "data", "reader", "language_model"} <= set(found)


def test_settings_that_cannot_be_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_DATA", str(settings.data))
    (settings.data / "settings.json").write_text("{")
    read, wrong = settings_as_they_are(tmp_path / "other")
    assert wrong is not None
    assert (wrong.check, wrong.state) == ("settings", "fault")
    assert read is not None
    assert (read.data, read.index_folder) == (settings.data, tmp_path / "other")
    monkeypatch.setenv("ASSISTANT_LLM_TIMEOUT", "soon")
    read, wrong = settings_as_they_are()
    assert read is None
    assert wrong is not None
    assert "ASSISTANT_LLM_TIMEOUT" in wrong.message
    assert {each.check for each in examine(None)} == {
        "python", "packages", "processor", "memory", "ocr", "gguf",
    }  # fmt: skip


def test_settings_that_nobody_may_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def closed(index: Path | None) -> Settings:
        raise PermissionError(13, "Permission denied")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ui.doctor.examine.read_settings", closed)
    read, wrong = settings_as_they_are()
    assert read is not None
    assert wrong is not None
    assert (wrong.state, bool(wrong.advice)) == ("fault", True)


def doctor(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", "doctor", *arguments],
        cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_the_command_prints_json_and_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    before = everything_in(settings.data)
    done = doctor("--json", ASSISTANT_DATA=str(settings.data), TMPDIR=str(temporary))
    rows = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert all(set(row) == {"check", "state", "message", "advice"} for row in rows)
    assert all(row["message"] and row["state"] in {"ok", "warning"} for row in rows)
    assert len({row["check"] for row in rows}) == len(rows)
    assert everything_in(settings.data) == before
    assert not list(temporary.glob("assistant-*"))


@pytest.mark.slow
def test_the_command_tells_of_faults(settings: Settings) -> None:
    (settings.index_folder / "catalogue.sqlite").write_bytes(b"x" * 9000)
    done = doctor(
        ASSISTANT_DATA=str(settings.data),
        ASSISTANT_LLM_BASE_URL=f"http://127.0.0.1:{free_port()}/v1",
        ASSISTANT_LLM_MODEL="m",
        ASSISTANT_LLM_API_KEY=KEY,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert KEY not in done.stdout
    assert "assistant repair" in done.stdout


@pytest.mark.slow
def test_the_command_speaks_both_languages_even_with_a_wrong_setting() -> None:
    chinese = doctor(ASSISTANT_LLM_TIMEOUT="soon")
    english = doctor(ASSISTANT_LLM_TIMEOUT="soon", ASSISTANT_LANGUAGE="en")
    for done in (chinese, english):
        assert done.returncode == 1
        assert "ASSISTANT_LLM_TIMEOUT" in done.stdout
    assert len(chinese.stdout.splitlines()) == len(english.stdout.splitlines())
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese.stdout)
    assert not any("\u4e00" <= character <= "\u9fff" for character in english.stdout)


_AS_NOBODY = """
import os, sys
from pathlib import Path
import assistant.service
import chromadb.api.rust
import index.repair
from assistant.settings import Settings
from ui.doctor import data_folder, index_folder
# A program of its own cannot be started where Python is not everybody's.
index.repair.can_be_opened = lambda folder: True
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
settings = Settings(_env_file=None, data=Path(sys.argv[1]))
for check in (data_folder.data, data_folder.chats, index_folder.index):
    for each in check(settings):
        print(each.check, each.state)
"""


@pytest.mark.skipif(os.name == "nt", reason="another system of rights")
def test_a_read_only_data_folder(made: Path) -> None:
    data = Path(tempfile.mkdtemp())
    shutil.copytree(made, data, dirs_exist_ok=True)
    try:
        for path in [data, *data.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = everything_in(data)
        done = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, str(data)],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.stdout.splitlines() == [
            "data fault", "chats ok", "index fault", "index_version ok", "vectors ok",
        ], done.stderr  # fmt: skip
        assert everything_in(data) == before
    finally:
        for path in [data, *(path for path in data.rglob("*") if path.is_dir())]:
            path.chmod(0o755)
        shutil.rmtree(data)
