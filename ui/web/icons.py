"""The page's icons: one set, drawn on a grid of 24 with a line of 1.75, in the colour of the text around them."""

from __future__ import annotations

_PATHS = {
    "again": '<path d="M20 11a8 8 0 1 0-2.3 6.3"/><path d="M20 5v6h-6"/>',
    "book": '<path d="M5 4.5h11a2 2 0 0 1 2 2V20H7a2 2 0 0 1-2-2z"/><path d="M5 18a2 2 0 0 1 2-2h11"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "copy": '<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15V6a2 2 0 0 1 2-2h9"/>',
    "download": '<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5"/><path d="M5 19.5h14"/>',
    "file": '<path d="M7 3.5h7l4 4V20.5H7z"/><path d="M14 3.5v4h4M10 12h5m-5 3.5h5"/>',
    "gear": '<circle cx="12" cy="12" r="3"/><path d="M12 3.5v3m0 11v3M3.5 12h3m11 0h3M6 6l2.1 2.1m7.8 7.8L18 18M18 6l-2.1 2.1M8.1 15.9 6 18"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5m0-8.2v.2"/>',
    "keep": '<path d="M7 4h10v16l-5-4-5 4z"/>',
    "keyboard": '<rect x="3" y="6.5" width="18" height="11" rx="2"/><path d="M7 10.5h.01M11 10.5h.01M15 10.5h.01M8 14h8"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01"/>',
    "more": '<path d="M6 12h.01M12 12h.01M18 12h.01"/>',
    "next": '<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>',
    "pencil": '<path d="m4.5 19.5 1-4L16 5l3 3L8.5 18.500z"/><path d="m13.5 7.5 3 3"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "previous": '<path d="M14.5 5.5 8 12l6.5 6.5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>',
    "spark": '<path d="M12 3.5 13.8 10.2 20.5 12l-6.7 1.800L12 20.500l-1.8-6.700L3.5 12l6.7-1.800z"/>',
    "thumb_down": '<path d="M17 13.500V4.500M7 13.500H4.500l2-9H17v9l-4.5 7c-1.5 0-2-1-2-2.500v-3z"/>',
    "thumb_up": '<path d="M7 10.500v9M17 10.500h3l-2 9H7v-9l4.5-7c1.5 0 2 1 2 2.500v3z"/>',
    "warning": '<path d="M12 4.5 21 19.500H3z"/><path d="M12 10.500v4m0 2.300v.2"/>',
}

ICONS = tuple(_PATHS)
"""Their names."""


def icon(name: str) -> str:
    """An icon as SVG that stands in a line of text; who cannot see it is told nothing, so its link needs a name."""
    return (
        '<svg class="icon" viewBox="0 0 24 24" width="1em" height="1em" aria-hidden="true" fill="none" stroke="currentColor"'
        f' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{_PATHS[name]}</svg>'
    )
