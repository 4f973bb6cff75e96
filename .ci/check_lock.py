"""Whether requirements.lock fits pyproject.toml: `python .ci/check_lock.py [PROJECT LOCK]`, offline.

For each extra, platform and Python, every package that pyproject.toml names must be pinned to one version
inside its range.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
PLATFORMS = (
    ("linux", "Linux", "posix", "x86_64"),
    ("linux", "Linux", "posix", "aarch64"),
    ("darwin", "Darwin", "posix", "arm64"),
    ("win32", "Windows", "nt", "AMD64"),
)


def environments() -> Iterator[dict[str, str]]:
    """What markers are read against: each supported Python on each platform."""
    for python, (platform, system, name, machine) in product(PYTHONS, PLATFORMS):
        yield {
            "python_version": python,
            "python_full_version": f"{python}.1",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "sys_platform": platform,
            "platform_system": system,
            "os_name": name,
            "platform_machine": machine,
            "extra": "",
        }


def pins_of(text: str) -> tuple[list[Requirement], list[str]]:
    """The pins of a lock file, and the lines that are none: addresses, paths, options, hashes, ranges."""
    pins: list[Requirement] = []
    others: list[str] = []
    for line in text.splitlines():
        written = line.split(" #")[0].strip()
        if not written or written.startswith("#"):
            continue
        try:
            pin = Requirement(written)
        except InvalidRequirement:
            others.append(written)
            continue
        if [each.operator for each in pin.specifier] == ["=="] and not pin.url and not pin.extras:
            pins.append(pin)
        else:
            others.append(written)
    return pins, others


def needs_of(project: dict[str, Any], extra: str) -> list[Requirement]:
    """What an extra asks for ("" for the project itself), with the extras that it takes in."""
    optional = project.get("optional-dependencies", {})
    found = []
    for each in map(Requirement, optional[extra] if extra else project["dependencies"]):
        if canonicalize_name(each.name) == canonicalize_name(project["name"]):
            found += [need for name in sorted(each.extras) for need in needs_of(project, name)]
        else:
            found.append(each)
    return found


def pinned_in(pins: list[Requirement], environment: dict[str, str]) -> dict[str, list[Version]]:
    """The versions by package of the pins that count in an environment."""
    pinned: dict[str, list[Version]] = {}
    for pin in pins:
        if pin.marker is None or pin.marker.evaluate(environment):
            version = Version(next(iter(pin.specifier)).version)
            pinned.setdefault(canonicalize_name(pin.name), []).append(version)
    return pinned


def unmet(need: Requirement, pinned: dict[str, list[Version]]) -> Iterator[str]:
    """What is wrong with the pin of a package that is asked for."""
    versions = pinned.get(canonicalize_name(need.name), [])
    if not versions:
        yield f"{need.name}{need.specifier} is not pinned"
    for version in versions:
        if not need.specifier.contains(version, prereleases=True):
            yield f"{need.name}{need.specifier} does not allow the pinned {version}"


def wrong_in(project_text: str, lock_text: str) -> list[str]:
    """What does not fit, a sentence each.

    Args:
        project_text: pyproject.toml.
        lock_text: requirements.lock.
    """
    project = tomllib.loads(project_text)["project"]
    pins, others = pins_of(lock_text)
    wrong = [f"no pin: {line}" for line in others]
    for environment in environments():
        where = f"Python {environment['python_version']}, {environment['sys_platform']}"
        pinned = pinned_in(pins, environment)
        wrong += [f"{name} is pinned twice ({where})" for name, versions in pinned.items() if versions[1:]]
        for extra in ("", *project.get("optional-dependencies", {})):
            for need in needs_of(project, extra):
                if need.marker is None or need.marker.evaluate(environment):
                    wrong += [f"{extra or 'dependencies'}: {each} ({where})" for each in unmet(need, pinned)]
    return list(dict.fromkeys(wrong))


if __name__ == "__main__":
    files = [Path(each) for each in sys.argv[1:]] or [ROOT / "pyproject.toml", ROOT / "requirements.lock"]
    faults = wrong_in(*(file.read_text("utf-8") for file in files))
    if faults:
        sys.exit("\n".join([*faults, "requirements.lock does not fit pyproject.toml: run `make lock`."]))
