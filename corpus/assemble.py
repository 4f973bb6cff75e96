"""From a draft to an article: repair, then one cleaned text with the spans of its sections."""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpus.block import BlockKind, Draft
from corpus.clean import clean_line
from corpus.metadata import read_metadata
from corpus.model import Article, Section
from corpus.place import layout_of
from corpus.problem import Problem
from corpus.repair import Change, repair
from corpus.surroundings import clear


def assemble(draft: Draft, file: Path, key: str, changes: list[Change] | None = None) -> Article:
    """The article of `draft`; `key` (the file's name in the corpus and the article's number) makes its id.

    Raises:
        Problem: `article_without_text` when nothing but headings is left.
    """
    name = Path(draft.fields.get("member") or file)
    cleared = clear(draft, clean_line(name.stem))
    title, fields = cleared.title, cleared.fields
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
        id=hashlib.sha256(key.encode()).hexdigest()[:12],
        text="\n".join(lines),
        sections=sections,
        file=str(file),
        origins=metadata.origins,
        layout=layout_of(repaired, starts),
        **metadata.values,
    )
