"""What is searched and what is found."""

from __future__ import annotations

from pydantic import BaseModel, Field

from corpus.model import Passage


class Filters(BaseModel):
    """What a person sets by hand; unlike what is read from a question, it excludes."""

    years: list[int] = Field(default_factory=list)
    regions: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything is set."""
        return bool(self.years or self.regions or self.sources)


class Query(BaseModel):
    """A standalone question with what was read from it: years, parts of years and places raise and lower hits.

    `periods` are the months, quarters and days asked for, in ISO 8601 (`corpus.period`).
    """

    question: str
    years: list[int] = Field(default_factory=list)
    periods: list[str] = Field(default_factory=list)
    places: list[str] = Field(default_factory=list)
    filters: Filters = Field(default_factory=Filters)


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
    origins: dict[str, str] = Field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year of publication, or None."""
        return int(self.date[:4]) if self.date else None


class Hit(BaseModel):
    """A passage found, its article, and its scores.

    `dense` is the cosine, `keyword` BM25 divided by the best of the search (0 to 1), `score` the fused one
    that hits are sorted by.
    """

    passage: Passage
    article: ArticleInfo
    dense: float = 0.0
    keyword: float = 0.0
    time: float = 0.0
    place: float = 0.0
    score: float = 0.0


class Found(BaseModel):
    """What a search brought for `query`: `hits` best first, and the passage ids of each arm and of the mix, best first."""

    query: Query | None = None
    hits: list[Hit] = Field(default_factory=list)
    dense: list[str] = Field(default_factory=list)
    keyword: list[str] = Field(default_factory=list)
    fused: list[str] = Field(default_factory=list)
