"""What a language model wrote, as HTML: its tables, lists and emphasis, every mark a link; no raw HTML, no links or images of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt

from assistant.checking.units import units_of
from assistant.model import Flag

_FORBIDDEN = (
    "image",
    "link",
    "autolink",
    "html_block",
    "html_inline",
    "reference",
    "entity",
    "code",
    "fence",
    "hr",
)
_PRIVATE = re.compile("[\ue000\ue001]")
_FAILED = re.compile("\ue000(\\d+)\ue001")
_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")


def markdown_html(text: str, linked: Callable[[str], str], flagged: Sequence[tuple[str, str]] = ()) -> str:
    """HTML of a written text, in one line.

    Args:
        text: Markdown with marks such as [1].
        linked: Makes HTML of a stretch of plain text: escapes it and links its marks.
        flagged: Sentences that failed a check, each with the reasons in words.
    """
    titles: list[str] = []
    reader = (
        MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(list(_FORBIDDEN))
    )

    def text_of(tokens: Sequence[Any], number: int, options: Any, env: Any) -> str:
        return _FAILED.sub(
            lambda match: f'<mark class="unsupported" title="{escape(titles[int(match.group(1))])}">⚠</mark>',
            linked(tokens[number].content),
        )

    reader.renderer.rules["text"] = text_of  # type: ignore[attr-defined]
    html = reader.render(_with_failures(_PRIVATE.sub("", text), flagged, titles))
    return _BETWEEN_TAGS.sub("><", html).replace("\n", " ").strip()


def _with_failures(text: str, flagged: Iterable[tuple[str, str]], titles: list[str]) -> str:
    """The text with a sign behind each sentence that failed; in a row of a table inside its last cell."""
    reasons = dict(flagged)
    pieces, at = [], 0
    for unit in units_of(text):
        told = reasons.get(unit.plain)
        if told is None:
            continue
        titles.append(told)
        raw = text[at : unit.end]
        end = re.search(r"\s*\|\s*$", raw)
        cut = end.start() if end and unit.is_row else len(raw)
        pieces.append(f"{raw[:cut]}\ue000{len(titles) - 1}\ue001{raw[cut:]}")
        at = unit.end
    return "".join([*pieces, text[at:]])


def reasons_of(flags: Sequence[Flag], told: Callable[[Flag], str]) -> list[tuple[str, str]]:
    """The flagged sentences, each with all its reasons in words."""
    found: dict[str, list[str]] = {}
    for flag in flags:
        found.setdefault(flag.sentence, []).append(told(flag))
    return [(sentence, "；".join(reasons)) for sentence, reasons in found.items()]
