"""All passages that match a search, a page at a time: those that hold its words, and those close to them.

No reader network takes part: the order is that of the first ranking, behind it BM25, or the articles' dates.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from index.hit import ArticleInfo, Hit
from index.query import Filters, Query
from index.question import ParsedQuestion
from index.search import Searcher
from index.store import Index
from index.words import words

Order = Literal["fit", "date"]
MOST_LISTED = 10_000
"""Passages that hold the words and are counted at most."""
_CLOSE = 0.5
_NEAR = 5


class PassageList(BaseModel):
    """A page of the passages that match `words`: `hits` from `offset` on, of `total`; `holding` of these hold every word.

    Where none matches, `near` are a few that are near in meaning.
    """

    words: list[str] = Field(default_factory=list)
    hits: list[Hit] = Field(default_factory=list)
    offset: int = 0
    total: int = 0
    holding: int = 0
    near: list[Hit] = Field(default_factory=list)


def list_passages(
    index: Index, searcher: Searcher, query: Query, *, order: Order, offset: int, most: int
) -> PassageList:
    """All passages that match a query, from `offset` on.

    Args:
        index: The index that `searcher` searches.
        searcher: Gives the first ranking.
        query: What is searched for; its filters are never dropped.
        order: "fit", or "date" for the newest article first.
        offset: How many are passed over.
        most: How many hits at most.

    Returns:
        The page. A text that stands in several articles is one hit, as in any search, where it is among the best.
    """
    found = searcher.retrieve(query)
    ranked = [] if found.widened else found.hits
    repeats = set() if found.widened else {*found.dense, *found.keyword}.difference(found.fused)
    holding = {
        id_: date
        for id_, date in index.passages.holding_all(word_groups(query.parsed), query.filters, MOST_LISTED)
        if id_ not in repeats
    }
    fitting = {hit.passage.id: hit for hit in ranked if hit.passage.id in holding or _is_close(hit)}
    dates = {id_: hit.article.date for id_, hit in fitting.items()} | holding
    ids = list(dates)
    if order == "date":
        ids.sort(key=lambda id_: dates[id_], reverse=True)  # stable: the better first within a day
    page = ids[offset : offset + most]
    read = index.catalogue.passages([id_ for id_ in page if id_ not in fitting])
    shown = {**fitting, **{id_: Hit(passage=passage, article=info) for id_, (passage, info) in read.items()}}
    return PassageList(
        words=marked_words(query.parsed),
        # An article may have gone, or been hidden, since it was found.
        hits=[shown[id_] for id_ in page if id_ in shown and _is_seen(shown[id_].article, query.filters)],
        offset=offset,
        total=len(ids),
        holding=len(holding),
        near=[] if ids else ranked[:_NEAR],
    )


def word_groups(question: ParsedQuestion) -> list[list[str]]:
    """The words that a passage must hold, each with what may stand in its place: other names."""
    required = question.words or tuple(dict.fromkeys(words(question.text)))
    groups = []
    for word in required:
        names = question.names_of_words.get(word, (word,))
        group = [phrase for name in names if (phrase := " ".join(_whole(name)))]
        if group:
            groups.append(group)
    return groups


def marked_words(question: ParsedQuestion) -> list[str]:
    """The words of a question, folded, and the other names of what they name: what is marked in a passage."""
    names = [each for others in question.names_of_words.values() for each in others]
    return list(dict.fromkeys(names or words(question.text)))


def _whole(name: str) -> list[str]:
    """A name as the keyword index holds it: one word where it is one, else the words that it is made of."""
    parts = words(name)
    return [name] if name in parts else parts


def _is_close(hit: Hit) -> bool:
    """Whether a passage holds what tells most of the words, itself or by its title and headings."""
    covered = hit.features.get("covered", 0.0) + hit.features.get("covered_above", 0.0)
    return covered >= _CLOSE


def _is_seen(article: ArticleInfo, filters: Filters) -> bool:
    return filters.shows(article.collection)
