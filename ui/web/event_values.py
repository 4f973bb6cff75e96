"""The values of an event that the page's scripts send."""

from __future__ import annotations

import gradio as gr

from corpus.language.normalize import readable


def texts_of_event(event: gr.EventData, *names: str) -> tuple[str, ...]:
    """The texts of an event by name; empty for one that is missing or no text, without what could not be stored."""
    data = event._data if isinstance(event._data, dict) else {}
    found = (data.get(name, "") for name in names)
    return tuple(readable(each) if isinstance(each, str) else "" for each in found)
