"""What is checked before a commit is what `make lint` checks, and it is checked offline."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def repositories() -> list[dict[str, Any]]:
    return list(yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"])


def test_the_hooks_are_the_commands_of_make_lint(repositories: list[dict[str, Any]]) -> None:
    rule = re.search(r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert rule is not None
    commands = [line.strip().lstrip("@") for line in rule.group(1).splitlines()]
    entries = [hook["entry"] for repository in repositories for hook in repository["hooks"]]
    assert entries == [command.replace("$(BIN)", ".venv/bin") for command in commands]


def test_no_hook_is_fetched(repositories: list[dict[str, Any]]) -> None:
    assert {repository["repo"] for repository in repositories} == {"local"}
    assert {hook["language"] for each in repositories for hook in each["hooks"]} == {"system"}
