"""What is kept with a vector in Chroma, and the filters on it."""

from __future__ import annotations

from typing import Any

from corpus.model import Passage
from index.hit import ArticleInfo
from index.query import Filters

Condition = dict[str, Any]
"""A filter on the metadata as Chroma takes it."""


def metadata_of(passage: Passage, article: ArticleInfo) -> dict[str, Any]:
    """What is kept with the vector of a passage."""
    metadata: dict[str, Any] = {
        "article_id": article.id,
        "title": article.title,
        "date": article.date,
        "year": article.year or 0,
        "source": article.source,
        "region": article.region,
        "heading": " > ".join(passage.heading_path),
        "start": passage.start,
        "end": passage.end,
        "periods": " ".join(passage.periods),
    }
    # One key a year, because a Chroma filter asks whether a key has a value, not whether a list holds one; a number,
    # because Chroma has no database index of true and false.
    metadata.update({_speaks_of(year): 1 for year in passage.years})
    return metadata


def _speaks_of(year: int) -> str:
    return f"speaks_of_{year}"


def conditions_of(filters: Filters, years: list[int]) -> list[Condition]:
    """What the metadata must meet, each."""
    conditions: list[Condition] = [
        {key: {"$in": values}}
        for key, values in (("source", filters.sources), ("region", filters.regions), ("year", filters.years))
        if values
    ]
    if years:
        spoken: list[Condition] = [{_speaks_of(year): 1} for year in years]
        conditions.append(spoken[0] if len(spoken) == 1 else {"$or": spoken})
    return conditions
