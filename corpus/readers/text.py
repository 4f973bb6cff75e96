"""Plain text: a paragraph a line; a text that uses `#` headings is read as the Markdown it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.block import Block, BlockKind, Draft
from corpus.encoding import decode
from corpus.problem import Problem
from corpus.readers.markdown import drafts_of

MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_LONGEST_TITLE = 60
_SENTENCE_MARKS = "。；;，,！？!?"


def read_text(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a plain text file, or the several of one with `#` headings."""
    text = decode(file.read_bytes(), file)
    if MARKDOWN_HEADING.search(text):
        yield from drafts_of(text, {}, file)
    else:
        yield plain_draft(text, {})


def plain_draft(text: str, fields: dict[str, str]) -> Draft:
    """A draft of plain text; a short first line without sentence marks is its title unless a field is."""
    lines = [line.strip() for line in text.split("\n")]
    paragraphs = [line for line in lines if line]
    title = fields.get("title", "").strip()
    if paragraphs and not title and could_be_title(paragraphs[0]) and len(paragraphs) > 1:
        title = paragraphs.pop(0)
    elif paragraphs and title and paragraphs[0] == title:
        paragraphs.pop(0)
    return Draft(title, fields, [Block(BlockKind.PARAGRAPH, paragraph) for paragraph in paragraphs])


def could_be_title(line: str) -> bool:
    """Whether a first line is short and no sentence."""
    return len(line) <= _LONGEST_TITLE and not any(mark in line for mark in _SENTENCE_MARKS)
