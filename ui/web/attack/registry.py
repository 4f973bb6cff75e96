"""What an attack tells, and the list of all families of attacks."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.web.attack.target import Target


@dataclass(frozen=True)
class Attempt:
    """One attack that was tried.

    Attributes:
        door: Where it was tried, for example `POST /gradio_api/queue/join`.
        attack: What was tried, in a few words.
        held: Whether the server withstood it.
        detail: What the server did; worth reading where it did not hold.
    """

    door: str
    attack: str
    held: bool
    detail: str = ""


Family = Callable[["Target"], Iterator[Attempt]]
_FAMILIES: dict[str, Family] = {}
_ALONE: set[str] = set()
_AT_ONCE = 4


def family(name: str, *, alone: bool = False) -> Callable[[Family], Family]:
    """Register a family of attacks: a function from the target to what was tried, one result after another.

    A family that needs what the target does not offer (a role's key, the server's own folder) yields nothing.

    Args:
        name: What it is called on the command line.
        alone: Whether it loads the server, or tells how soon that answers: no other runs beside it.
    """

    def register(attacks: Family) -> Family:
        _FAMILIES[name] = attacks
        if alone:
            _ALONE.add(name)
        return attacks

    return register


def runs_alone(name: str) -> bool:
    """Whether no other family may run beside this one."""
    return name in _ALONE


def at_once(jobs: Iterable[Callable[[], Iterator[Attempt]]]) -> Iterator[Attempt]:
    """What several parts of a family yield, some of which run at the same time."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        parts = [pool.submit(_whole, job) for job in jobs]
        try:
            for part in as_completed(parts):
                yield from part.result()
        finally:
            for part in parts:
                part.cancel()


def _whole(job: Callable[[], Iterator[Attempt]]) -> list[Attempt]:
    return list(job())


def all_families() -> dict[str, Family]:
    """Every family in `ui.web.attack.families` by name, in the order of their names."""
    from ui.web.attack import families

    for module in pkgutil.iter_modules(families.__path__):
        importlib.import_module(f"{families.__name__}.{module.name}")
    return dict(sorted(_FAMILIES.items()))
