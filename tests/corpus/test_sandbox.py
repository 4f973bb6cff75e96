"""The process that reads files: what it may take, what it is told, and what one bad piece of work costs the others."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.budget import Limits
from corpus.load import read_articles, read_files
from corpus.model import Article
from corpus.problem import Problem
from corpus.sandbox import PROBLEM, Frame, Sandbox, Work, problem_of

ROOT = Path(__file__).parents[2]
SOME = Limits(seconds=20, memory=1_500_000_000)


def echo(arguments: dict[str, Any]) -> Iterator[Frame]:
    yield "echo", arguments["n"]


def sleeper(arguments: dict[str, Any]) -> Iterator[Frame]:
    yield "echo", 0
    time.sleep(60)


def dier(arguments: dict[str, Any]) -> Iterator[Frame]:
    os._exit(3)


def glutton(arguments: dict[str, Any]) -> Iterator[Frame]:
    yield "echo", 0
    held = bytearray(4_000_000_000)
    yield "echo", len(held)


def raiser(arguments: dict[str, Any]) -> Iterator[Frame]:
    raise LookupError("\ud800 what no one expected")
    yield


def environment(arguments: dict[str, Any]) -> Iterator[Frame]:
    yield "environment", dict(os.environ)


def writer(arguments: dict[str, Any]) -> Iterator[Frame]:
    Path(arguments["target"]).write_bytes(b"0" * arguments["n"])
    yield "written", arguments["n"]


def printer(arguments: dict[str, Any]) -> Iterator[Frame]:
    sys.stdout.write("this comes among no frames\n")
    sys.stdout.flush()
    yield "echo", 1


def work(name: str, limits: Limits = SOME, **arguments: object) -> Work:
    return Work(f"tests.corpus.test_sandbox:{name}", arguments, Path("a.pdf"), limits)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (work("sleeper", Limits(seconds=3, memory=1_500_000_000)), "reading_took_too_long"),
        (work("dier"), "reading_crashed"),
        (work("glutton"), "file_needs_too_much_memory"),
        (work("raiser"), "file_failed"),
        (Work("tests.corpus.test_sandbox:none_of_that_name", {}, Path("a.pdf"), SOME), "file_failed"),
    ],
)
def test_a_bad_piece_of_work_costs_itself_alone(sandbox: Sandbox, bad: Work, code: str) -> None:
    done = sandbox.do([work("echo", n=1), bad, work("echo", n=2), bad, work("echo", n=3)])
    assert [frames for frames in done if frames[0][0] == "echo"] == [[("echo", n)] for n in (1, 2, 3)]
    for frames in (done[1], done[3]):
        ((name, value),) = frames
        assert name == PROBLEM
        assert problem_of(value, Path("a.pdf")).code == code


def test_a_child_that_hangs_takes_no_more_and_the_parent_does_not_wait_for_it(sandbox: Sandbox) -> None:
    long = work("echo", n="x" * 3_000_000)
    done = sandbox.do([work("sleeper", Limits(seconds=2, memory=1_500_000_000)), long, long])
    assert [frames[0][0] for frames in done] == [PROBLEM, "echo", "echo"]


def test_the_child_is_told_no_secret(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LLM_API_KEY", "secret-1")
    monkeypatch.setenv("OPENAI_API_KEY", "secret-2")
    (((_, seen),),) = sandbox.do([work("environment")])
    assert "secret" not in str(seen)


def test_the_child_writes_no_more_than_it_may(sandbox: Sandbox, tmp_path: Path) -> None:
    may = Limits(seconds=20, memory=1_500_000_000, written=1000)
    target = str(tmp_path / "a")
    done = sandbox.do(
        [work("writer", n=1, target=target), work("writer", may, n=1000, target=target),
         work("writer", may, n=1001, target=target)]
    )  # fmt: skip
    assert [name for ((name, _),) in done] == [PROBLEM, "written", PROBLEM]


def test_what_a_library_prints_is_no_frame(sandbox: Sandbox) -> None:
    assert sandbox.do([work("printer")]) == [[("echo", 1)]]


def test_a_module_of_the_current_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "yaml.py").write_text("open('was-run', 'w')", "utf-8")
    (tmp_path / "a.md").write_text("# 题\n\n正文内容写在这里。", "utf-8")
    code = (
        "import sys; sys.path[:] = [p for p in sys.path if p]\n"
        "from pathlib import Path; from corpus.load import read_articles\n"
        "print(*[type(each).__name__ for each in read_articles(Path('a.md'))])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shown.stdout.split() == ["Article"]
    assert not (tmp_path / "was-run").exists()


def test_files_read_together_are_read_as_one_by_one(tmp_path: Path) -> None:
    files = []
    for number in range(70):
        files.append(tmp_path / f"{number:02d}.md")
        files[-1].write_text(f"# 题{number}\n\n第{number}篇的正文。" if number % 7 else "", "utf-8")
    files.insert(30, tmp_path / "gone.md")
    files.insert(40, tmp_path / "bad.docx")
    files[40].write_bytes(b"no document")
    together = list(read_files((file, "") for file in files))
    assert [shown(found) for found in together] == [shown(list(read_articles(file))) for file in files]
    assert {each for found in together for each in shown(found)} > {
        "empty_file",
        "unreadable_file",
        "broken_file",
    }


def shown(found: list[Article | Problem]) -> list[str]:
    return [each.title if isinstance(each, Article) else each.code for each in found]
