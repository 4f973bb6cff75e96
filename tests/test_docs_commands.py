"""The commands that the documents name are there, with their options: `assistant …`, `python -m …`, `make …`."""

from __future__ import annotations

import os
import re
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import typer

from tests.documents import OWN, PAGES, ROOT, commands_in
from tests.test_docs_paths import can_be_run
from ui.cli import app

_OPTION = re.compile(r"--[a-z][a-z-]+")
_PYTHON = re.compile(r"(?:\S*/)?python3?(?:\.\d+)?")
_OURS = re.compile(r"(?:\.venv/bin/\w+|assistant|make|python)$")
_TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
_MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def wrong_in(words: list[str]) -> list[str]:
    """What of a command is not there; nothing of a command that is not ours."""
    program, *rest = words
    if program == "assistant" or program.endswith("/assistant"):
        return wrong_call(typer.main.get_command(app), rest)
    if program == "make":
        targets = _TARGET.findall(_MAKEFILE)
        named = [word for word in rest if re.fullmatch(r"[a-z][a-z-]*", word)]
        return [f"make {target}" for target in named if target not in targets]
    if _PYTHON.fullmatch(program) and rest[:1] == ["-m"] and rest[1:]:
        return wrong_module(rest[1], rest[2:])
    return []


def wrong_call(command: Any, words: list[str]) -> list[str]:
    """The command or the options that `assistant` does not have."""
    name, known, below = "assistant", _options_of(command), command.commands
    while below and words and re.fullmatch(r"[a-z][a-z_-]*", words[0]):
        name = f"{name} {words[0]}"
        if words[0] not in below:
            return [name]
        command, words = below[words[0]], words[1:]
        known |= _options_of(command)
        below = getattr(command, "commands", None)
    if below and words and not words[0].startswith("-"):
        # "assistant …" stands for any of its commands.
        return []
    return sorted(f"{name} {option}" for option in _options_in(words) - known)


def _options_of(command: Any) -> set[str]:
    return {option for each in command.params for option in (*each.opts, *each.secondary_opts)} | {"--help"}


def _options_in(words: list[str]) -> set[str]:
    return {option for word in words for option in _OPTION.findall(word.split("=")[0])}


def wrong_module(module: str, words: list[str]) -> list[str]:
    """The module that cannot be run, or the options that its file does not name."""
    if module.split(".")[0] not in OWN:
        return [] if re.fullmatch(r"[\w.]+", module) is None or find_spec(module.split(".")[0]) else [module]
    if not can_be_run(module):
        return [module]
    source = source_of(module)
    options = _options_in(words) - {"--help"}
    return sorted(f"{module} {option}" for option in options if f'"{option}"' not in source)


@cache
def source_of(module: str) -> str:
    path = ROOT / module.replace(".", "/")
    files: list[Path] = [*path.glob("*.py")] if path.is_dir() else [path.with_name(f"{path.name}.py")]
    return "\n".join(file.read_text("utf-8") for file in files)


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_that_a_page_names_are_there(page: str) -> None:
    found = commands_in((ROOT / page).read_text("utf-8"))
    assert [wrong for words in found for wrong in wrong_in(words)] == []


def test_contributing_names_the_same_commands_in_both_languages() -> None:
    english, chinese = (
        {tuple(words) for words in commands_in((ROOT / page).read_text("utf-8")) if _OURS.match(words[0])}
        for page in ("CONTRIBUTING.md", "CONTRIBUTING.zh.md")
    )
    assert english == chinese != set()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("`assistant ask \"上海2025年营收多少?\" --json`, `assistant evals`", []),
        ("`assistant … --json`, `assistant library --json`, `assistant --help`", []),
        ("`assistant library --nothing`", ["assistant library --nothing"]),
        ("`assistant nothing`", ["assistant nothing"]),
        ("`assistant evals nothing`", ["assistant evals nothing"]),
        ("`assistant ask --nothing`", ["assistant ask --nothing"]),
        ("`assistant ingest FOLDER [--nothing]`", ["assistant ingest --nothing"]),
        ("```sh\nX=1 .venv/bin/assistant ask Q --top 3  # --json\n```", ["assistant ask --top"]),
        ("```sh\necho \"$NEW\" | assistant people nothing\n```", ["assistant people nothing"]),
        ("```sh\nmake run && PORT=1 make fly\n```", ["make fly"]),
        ("`make test` and the words make sense", []),
        ("`python -m evals.bench`, `python -m pytest -m slow`, `python -m no_such_module`", ["no_such_module"]),
        ("`python -m evals.no_bench`", ["evals.no_bench"]),
        ("So:\n\n    python -m evals.fit_scorer A=B --nothing\n", ["evals.fit_scorer --nothing"]),
        ("`python -m evals.fit_scorer A=B\n--check`", []),
        ("`assistant/chain.py` and `policy-assistant people add`", []),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(text: str, wrong: list[str]) -> None:
    assert [each for words in commands_in(text) for each in wrong_in(words)] == wrong


def test_make_help_tells_of_every_target() -> None:
    # Not as a part of the `make` that runs the tests: that one's options would go on, and directories be told.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    output = subprocess.run(
        ["make", "help"], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True
    ).stdout
    lines = [line.split(maxsplit=2) for line in output.splitlines()]
    assert [line[:1] for line in lines] == [["make"]] * len(lines)
    assert {line[1] for line in lines} == set(_TARGET.findall(_MAKEFILE))
    assert all(line[2].endswith(".") for line in lines)


def test_every_target_that_is_no_file_is_declared_so() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.+)$", _MAKEFILE, re.MULTILINE)
    assert set(phony.split()) == set(_TARGET.findall(_MAKEFILE))
