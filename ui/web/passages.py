"""What other programs may wish for when they search: filters, and how many passages."""

from __future__ import annotations

from pydantic import ConfigDict, field_validator

from assistant.limits import FILTER_VALUES
from corpus.language.normalize import readable
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
