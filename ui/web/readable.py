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
    found = (index.catalogue.article(each) for each in set(articles))
    return {each.id for each in found if each is not None and may_see(person, each.collection)}
