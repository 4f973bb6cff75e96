"""requirements.lock fits pyproject.toml, holds nothing of one machine, and is what the project is installed with."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHECK = ROOT / ".ci" / "check_lock.py"
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
wrong_in = runpy.run_path(str(CHECK))["wrong_in"]

PROJECT = """
[project]
name = "our-own"
dependencies = ["torch>=2.6,<2.14", "a-reader>=1; sys_platform != 'win32'"]
[project.optional-dependencies]
page = ["gradio>=6,<7"]
dev = ["our-own[page]", "py_test>=8"]
"""
FITS = """
a-reader==1.2 ; sys_platform != 'win32'  # via our-own
gradio==6.1 ; python_full_version < '3.12'
gradio==6.2 ; python_full_version >= '3.12'
py-test==8.0
torch==2.13.0             # via our-own
"""


def test_the_lock_fits_the_project() -> None:
    done = subprocess.run([sys.executable, str(CHECK)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_lock_names_no_index_no_path_and_no_hash() -> None:
    lines = [line for line in LOCK.splitlines() if not line.startswith("#")]
    assert [line for line in lines if re.search(r"://|\.whl|--|(?<!\S)[./~]| @ ", line)] == []


def test_torch_is_pinned_without_a_build() -> None:
    # A build ("+cpu", "+cu130") would leave out every other one.
    assert re.findall(r"^torch==(\S+)", LOCK, re.MULTILINE) == re.findall(
        r"^torch==([\d.]+)(?=\s)", LOCK, re.MULTILINE
    )


def test_a_lock_that_fits_is_let_pass() -> None:
    assert wrong_in(PROJECT, FITS) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("torch==2.13.0", "torch==2.14.1", "dependencies: torch<2.14,>=2.6 does not allow the pinned 2.14.1"),
        ("torch==2.13.0", "", "dependencies: torch<2.14,>=2.6 is not pinned"),
        (
            "gradio==6.1",
            "gradio==5.9",
            "page: gradio<7,>=6 does not allow the pinned 5.9 (Python 3.10, linux)",
        ),
        (
            "gradio==6.1",
            "gradio==5.9",
            "dev: gradio<7,>=6 does not allow the pinned 5.9 (Python 3.10, linux)",
        ),
        ("< '3.12'", "< '3.13'", "gradio is pinned twice (Python 3.12, linux)"),
        (">= '3.12'", ">= '3.13'", "page: gradio<7,>=6 is not pinned (Python 3.12, linux)"),
        ("!= 'win32'", "== 'linux'", "dependencies: a-reader>=1 is not pinned (Python 3.10, darwin)"),
        ("py-test==8.0", "py-test>=8.0", "no pin: py-test>=8.0"),
        ("py-test==8.0", "py-test @ file:///x.whl", "no pin: py-test @ file:///x.whl"),
        ("py-test==8.0", "--extra-index-url https://x", "no pin: --extra-index-url https://x"),
    ],
)
def test_what_does_not_fit_is_said(before: str, after: str, said: str) -> None:
    assert before in FITS
    assert any(sentence.startswith(said) for sentence in wrong_in(PROJECT, FITS.replace(before, after)))


def test_the_check_fails_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "project").write_text(PROJECT, "utf-8")
    (tmp_path / "lock").write_text(FITS.replace("2.13.0", "2.14.0"), "utf-8")
    done = subprocess.run(
        [sys.executable, str(CHECK), str(tmp_path / "project"), str(tmp_path / "lock")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "does not allow the pinned 2.14.0" in done.stderr
    assert done.stderr.rstrip().endswith("run `make lock`.")


def test_what_installs_the_project_keeps_to_the_lock() -> None:
    assert "-c requirements.lock" in (ROOT / ".ci" / "setup.sh").read_text("utf-8")
    rules = re.findall(r"^(\.venv/installed\S*): (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert len(rules) == 2
    assert all("requirements.lock" in needs for _, needs in rules)
