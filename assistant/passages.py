"""Searching without answering: the passages for a question, as a search by itself shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

from assistant.understanding.dates import with_absolute_years
from assistant.understanding.question import read_queries
from index.hit import Found, Hit
from index.query import Filters

if TYPE_CHECKING:
    from index.passage_list import PassageList
    from index.search import Searcher


class PassageFound(BaseModel):
    """A passage: `text == article.text[start:end]`. Hits are sorted by `score`, unless the question has parts.

    `dense` is a cosine, `keyword` BM25 divided by the best of the search, `reranker` a logit or null where it did not
    read the passage. `also_in` holds ids of articles with the same text.
    """

    passage_id: str
    article_id: str
    title: str
    date: str = ""
    source: str = ""
    region: str = ""
    url: str = ""
    section: str = Field("", description="headings from the outermost to the innermost, joined by ' > '")
    text: str
    start: int
    end: int
    score: float
    dense: float
    keyword: float
    reranker: float | None = None
    also_in: list[str] = Field(default_factory=list)


class Searched(BaseModel):
    """What a search brought. `searched` are the questions searched for: the parts of one that compares several things.

    `widened`: nothing fitted the filters, so they were dropped. `missing_articles` are ids among those chosen that are not in the
    library, or may not be seen. `total` is how many passages match where all of them are listed (`sort` "fit" or "date"), else null.
    """

    searched: list[str]
    widened: bool
    missing_articles: list[str] = Field(default_factory=list)
    hits: list[PassageFound]
    total: int | None = None


def find_parts(searcher: Searcher, question: str, filters: Filters, today: date, most: int) -> list[Found]:
    """The best `most` hits for each thing that a question asks: for each place or year that it compares."""
    queries = read_queries(with_absolute_years(question, today), filters, today)
    return [searcher.find(query, most) for query in queries]


def passages_listed(question: str, listed: PassageList) -> Searched:
    """A page of all the passages that match a question."""
    hits = [_told(hit) for hit in listed.hits]
    return Searched(searched=[question], widened=False, hits=hits, total=listed.total)


def passages_in(parts: Sequence[Found], top: int) -> Searched:
    """The best `top` passages of what was found for the parts of a question, those of its parts in turns."""
    in_turns = (
        hit for turn in zip_longest(*(part.hits for part in parts)) for hit in turn if hit is not None
    )
    hits = list({hit.passage.id: hit for hit in in_turns}.values())[:top]
    return Searched(
        searched=[part.query.question for part in parts if part.query is not None],
        widened=any(part.widened for part in parts),
        hits=[_told(hit) for hit in hits],
    )


def _told(hit: Hit) -> PassageFound:
    passage, article = hit.passage, hit.article
    return PassageFound(
        passage_id=passage.id,
        article_id=article.id,
        title=article.title,
        date=article.date,
        source=article.source,
        region=article.region,
        url=article.url,
        section=" > ".join(passage.heading_path),
        text=passage.text,
        start=passage.start,
        end=passage.end,
        score=hit.score,
        dense=hit.dense,
        keyword=hit.keyword,
        reranker=hit.reranker,
        also_in=[each.id for each in hit.also_in],
    )
