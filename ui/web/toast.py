"""Short notes in the corner of the Gradio page; Gradio takes them for HTML, so that they are escaped here."""

from __future__ import annotations

from html import escape

import gradio as gr


def tell(text: str) -> None:
    """Say that something was done."""
    gr.Info(escape(text))


def warn(text: str) -> None:
    """Say why something was not done."""
    gr.Warning(escape(text))
