"""The changelog has the form that it says it has, and its newest version is the project's."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
_VERSION = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", re.MULTILINE)


def test_what_is_not_released_stands_first() -> None:
    heads = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    assert len(heads) == 1 + len(_VERSION.findall(CHANGELOG))


def test_the_newest_version_is_that_of_the_project() -> None:
    project = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert project is not None
    assert _VERSION.findall(CHANGELOG)[0][0] == project.group(1)


def test_versions_come_newest_first() -> None:
    found = [
        (tuple(map(int, version.split("."))), date.fromisoformat(day))
        for version, day in _VERSION.findall(CHANGELOG)
    ]
    assert found == sorted(found, reverse=True)


def test_changes_are_told_by_their_kind() -> None:
    assert set(re.findall(r"^### (.+)$", CHANGELOG, re.MULTILINE)) <= KINDS
