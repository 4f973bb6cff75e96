"""The frame of the HTML pages that are shown beside the chat: an article, two versions, sources, how an answer came about."""

from __future__ import annotations

NO_SCRIPTS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
"""Headers of a page that runs no script."""
_LOOKS = frozenset(["light", "dark"])


def html_page(
    title: str, body: str, style: str, language: str, look: str = "", *, body_class: str = ""
) -> str:
    """A whole page.

    Args:
        title: Its title, escaped.
        body: HTML of what it shows.
        style: Its CSS.
        language: "zh" or "en".
        look: "light", "dark" or as the system has it.
        body_class: A class of the body.
    """
    named = f' class="{body_class}"' if body_class else ""
    return (
        f'<!doctype html><html lang="{"en" if language == "en" else "zh-CN"}"{look_of(look)}><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{style}</style></head><body{named}>{body}</body></html>"
    )


def look_of(look: str) -> str:
    """The attribute that makes a page light or dark; for what is neither, as the system has it."""
    return f' data-look="{look if look in _LOOKS else "system"}"'


def look_parameter(look: str | None) -> str:
    """What an address ends with so that its page looks the same; empty for what is neither light nor dark."""
    return f"&look={look}" if look in _LOOKS else ""


def language_named(name: str) -> str:
    """The language of a page whose address names one; Chinese for every name but "en"."""
    return "en" if name == "en" else "zh"


__all__ = ["NO_SCRIPTS", "html_page", "language_named", "look_of", "look_parameter"]
