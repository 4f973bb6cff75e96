"""What the deployment files promise, and the health check they rely on."""

import json
import re
import shutil
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.settings import Settings
from corpus.problem import Problem
from ui.people.access import Access
from ui.people.limits import Limits
from ui.web.api import router
from ui.web.workplace import Status, Workplace

FOLDER = Path(__file__).parents[2] / "docs" / "deploy"
SERVICES = ("policy-assistant.service", "policy-assistant-backup.service")


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's instructions, continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", (FOLDER / "Containerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    start = max(number for number, (name, _) in enumerate(found) if name == "FROM")
    return found[start:]


def service(name: str) -> dict[str, list[str]]:
    """The `[Service]` section; a key may stand several times."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif section == "Service" and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def test_the_container_runs_as_no_root_and_keeps_its_data_in_a_volume() -> None:
    stage = last_stage()
    assert stage[0] == ("FROM", "python:3.12-slim")
    users = [value for name, value in stage if name == "USER"]
    assert users == ["10001"]
    volume = next(value for name, value in stage if name == "VOLUME")
    data = re.search(r"ASSISTANT_DATA=(\S+)", " ".join(value for name, value in stage if name == "ENV"))
    assert data is not None
    assert data.group(1).startswith(volume + "/")
    # Nothing is run as root after the user is set.
    after = [name for name, _ in stage[[name for name, _ in stage].index("USER") :]]
    assert "RUN" not in after
    assert "COPY" not in after


def test_the_container_fetches_nothing_but_packages_and_holds_no_secret() -> None:
    code = "\n".join(f"{name} {value}" for name, value in instructions())
    assert not re.search(r"\b(?:curl|wget|git|ADD)\b", code)
    assert set(re.findall(r"https?://([^/'\s]+)", code)) == {"127.0.0.1:"}
    assert not re.search(r"key|token|password|secret", code, re.IGNORECASE)
    assert "TORCH_INDEX" in code


def test_the_container_copies_every_package_and_no_more() -> None:
    root = FOLDER.parents[1]
    copied = {value.split()[0] for name, value in instructions() if name == "COPY" and "--from" not in value}
    packages = {path.parent.name for path in root.glob("*/__init__.py")} - {"tests"}
    assert packages <= copied
    assert not copied & {".", "tests", "docs", ".data"}


def health_command() -> list[str]:
    value = next(value for name, value in last_stage() if name == "HEALTHCHECK")
    return list(json.loads(value[value.index("[") :]))


def test_the_health_check_runs_and_fails_where_nobody_listens() -> None:
    python, *rest = health_command()
    assert python == "python"
    assert "/api/health" in rest[1]
    done = subprocess.run(
        [sys.executable, *rest], env={"PORT": "9"}, capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode != 0
    assert "refused" in done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_the_services_are_hardened(name: str) -> None:
    found = service(name)
    assert found["User"] == ["policy-assistant"]
    for key, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "PrivateDevices": "yes",
        "CapabilityBoundingSet": "",
        "UMask": "0077",
        "StateDirectoryMode": "0700",
        "EnvironmentFile": "-/etc/policy-assistant/env",
    }.items():
        assert found[key] == [value], key
    data = [value for value in found["Environment"] if value.startswith("ASSISTANT_DATA=")]
    assert data == ["ASSISTANT_DATA=%S/policy-assistant/data"]
    assert not [value for value in found["Environment"] if re.search(r"KEY|TOKEN|PASSWORD", value)]


def test_the_server_listens_to_its_own_machine_only() -> None:
    assert "--host 127.0.0.1" in service("policy-assistant.service")["ExecStart"][0]


def test_the_timer_starts_the_backup() -> None:
    timer = RawConfigParser()
    timer.read(FOLDER / "policy-assistant-backup.timer", "utf-8")
    assert timer["Timer"]["Persistent"] == "yes"
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert " backup " in service("policy-assistant-backup.service")["ExecStart"][0]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
@pytest.mark.parametrize("name", [*SERVICES, "policy-assistant-backup.timer"])
def test_systemd_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    for file in FOLDER.glob("policy-assistant*"):
        # The program is not installed here; Python stands for it.
        text = file.read_text("utf-8").replace("/opt/policy-assistant/bin/assistant", sys.executable)
        (tmp_path / file.name).write_text(re.sub(r"(?m)^Documentation=.*\n", "", text), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "policy-assistant" in line]
    assert not said
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("status", "code", "ok"),
    [
        (Status("loading"), 200, True),
        (Status("indexing", 1, 2), 200, True),
        (Status("ready"), 200, True),
        (Status("failed", problem=Problem("index_empty", folder="/secret/place")), 503, False),
    ],
    ids=lambda value: value.phase if isinstance(value, Status) else "",
)
def test_health_tells_the_phase_to_anybody_and_nothing_else(
    status: Status, code: int, ok: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workplace = Workplace(Settings(_env_file=None, data=tmp_path))
    workplace.status = status
    access = Access(workplace.settings)
    monkeypatch.setattr(access, "person_of", lambda request: None)
    app = FastAPI()
    app.include_router(router(workplace, access, Limits(1000)))
    client = TestClient(app)
    assert client.get("/article/none").status_code == 401
    reply = client.get("/api/health")
    assert reply.status_code == code
    assert reply.json() == {"ok": ok, "phase": status.phase}
