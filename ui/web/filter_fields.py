"""The fields under the chat that narrow what is searched, and how many of them are set."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.limits import FIELD_CHARACTERS
from assistant.messages import message
from corpus.metadata.dates import parse_date
from index.catalogue import Catalogue
from index.query import Filters

_LISTS = {"years": "year", "regions": "region", "sources": "source", "kinds": "kind"}
"""Fields that choose among values, and what the catalogue calls those."""
_DAYS = ("since", "until")


class FilterFields:
    """Builds the fields; their values come in the order of `all`.

    Args:
        language: of what is said.
        prefix: of the fields' names in the page.
        panel: name in the page of what they stand in.
    """

    def __init__(self, language: str, prefix: str = "filter", panel: str = "filters") -> None:
        self._language = language
        self._prefix, self._panel = prefix, panel

    def _text(self, code: str, **fields: object) -> str:
        return message(code, self._language, **fields)

    def build(self) -> None:
        """Add the fields, closed, with their number on the head when some are set."""
        text = self._text
        with gr.Accordion(text("filters"), open=False, elem_id=self._panel) as self.panel, gr.Row():
            self.lists: list[Any] = [
                gr.Dropdown(
                    label=text(f"filter_{name}"), choices=[], multiselect=True, min_width=150,
                    elem_id=f"{self._prefix}-{name}",
                )
                for name in _LISTS
            ]  # fmt: skip
            self.days: list[Any] = [
                gr.Textbox(
                    label=text(f"filter_{name}"), placeholder=text("filter_date_hint"), min_width=150,
                    max_length=FIELD_CHARACTERS, elem_id=f"{self._prefix}-{name}",
                )
                for name in _DAYS
            ]  # fmt: skip
        self.all: list[Any] = [*self.lists, *self.days]

    def follow(self, **event: Any) -> None:
        """Keep the number on the head right, whoever changes the fields."""
        gr.on([each.change for each in self.all], self.head, self.all, self.panel, **event)

    def head(self, *values: Any) -> Any:
        """The head of the closed fields: how many of them narrow the search."""
        count = len(values_of(filters_from(*values), self._language))
        return gr.Accordion(label=self._text("filters_set", count=count) if count else self._text("filters"))

    def choices(self, catalogue: Catalogue | None, seen: list[str] | None) -> tuple[Any, ...]:
        """What the lists offer: values of articles that may be seen (`Filters.collections`)."""
        offered = []
        for name, column in _LISTS.items():
            values = catalogue.values_of(column, seen) if catalogue else []
            choices: list[Any] = (
                [(each, int(each)) for each in reversed(values)] if name == "years" else values
            )
            offered.append(gr.Dropdown(choices=choices))
        return tuple(offered)


def filters_from(
    years: list[int] | None = None,
    regions: list[str] | None = None,
    sources: list[str] | None = None,
    kinds: list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Filters:
    """The filters that the fields tell; Gradio gives None for nothing. What is no date stays as it was typed."""
    return Filters(
        years=years or [],
        regions=regions or [],
        sources=sources or [],
        kinds=kinds or [],
        since=_day(since),
        until=_day(until),
    )


def _day(typed: str | None) -> str:
    text = (typed or "").strip()[:FIELD_CHARACTERS]
    return parse_date(text) or text


def fields_of(filters: Filters) -> tuple[Any, ...]:
    """The values of the fields that tell these filters."""
    return (
        filters.years,
        filters.regions,
        filters.sources,
        filters.kinds,
        filters.since,
        filters.until,
    )


def values_of(filters: Filters, language: str) -> list[str]:
    """Each value that narrows the search, as it is shown; a range of days is one."""
    days = days_of(filters, language)
    return [
        *map(str, filters.years),
        *filters.regions,
        *filters.sources,
        *filters.kinds,
        *([days] if days else []),
    ]


def days_of(filters: Filters, language: str) -> str:
    """The range of days in words; empty where none is set."""
    since, until = filters.since, filters.until
    name = "between" if since and until else "since" if since else "until"
    return message(f"filter_dates_{name}", language, since=since, until=until) if since or until else ""
