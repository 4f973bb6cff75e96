"""What is found."""

from __future__ import annotations

from pydantic import BaseModel, Field

from corpus.model import Passage
from index.query import Query


class ArticleInfo(BaseModel):
    """What a hit tells of its article without its text."""

    id: str
    title: str
    date: str = ""
    source: str = ""
    region: str = ""
    url: str = ""
    file: str = ""
    issuer: str = ""
    number: str = ""
    kind: str = ""
    collection: str = ""
    signed: str = ""
    effective: str = ""
    expires: str = ""
    origins: dict[str, str] = Field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year of publication, or None."""
        return int(self.date[:4]) if self.date else None


class Hit(BaseModel):
    """A passage found, its article, and its scores.

    `dense` is the cosine, `sentence` that of the nearest sentence (its span in
    the passage's text: `nearest`), `keyword` BM25 divided by the best of the search (0 to 1), `reranker` the logit of the
    reranker or None where it did not read the passage, `score` what hits are sorted by: the weighed `features`.
    `also_in` are articles that hold the same text.
    """

    passage: Passage
    article: ArticleInfo
    dense: float = 0.0
    sentence: float = 0.0
    nearest: tuple[int, int] | None = None
    keyword: float = 0.0
    time: float = 0.0
    place: float = 0.0
    reranker: float | None = None
    score: float = 0.0
    features: dict[str, float] = Field(default_factory=dict)
    also_in: list[ArticleInfo] = Field(default_factory=list)


class Provision(BaseModel):
    """A 条, 款 or 项 of an article, as the span of its text; an empty one where the article has no such."""

    article: ArticleInfo
    label: str
    start: int = 0
    end: int = 0


class Found(BaseModel):
    """What a search brought for `query`: `hits` best first, and the passage ids of each arm and of the mix, best first.

    `provision` is the 条 that the query asks for in the article that it names. `read` is how many hits the reranker read, `widened` whether the filters left nothing and were dropped.
    """

    query: Query | None = None
    hits: list[Hit] = Field(default_factory=list)
    dense: list[str] = Field(default_factory=list)
    keyword: list[str] = Field(default_factory=list)
    fused: list[str] = Field(default_factory=list)
    read: int = 0
    widened: bool = False
    provision: Provision | None = None
