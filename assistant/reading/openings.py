"""The opening of the articles found: who spoke, issued or signed, where and when, stands there and seldom in words of the question."""

from __future__ import annotations

from collections.abc import Sequence

from index.hit import Hit
from index.kinds import Kind
from index.query import Query
from index.store import Index

_KINDS = frozenset([Kind.PERSON, Kind.DATE, Kind.BODY, Kind.DOCUMENT])
_MOST = 3


def with_openings(index: Index, query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """The passages found, and where a person, a day, a body or a document is asked for the first passage of the first articles.

    Args:
        index: The index.
        query: What is asked.
        hits: Its passages, best first.
    """
    if query.kind not in _KINDS:
        return list(hits)
    known = {hit.passage.id for hit in hits}
    articles = {hit.article.id: hit for hit in reversed(hits)}
    added = []
    for number in list(dict.fromkeys(hit.article.id for hit in hits))[:_MOST]:
        opening = index.catalogue.opening_of(number)
        if opening is not None and opening.id not in known:
            added.append(Hit(passage=opening, article=articles[number].article, score=hits[-1].score))
    return [*hits, *added]


__all__ = ["with_openings"]
