"""The filters of a view – years, regions, sources – as components, their choices, and what is chosen."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.messages import message
from index.query import Filters
from index.store import Index

_NAMES = ("years", "regions", "sources")


def filter_dropdowns(language: str, prefix: str) -> list[gr.Dropdown]:
    """The components, each `PREFIX-NAME` in the page; without choices until `filter_choices` gives them."""
    return [
        gr.Dropdown(
            label=message(f"filter_{name}", language), choices=[], multiselect=True, elem_id=f"{prefix}-{name}"
        )
        for name in _NAMES
    ]  # fmt: skip


def filter_choices(index: Index | None, seen: list[str] | None) -> tuple[Any, ...]:
    """What each component can be set to, of what may be seen (`Filters.collections`)."""
    years, regions, sources = (
        index.catalogue.values_of(name, seen) if index else [] for name in ("year", "region", "source")
    )
    return (
        gr.Dropdown(choices=[(year, int(year)) for year in reversed(years)]),
        gr.Dropdown(choices=regions),
        gr.Dropdown(choices=sources),
    )


def chosen(years: list[int] | None, regions: list[str] | None, sources: list[str] | None) -> Filters:
    """The filters as they are chosen; Gradio gives None for nothing."""
    return Filters(years=years or [], regions=regions or [], sources=sources or [])
