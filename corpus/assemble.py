"""From a draft to an article: repair, then one cleaned text with the spans of its sections."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from corpus.block import Block, BlockKind, Draft
from corpus.language.normalize import all_readable, clean_line, readable
from corpus.metadata import read_metadata
from corpus.model import Article, Section
from corpus.place import layout_of
from corpus.problem import Problem
from corpus.repair import Change, repair
from corpus.surroundings import clear

_LONGEST_TITLE = 300
_LONGEST_HEADING = 300
_LONGEST_FIELD = 2000


def assemble(draft: Draft, file: Path, key: str, changes: list[Change] | None = None) -> Article:
    """The article of `draft`; `key` (the file's name in the corpus and the article's number) makes its id.

    Raises:
        Problem: `article_without_text` when nothing but headings is left.
    """
    draft = _readable(draft)
    name = Path(draft.fields.get("member") or readable(str(file)))
    cleared = clear(draft, clean_line(name.stem))
    title, fields = _title(cleared.title), cleared.fields
    lines: list[str] = []
    sections = [Section(start=0, end=0)]
    path: list[tuple[int, str]] = []
    length = 0
    repaired, starts = repair(cleared.blocks, changes), []
    for block in repaired:
        if block.kind is BlockKind.HEADING:
            path = [(level, text) for level, text in path if level < block.level] + [
                (block.level, block.text)
            ]
        lines.append(block.text)
        starts.append(length)
        length += len(block.text) + 1
        if block.kind is BlockKind.HEADING:
            sections.append(Section(path=[text for _, text in path], start=length, end=length))
        else:
            sections[-1].end = length - 1
    sections = [section for section in sections if section.end > section.start]
    if not sections:
        raise Problem("article_without_text", file=file, title=title)
    metadata = read_metadata(fields, title, cleared.title_origin, lines, name)
    return Article(
        id=article_id(key),
        text="\n".join(lines),
        sections=sections,
        file=readable(str(file)),
        origins=metadata.origins,
        layout=layout_of(repaired, starts),
        **metadata.values,
    )


def article_id(key: str) -> str:
    """The id of the article of a key: a file's first path and the article's number in it."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def _readable(draft: Draft) -> Draft:
    """The draft with nothing but valid Unicode; the one place where foreign text comes into an article.

    A title, a heading and a field stand beside every passage, so their lengths are bounded: a longer heading is a
    paragraph, a longer title is the first paragraph as well, a longer field is cut.
    """
    draft = all_readable(draft)
    blocks = [
        replace(block, kind=BlockKind.PARAGRAPH, level=0)
        if block.kind is BlockKind.HEADING and len(block.text) > _LONGEST_HEADING
        else block
        for block in draft.blocks
    ]
    if len(draft.title) > _LONGEST_TITLE and not draft.fields.get("title"):
        blocks.insert(0, Block(BlockKind.PARAGRAPH, draft.title))
    fields = {name: str(value)[:_LONGEST_FIELD] for name, value in draft.fields.items()}
    return replace(draft, fields=fields, blocks=blocks)


def _title(text: str) -> str:
    """A title in one line, not longer than one may be."""
    return clean_line(" ".join(text.split()))[:_LONGEST_TITLE]
