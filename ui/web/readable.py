"""Which articles a person may read now: a chat or notebook may name others, which were taken away since."""

from __future__ import annotations

from collections.abc import Iterable

from ui.people.person import Person, may_see
from ui.web.workplace import Workplace


def readable(workplace: Workplace, person: Person, articles: Iterable[str]) -> set[str]:
    """The ids of those `articles` that are in the library and that the person may see."""
    index = workplace.index
    if index is None:
        return set()
    found = index.catalogue.infos(articles)
    return {id_ for id_, info in found.items() if may_see(person, info.collection)}
