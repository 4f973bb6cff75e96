"""Plain text: a paragraph a line; a text that uses `#` headings is read as the Markdown it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.block import BlockKind, Draft
from corpus.encoding import decode
from corpus.problem import Problem
from corpus.readers.front_matter import told_fields
from corpus.readers.markdown import drafts_of
from corpus.readers.plain_table import plain_blocks

MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_DASHES = "---"
_LONGEST_TITLE = 60
_SENTENCE_MARKS = "。；;，,！？!?"


def read_text(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a plain text file, or the several of one with `#` headings."""
    fields, text = _with_fields(decode(file.read_bytes(), file), file)
    if MARKDOWN_HEADING.search(text):
        yield from drafts_of(text, fields, file)
    else:
        yield plain_draft(text, fields)


def _with_fields(text: str, file: Path) -> tuple[dict[str, str], str]:
    """The fields between two lines of dashes at the head, and the text below; no fields where a text only looks so."""
    if not text.lstrip().startswith(_DASHES):
        return {}, text
    try:
        return told_fields(text, file)
    except Problem as problem:
        if problem.code == "collection_is_no_name":
            raise
        return {}, text


def plain_draft(text: str, fields: dict[str, str]) -> Draft:
    """A draft of plain text; a short first line without sentence marks is its title unless a field is."""
    blocks = plain_blocks(text.split("\n"))
    paragraphs = [block.text for block in blocks if block.kind is not BlockKind.TABLE_ROW][:2]
    if blocks and blocks[0].kind is BlockKind.TABLE_ROW:
        paragraphs = []
    title = fields.get("title", "").strip()
    if paragraphs and not title and could_be_title(paragraphs[0]) and len(blocks) > 1:
        title = blocks.pop(0).text
    elif paragraphs and title and paragraphs[0] == title:
        blocks.pop(0)
    return Draft(title, fields, blocks)


def could_be_title(line: str) -> bool:
    """Whether a first line is short and no sentence."""
    return len(line) <= _LONGEST_TITLE and not any(mark in line for mark in _SENTENCE_MARKS)
