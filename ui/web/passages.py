"""Searching for other programs: the passages found for a question, as `assistant search` finds them."""

from __future__ import annotations

from itertools import zip_longest

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assistant.limits import FILTER_VALUES
from assistant.service import Assistant
from assistant.understanding.dates import with_absolute_years
from assistant.understanding.question import read_queries
from corpus.language.normalize import readable
from index.hit import Hit
from index.query import Filters

MOST_PASSAGES = 100


class AskedFilters(Filters):
    """Filters as a program sends them: a name that does not exist is an error, not a filter without effect.

    Their texts are made readable, as a question is: no database takes half a character.
    """

    model_config = ConfigDict(extra="forbid")

    @field_validator("regions", "sources", "collections")
    @classmethod
    def _readable(cls, values: list[str] | None) -> list[str] | None:
        if values is None or len(values) > FILTER_VALUES:
            return values  # too many are refused by `check_filters`
        return [readable(each) for each in values]


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

    `widened`: nothing fitted the filters, so they were dropped.
    """

    searched: list[str]
    widened: bool
    hits: list[PassageFound]


def find_passages(assistant: Assistant, question: str, filters: Filters, top: int) -> Searched:
    """The best `top` passages for a question; those of its parts in turns.

    Raises:
        Problem: `empty_question`, `question_too_long`, `index_empty`.
    """
    question = assistant.checked(question)
    today = assistant.today()
    queries = read_queries(with_absolute_years(question, today), filters, today)
    parts = [assistant.searcher.find(query, top) for query in queries]
    in_turns = (
        hit for turn in zip_longest(*(part.hits for part in parts)) for hit in turn if hit is not None
    )
    hits = list({hit.passage.id: hit for hit in in_turns}.values())[:top]
    return Searched(
        searched=[query.question for query in queries],
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
