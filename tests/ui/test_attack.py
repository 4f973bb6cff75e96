"""The attack suite against a server of its own, what that server's files may be read by, and what the suite refuses."""

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from ui.web.attack.__main__ import main
from ui.web.attack.families.files import _held
from ui.web.attack.registry import Attempt, all_families
from ui.web.attack.started import started
from ui.web.attack.target import Target, check_loopback

QUICK = (
    "files", "uploads", "page routes", "collections", "other machines", "conversations", "odd texts", "runs", "upload names",
    "archives", "private addresses", "model settings",
)  # fmt: skip


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    before = os.umask(0o022)
    with started(accounts=True) as target:
        yield target
    os.umask(before)


@pytest.mark.slow
@pytest.mark.parametrize("name", QUICK)
def test_everything_holds(target: Target, name: str) -> None:
    tried = list(all_families()[name](target))
    assert [each for each in tried if not each.held] == []
    assert tried or name == "other machines"


def test_what_the_server_keeps_is_its_owners_alone(target: Target) -> None:
    assert target.data is not None
    kept = {"people.sqlite", "chats.sqlite", "catalogue.sqlite", "chroma.sqlite3"}
    deadline = time.monotonic() + 120
    # The server answers before it has made its index.
    while httpx.get(f"{target.url}/api/health", timeout=60).json()["phase"] != "ready":
        assert time.monotonic() < deadline
        time.sleep(0.5)
    parts = [each for each in target.data.rglob("*") if "models" not in each.relative_to(target.data).parts]
    assert {each.name for each in parts} >= kept
    modes = Counter((each.is_dir(), each.stat().st_mode & 0o777) for each in parts if not each.is_symlink())
    assert set(modes) <= {(True, 0o700), (False, 0o600)}, {
        each: oct(each.stat().st_mode) for each in parts if each.stat().st_mode & 0o077
    }


@pytest.mark.parametrize(
    "url",
    ["http://example.org", "http://127.0.0.1.example.org", "http://10.0.0.1", "http://a@127.0.0.1", "ftp://127.0.0.1",
     "http://0.0.0.0:1", "127.0.0.1:7860", "http://[::2]", ""],
)  # fmt: skip
def test_only_this_machine_is_attacked(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="only addresses of this machine"):
        check_loopback(url)
    with pytest.raises(SystemExit) as ended:
        main(["--url", url])
    assert ended.value.code == 2


@pytest.mark.parametrize("url", ["http://127.0.0.1:7860/", "https://localhost:1/x", "http://[::1]:7860"])
def test_addresses_of_this_machine_are_taken(url: str) -> None:
    assert check_loopback(url) == url.rstrip("/").removesuffix("/x")


