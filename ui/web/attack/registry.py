"""What an attack tells, and the list of all families of attacks."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
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


def family(name: str) -> Callable[[Family], Family]:
    """Register a family of attacks: a function from the target to what was tried, one result after another.

    A family that needs what the target does not offer (a role's key, the server's own folder) yields nothing.
    """

    def register(attacks: Family) -> Family:
        _FAMILIES[name] = attacks
        return attacks

    return register


def all_families() -> dict[str, Family]:
    """Every family in `ui.web.attack.families` by name, in the order of their names."""
    from ui.web.attack import families

    for module in pkgutil.iter_modules(families.__path__):
        importlib.import_module(f"{families.__name__}.{module.name}")
    return dict(sorted(_FAMILIES.items()))
