"""A briefing, as the API gives it and files are written from it."""

from __future__ import annotations

from pydantic import BaseModel, Field

from assistant.model import Citation


class KeyFigure(BaseModel):
    """A figure of an article: `value` as it is written; `start` and `end` are the sentence or row that tells it."""

    measure: str
    value: str
    period: str = ""
    start: int
    end: int


class ArticleBrief(BaseModel):
    """What a briefing tells of an article: sentences quoted with their place, and its key figures."""

    article_id: str
    title: str
    date: str = ""
    source: str = ""
    url: str = ""
    sentences: list[Citation] = Field(default_factory=list)
    figures: list[KeyFigure] = Field(default_factory=list)


class Briefing(BaseModel):
    """A briefing. Marks such as [1] in `introduction` are the numbers of the sentences; it is empty where no language model wrote one that could be checked."""

    title: str
    date: str
    introduction: str = ""
    articles: list[ArticleBrief]
    notes: list[str] = Field(default_factory=list)


__all__ = ["ArticleBrief", "Briefing", "KeyFigure"]
