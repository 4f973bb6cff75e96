"""Which articles a person may read now: a chat or notebook may name others, which were taken away since."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.model import Article
from corpus.problem import Problem
from index.catalogue import Catalogue
from ui.people.person import Person, may_see
from ui.web.workplace import Workplace


def readable_article(workplace: Workplace, person: Person, article_id: str) -> tuple[Catalogue, Article]:
    """An article with its layout, and the catalogue that it is in.

    Raises:
        Problem: `no_article_here` where there is none, or the person may not see it.
    """
    index = workplace.index
    found = index.catalogue.article(article_id) if index else None
    if index is None or found is None or not may_see(person, found.collection):
        raise Problem("no_article_here")
    layout = index.catalogue.layout(article_id)
    return index.catalogue, found.model_copy(update={"layout": layout})


def readable(workplace: Workplace, person: Person, articles: Iterable[str]) -> set[str]:
    """The ids of those `articles` that are in the library and that the person may see."""
    index = workplace.index
    if index is None:
        return set()
    found = index.catalogue.infos(articles)
    return {id_ for id_, info in found.items() if may_see(person, info.collection)}
