"""People and addresses as the command line keeps them."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from assistant.settings import Settings
from ui.people.accounts import Accounts
from ui.people.person import Role

ROOT = Path(__file__).parents[2]
PASSWORD = "a long password"


def assistant(
    *arguments: str, data: Path, typed: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ASSISTANT_") and name not in {"HOST", "PORT"}
    }
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments],
        cwd=ROOT,
        env={**clean, "ASSISTANT_DATA": str(data), "COLUMNS": "200", **environment},
        input=typed,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.mark.slow
def test_people_are_kept_by_the_command_line(tmp_path: Path) -> None:
    def run(*arguments: str, typed: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
        done = assistant("people", *arguments, data=tmp_path, typed=typed)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    assert "还没有账户" in run("list").stdout
    assert "--role admin" in run("add", "bo", "--role", "editor", typed="12345678\n", code=2).stderr
    run("add", "anna", "--role", "admin", typed=PASSWORD + "\n")
    assert "8" in run("add", "bo", typed="1234567\n", code=2).stderr
    run("add", "bo", "--role", "editor", "--collections", "内部,公开", typed=PASSWORD + "\n")
    run("add", "bo", typed=PASSWORD + "\n", code=2)
    run("role", "bo", "emperor", code=2)
    run("role", "bo", "reader")
    run("password", "bo", typed="another password\n")
    key = run("key", "bo", "--label", "[red]script").stdout.strip()
    listed = run("list").stdout
    assert "公开, 内部" in listed
    assert "reader" in listed
    shown = run("keys", "bo").stdout
    assert "[red]script" in shown
    assert key[:11] in shown
    assert key not in shown

    accounts = Accounts(Settings(_env_file=None, data=tmp_path))
    assert accounts.person_by_key(key) is not None
    assert accounts.sign_in("bo", "another password")
    run("revoke", key[:11])
    assert accounts.person_by_key(key) is None
    run("revoke", key[:11], code=2)
    run("remove", "bo", typed="n\n", code=1)
    run("disable", "bo")
    assert [each.disabled for each in accounts.all()] == [False, True]
    run("disable", "bo", "--undo")
    run("collections", "bo", "all")
    assert accounts.all()[1].person.collections is None
    assert "anna" in run("remove", "anna", "--yes", code=2).stderr
    run("remove", "bo", "--yes")
    run("remove", "nobody", "--yes", code=2)
    assert [each.person.name for each in accounts.all()] == ["anna"]
    accounts.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_other_machines_are_let_in_only_with_accounts_or_when_forced(tmp_path: Path) -> None:
    refused = assistant("serve", "--host", "0.0.0.0", "--port", str(free_port()), data=tmp_path)
    assert refused.returncode == 2
    assert "assistant people add" in refused.stderr
    assert "--open" in refused.stderr
    assert assistant("serve", "--port", str(free_port()), data=tmp_path, HOST="0.0.0.0").returncode == 2


@pytest.mark.slow
@pytest.mark.parametrize("how", ["accounts", "flag", "variable"])
def test_a_server_for_other_machines_comes_up(tmp_path: Path, how: str) -> None:
    port = free_port()
    if how == "accounts":
        accounts = Accounts(Settings(_env_file=None, data=tmp_path))
        accounts.add("anna", PASSWORD, Role.ADMIN)
        accounts.close()
    # Nothing to index: the server comes up and says that its corpus is empty.
    (tmp_path / "corpus").mkdir()
    command = [sys.executable, "-m", "ui.cli", "serve", "--host", "0.0.0.0", "--port", str(port)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    more = {"ASSISTANT_OPEN": "1"} if how == "variable" else {}
    (tmp_path / "models").symlink_to(ROOT / ".data" / "models")
    server = subprocess.Popen(
        command + (["--open"] if how == "flag" else []),
        cwd=ROOT,
        env={**clean, "ASSISTANT_DATA": str(tmp_path), "ASSISTANT_CORPUS": str(tmp_path / "corpus"), **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(240):
            assert server.poll() is None, "the server ended"
            try:
                urllib.request.urlopen(f"{address}/api/health", timeout=5).read()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.5)
        if how == "accounts":
            with pytest.raises(urllib.error.HTTPError) as error:
                urllib.request.urlopen(f"{address}/api/me", timeout=5)
            assert error.value.code == 401
        else:
            assert json.load(urllib.request.urlopen(f"{address}/api/me", timeout=5))["role"] == "admin"
    finally:
        server.terminate()
        server.wait(20)