def test_the_exit_code_tells_whether_all_held(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fine, broken = (
        Attempt("GET /", "a try", held=True),
        Attempt("GET /x", "another", held=False, detail="[why]"),
    )
    monkeypatch.setattr("ui.web.attack.__main__.target_at", lambda url, keys: Target(url))
    for found, code in (([fine], 0), ([fine, broken], 1), ([], 1)):
        monkeypatch.setattr(
            "ui.web.attack.__main__.all_families", lambda found=found: {"a": lambda target: iter(found)}
        )
        assert main(["--url", "http://127.0.0.1:1"]) == code
    assert "GET /" in capsys.readouterr().out


def _suite_of(monkeypatch: pytest.MonkeyPatch, **families: Iterator[Attempt]) -> None:
    monkeypatch.setattr("ui.web.attack.__main__.target_at", lambda url, keys: Target(url))
    kept = {name: (lambda target, found=found: iter(found)) for name, found in families.items()}
    monkeypatch.setattr("ui.web.attack.__main__.all_families", lambda: kept)


def test_each_family_is_told_as_it_ends_and_all_of_them_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def two() -> Iterator[Attempt]:
        yield Attempt("GET /", "a try", held=True)
        yield Attempt("GET /", "another", held=False)

    def late() -> Iterator[Attempt]:
        assert "first" in capsys.readouterr().out  # told before the next family has ended
        yield Attempt("GET /late", "a try", held=True)

    monkeypatch.setattr("ui.web.attack.run.runs_alone", lambda name: name == "second")
    _suite_of(monkeypatch, first=two(), second=late())
    assert main(["--url", "http://127.0.0.1:1"]) == 1
    told = capsys.readouterr().out
    assert re.search(r"the server: second +tried +1  held +1 +\d+\.\d s", told)
    assert re.search(r"all .*│ +3 +│ +2 +│ +\d+\.\d", told.replace("┃", "│"))
    assert "NOT HELD first: GET /: another" in told


def test_a_family_that_fails_did_not_hold_and_keeps_no_other_from_being_tried(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> Iterator[Attempt]:
        yield Attempt("GET /", "a try", held=True)
        raise OSError("gone")

    _suite_of(monkeypatch, broken=broken(), other=iter([Attempt("GET /other", "a try", held=True)]))
    assert main(["--url", "http://127.0.0.1:1"]) == 1
    told = capsys.readouterr().out
    assert "OSError: gone" in told
    assert "GET /other" in told


def test_an_interruption_tells_what_was_tried_and_ends_the_servers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = []

    @contextmanager
    def server(*, accounts: bool) -> Iterator[Callable[[], Target]]:
        yield lambda: Target("http://127.0.0.1:1")
        ended.append(accounts)

    def interrupted() -> Iterator[Attempt]:
        yield Attempt("GET /first", "a try", held=True)
        raise KeyboardInterrupt

    @contextmanager
    def started(**given: bool) -> Iterator[Callable[[], Target]]:
        try:
            with server(**given) as target:
                yield target
        except KeyboardInterrupt:
            ended.append(given["accounts"])
            raise

    monkeypatch.setattr("ui.web.attack.__main__.launched", started)
    _suite_of(monkeypatch, a=interrupted())
    assert main(["--start"]) == 130
    assert ended == [False, True]
    assert "GET /first" in capsys.readouterr().out


def test_the_families_can_be_listed_and_chosen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = (iter([Attempt(f"GET /{name}", "a try", held=True)]) for name in ("one", "other"))
    _suite_of(monkeypatch, one=one, other=other, third=iter([]))
    assert main(["--list"]) == 0
    assert capsys.readouterr().out.split() == ["one", "other", "third"]
    assert main(["--url", "http://127.0.0.1:1", "--families", "other", "third"]) == 0
    told = capsys.readouterr().out
    assert "GET /other" in told
    assert "GET /one" not in told
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2


def test_a_share_that_is_full_is_no_attack_withstood() -> None:
    with httpx.Client() as client:
        assert _held(client, "", 429, "too many") == (False, "too many")
        assert _held(client, "", 403, "no")[0]


def test_what_was_left_open_is_shut_at_start(tmp_path: Path) -> None:
    from assistant.settings import Settings
    from ui.private_state import close_state

    (tmp_path / "models").mkdir(mode=0o755)
    (tmp_path / "models" / "m").write_text("public")
    (tmp_path / "runs" / "a").mkdir(parents=True, mode=0o755)
    for name in ("runs/a/report.html", "settings.json"):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0o644)
    outside = tmp_path.parent / "outside"
    outside.write_text("x")
    outside.chmod(0o644)
    (tmp_path / "runs" / "link").symlink_to(outside)
    close_state(Settings(_env_file=None, data=tmp_path))
    for name, mode in (
        ("settings.json", 0o600),
        ("runs", 0o700),
        ("runs/a", 0o700),
        ("runs/a/report.html", 0o600),
    ):
        assert (tmp_path / name).stat().st_mode & 0o777 == mode, name
    assert outside.stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "models" / "m").stat().st_mode & 0o044
