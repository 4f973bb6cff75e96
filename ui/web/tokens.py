"""The tokens of the design as a stylesheet, for pages that Gradio does not make."""

from __future__ import annotations

from pathlib import Path

_TOKENS = Path(__file__).parent / "tokens.css"


def tokens_css() -> str:
    """The tokens, light and dark (`data-look` of the page's root says which)."""
    return _TOKENS.read_text(encoding="utf-8")
