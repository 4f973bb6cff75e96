"""Word documents: headings by style, paragraphs, list items and tables, in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

from corpus.block import Block, BlockKind, Draft
from corpus.problem import Problem
from corpus.table import rows_with_heads

_HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*(\d)$", re.IGNORECASE)
_TITLE_STYLES = {"title", "标题"}


def read_docx(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a Word document."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = Document(str(file))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise Problem("broken_file", file=file, reason=str(error)[:80] or type(error).__name__) from error
    draft = Draft()
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            rows = [[cell.text for cell in row.cells] for row in part.rows]
            draft.blocks += [Block(BlockKind.TABLE_ROW, line) for line in rows_with_heads(rows)]
            continue
        text = part.text.strip()
        if not text:
            continue
        style = (part.style.name or "").strip() if part.style is not None else ""
        heading = _HEADING_STYLE.match(style)
        if style.lower() in _TITLE_STYLES and not draft.title:
            draft.title = text
        elif heading:
            draft.blocks.append(Block(BlockKind.HEADING, text, int(heading.group(1)) + 1))
        elif "list" in style.lower() or "列表" in style:
            draft.blocks.append(Block(BlockKind.ITEM, text))
        else:
            draft.blocks += [
                Block(BlockKind.PARAGRAPH, line.strip()) for line in text.split("\n") if line.strip()
            ]
    if not draft.blocks:
        raise Problem("page_without_text", file=file)
    if not draft.title and draft.blocks[0].kind is BlockKind.HEADING:
        draft.title = draft.blocks.pop(0).text
    elif not draft.title and len(draft.blocks) > 1:
        from corpus.readers.text import could_be_title

        if draft.blocks[0].kind is BlockKind.PARAGRAPH and could_be_title(draft.blocks[0].text):
            draft.title = draft.blocks.pop(0).text
    properties = document.core_properties
    if not draft.title and properties.title:
        draft.title = properties.title
    yield draft
