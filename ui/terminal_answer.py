"""An answer as the terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape

from assistant.messages import message
from ui.terminal import err, out

if TYPE_CHECKING:
    from assistant.model import Answer


def show_answer(answer: Answer, language: str) -> None:
    """Print an answer with its table, what failed a check, its citations, and what is near a refusal."""
    from assistant.checking.cited_table import holds_table
    from ui.chats.table_files import table_for_terminal

    for note in answer.notes:
        err.print(f"[yellow]{escape(note)}[/]")
    if answer.table is not None and not holds_table(answer):
        out.print(table_for_terminal(answer.table))
    if answer.short_answer and (answer.table is None or answer.calculations):
        out.print(f"[bold green]{escape(answer.short_answer)}[/]")
    out.print(escape(answer.answer))
    for flag in answer.flags:
        out.print(f"[yellow]⚠ {escape(message(flag.reason, language, detail=flag.detail))}[/]")
    for citation in answer.citations:
        page = message("page_number", language, page=citation.page) if citation.page else ""
        parts = (citation.title, citation.section, page, citation.date, citation.source)
        where = " · ".join(part for part in parts if part)
        out.print(f"[dim]{escape(f'[{citation.n}] {where}')}[/]")
    if answer.near:
        out.print(f"[dim]{message('near', language)}[/]")
        for citation in answer.near:
            out.print(f"[dim]· {escape(citation.title)}：{escape(citation.quote[:80])}[/]")
