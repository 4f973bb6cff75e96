"""How much disk some distributions take with all that they need, and their versions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement


@dataclass
class Installed:
    """Bytes of the files of some distributions and of all that they require, and the versions of those that were named."""

    size: int
    versions: dict[str, str] = field(default_factory=dict)


def installed(names: Iterable[str]) -> Installed:
    """Count the distributions of this environment; extras are followed where a requirement names them.

    Raises:
        PackageNotFoundError: where one that was named is not installed.
    """
    names = list(names)
    seen: set[tuple[str, str]] = set()
    left = [(_plain(name), "") for name in names]
    size = 0
    while left:
        name, extra = left.pop()
        if (name, extra) in seen:
            continue
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            if name in map(_plain, names):
                raise
            continue
        if not any(known == name for known, _ in seen):
            size += _size(found)
        seen.add((name, extra))
        for line in found.requires or []:
            left += _wanted(Requirement(line), extra)
    return Installed(size, {name: metadata.version(name) for name in names})


def _wanted(requirement: Requirement, extra: str) -> list[tuple[str, str]]:
    if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
        return []
    name = _plain(requirement.name)
    return [(name, ""), *((name, each) for each in requirement.extras)]


def _size(found: metadata.Distribution) -> int:
    files = [Path(str(file.locate())) for file in found.files or []]
    return sum(file.stat().st_size for file in files if file.is_file())


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
