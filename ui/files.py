"""What files for other programs share: texts as Markdown and in Office documents, tables, and a new Word document."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_MARKDOWN = re.compile(r"([\\`*_{}\[\]#|~$<>])")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SMALL_POINTS = 9


def markdown_text(text: str) -> str:
    """One line of text as Markdown that shows it as it is."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def xml_text(text: str) -> str:
    """Text without the characters that XML, and so an Office document, cannot hold."""
    return _NOT_IN_XML.sub("", text)


def word_document(title: str) -> Document:
    """A Word document that begins with its title and names no author."""
    import docx

    document = docx.Document()
    document.core_properties.title = xml_text(title)
    document.core_properties.author = ""
    document.add_heading(xml_text(title), 0)
    return document


def add_small_text(paragraph: Paragraph, text: str) -> None:
    """Add small print to a paragraph of a Word document."""
    from docx.shared import Pt

    paragraph.add_run(xml_text(text)).font.size = Pt(_SMALL_POINTS)


def add_table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    """Add a table to a Word document; every row has as many cells as the first."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = xml_text(text)


def document_bytes(document: Document) -> bytes:
    """A Word document as the content of its file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


__all__ = [
    "add_small_text",
    "add_table",
    "document_bytes",
    "markdown_table",
    "markdown_text",
    "word_document",
    "xml_text",
]
