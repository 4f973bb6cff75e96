"""What other programs may wish for when they search: filters, and how many passages."""

from __future__ import annotations

from pydantic import ConfigDict, Field, field_validator
from pydantic.json_schema import SkipJsonSchema

from assistant.limits import CHOSEN_ARTICLES, FIELD_CHARACTERS
from corpus.language.normalize import readable
from index.query import Filters

MOST_PASSAGES = 100


class AskedFilters(Filters):
    """Filters as a program sends them: a name that does not exist is an error, not a filter without effect.

    Their texts are made readable, as a question is: no database takes half a character. Where files lie is nobody's to ask.
    """

    model_config = ConfigDict(extra="forbid")

    articles: list[str] | None = Field(None, description="ids of the articles that are asked; null for all")
    since: str = Field("", description="the first day of an article's date: 2025, 2025-03 or 2025-03-05")
    until: str = Field("", description="the last day of an article's date")
    kinds: list[str] = Field(default_factory=list, description='kinds of text, such as "通知"')
    within_folders: SkipJsonSchema[list[str]] = Field(default_factory=list, max_length=0)

    @field_validator("regions", "sources", "kinds", "collections", "articles", "within_collections")
    @classmethod
    def _readable(cls, values: list[str] | None) -> list[str] | None:
        if values is None or len(values) > CHOSEN_ARTICLES:
            return values  # too many are refused by `check_filters`
        return [readable(each) for each in values]

    @field_validator("since", "until")
    @classmethod
    def _readable_day(cls, value: str) -> str:
        return readable(value[:FIELD_CHARACTERS])


def filters_of_address(
    *,
    year: list[int] | None,
    region: list[str] | None,
    source: list[str] | None,
    kind: list[str] | None,
    since: str,
    until: str,
    article: list[str] | None = None,
) -> AskedFilters:
    """The filters that an address tells, each a parameter that may be repeated."""
    return AskedFilters(
        years=year or [],
        regions=region or [],
        sources=source or [],
        kinds=kind or [],
        since=since,
        until=until,
        articles=article,
    )
