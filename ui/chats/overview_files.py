"""The overview of an answer for other programs: Markdown and Word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.overview import Overview
from ui.files import markdown_text, xml_text


def overview_as_markdown(overview: Overview, marked: Callable[[int], str]) -> list[str]:
    """Its groups as blocks: a heading, and a list of sentences.

    Args:
        overview: What is written.
        marked: The mark of a citation's number.
    """
    blocks = []
    for group in overview.groups:
        blocks.append(f"### {markdown_text(group.name)}")
        blocks.append(
            "\n".join(
                f"- {markdown_text(line.text)}{''.join(map(marked, line.citations))}" for line in group.lines
            )
        )
    return blocks


def add_overview_to_word(document: Any, overview: Overview) -> None:
    """Add its groups to a `docx` document, marks behind the sentences."""
    for group in overview.groups:
        document.add_heading(xml_text(group.name), 2)
        for line in group.lines:
            marks = "".join(f"[{number}]" for number in line.citations)
            document.add_paragraph(xml_text(f"{line.text}{marks}"), style="List Bullet")


__all__ = ["add_overview_to_word", "overview_as_markdown"]
