"""What stands around a hit in its article."""

from __future__ import annotations

from corpus.model import Passage
from index.hit import Hit
from index.store import Index


def neighbours(index: Index, hit: Hit, count: int = 1) -> tuple[list[Passage], list[Passage]]:
    """Up to `count` passages before and after the hit's, in the order of the article."""
    passages = index.catalogue.passages_of(hit.article.id)
    at = next((n for n, passage in enumerate(passages) if passage.id == hit.passage.id), None)
    if at is None:
        return [], []
    return passages[max(0, at - count) : at], passages[at + 1 : at + 1 + count]


def section_of(index: Index, hit: Hit) -> list[Passage]:
    """All passages under the headings of the hit's, itself among them, in the order of the article."""
    passages = index.catalogue.passages_of(hit.article.id)
    return [passage for passage in passages if passage.heading_path == hit.passage.heading_path]
