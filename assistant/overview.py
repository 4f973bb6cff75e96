"""The overview of an answer, as `ask --json` prints it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class OverviewLine(BaseModel):
    """A sentence of a group, and the numbers of the answer's citations that it stands on."""

    model_config = ConfigDict(frozen=True)

    text: str
    citations: list[int] = Field(default_factory=list)


class OverviewGroup(BaseModel):
    """What one article, one place or one section of a document tells. `article_id` and `date` are empty but for an article."""

    model_config = ConfigDict(frozen=True)

    name: str
    article_id: str = ""
    date: str = ""
    lines: list[OverviewLine]


class Overview(BaseModel):
    """Groups of sentences.

    Attributes:
        by: What the groups are.
        groups: Those that are shown.
        more_groups: How many there are besides.
        articles: How many articles the sentences are from.
        more_articles: How many more articles there are on the same.
    """

    model_config = ConfigDict(frozen=True)

    by: Literal["place", "article", "section"]
    groups: list[OverviewGroup]
    more_groups: int = 0
    articles: int = 0
    more_articles: int = 0


__all__ = ["Overview", "OverviewGroup", "OverviewLine"]
