"""A person as the page and the API know one."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import Enum

from index.query import Filters


class Role(str, Enum):
    """What a person may do: read and ask; also change the library and eval sets; also people and settings."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def covers(self, needed: Role) -> bool:
        """Whether this role may do what `needed` may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True)
class Person:
    """Someone who asks. `collections` are those that this person may see besides what all may; None is every one."""

    name: str
    role: Role
    collections: frozenset[str] | None = None


LOCAL = Person("", Role.ADMIN)
"""Who asks where no accounts are kept: the one at this machine."""


def visible_to(person: Person, filters: Filters) -> Filters:
    """`filters`, narrowed to what the person may see: of the collections asked for, those that are the person's."""
    if person.collections is None:
        return filters
    asked = filters.collections
    seen = person.collections if asked is None else person.collections.intersection(asked)
    return filters.model_copy(update={"collections": sorted(seen)})


def sees_all(person: Person | None) -> bool:
    """Whether somebody may see every article, and so what quotes any of them: runs, sets, reports."""
    return person is not None and person.collections is None


def may_see(person: Person, collection: str) -> bool:
    """Whether the person may see an article of this collection; empty stands for none."""
    return visible_to(person, Filters()).shows(collection)


def may_fill(person: Person, collection: str, known: Set[str]) -> bool:
    """Whether the person may put articles into this collection; empty stands for none.

    Nobody fills one that is hidden from them, and one that is not among the `known` is an administrator's to begin.
    """
    is_there = not collection or collection in known or person.role.covers(Role.ADMIN)
    return is_there and may_see(person, collection)
