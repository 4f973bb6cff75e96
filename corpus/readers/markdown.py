"""Markdown, parsed by markdown-it: front matter, headings, paragraphs, tables, and HTML pasted into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.block import Block, BlockKind, Draft
from corpus.encoding import decode
from corpus.problem import Problem
from corpus.readers.front_matter import split_front_matter
from corpus.readers.html_text import strip_html

# Lists stay ordinary lines, so that "1." and "（一）" are kept as printed; an indented Chinese line is no code.
_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").disable(["list", "code", "lheading"])


def read_markdown(file: Path) -> Iterator[Draft | Problem]:
    """Drafts of the articles in a Markdown file: several when it holds several `#` headings.

    A `title` in the front matter makes the whole file one article.
    """
    text = decode(file.read_bytes(), file)
    head, content = split_front_matter(text, file)
    if isinstance(head.get("collection"), list | dict):
        # Left out it would show the article to everybody.
        raise Problem("collection_is_no_name", file=file, line=1)
    yield from drafts_of(content, {name: str(value) for name, value in head.items()}, file)


def drafts_of(markdown: str, fields: dict[str, str], file: Path) -> Iterator[Draft]:
    """Split the blocks of `markdown` at its `#` headings into drafts."""
    title = fields.get("title", "").strip()
    drafts = [Draft(title=title, fields=fields)]
    for block in blocks_of(markdown):
        starts_article = block.kind is BlockKind.HEADING and block.level == 1
        if starts_article and not title:
            if drafts[-1].blocks or drafts[-1].title:
                drafts.append(Draft(fields=fields))
            drafts[-1].title = block.text
        elif starts_article and block.text == title:
            continue
        else:
            drafts[-1].blocks.append(block)
    if len(drafts) > 1 and not drafts[0].title:
        # What stands before the first heading belongs to the article it introduces.
        preamble = drafts.pop(0)
        drafts[0].blocks[:0] = preamble.blocks
    yield from drafts


def blocks_of(markdown: str) -> Iterator[Block]:
    """The blocks of a Markdown text in order, free of markup."""
    tokens = _PARSER.parse(markdown)
    heading_level = 0
    row: list[str] | None = None
    for token in tokens:
        if token.type == "heading_open":
            heading_level = int(token.tag[1])
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield Block(BlockKind.TABLE_ROW, " | ".join(row))
            row = None
        elif token.type == "inline":
            text = _inline_text(token)
            if row is not None:
                row.append(text.strip())
            elif heading_level:
                yield Block(BlockKind.HEADING, " ".join(text.split()), heading_level)
                heading_level = 0
            else:
                yield from _lines(text)
        elif token.type == "html_block":
            yield from _lines(strip_html(token.content))
        elif token.type in {"fence", "code_block"}:
            yield from _lines(token.content)


def _inline_text(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"} or (
            child.type == "html_inline" and child.content.lower().startswith(("<br", "<p", "</p"))
        ):
            parts.append("\n")
        elif child.type == "html_inline" and not _is_known_tag(child.content):
            # "<某某>" in Chinese prose is no tag.
            parts.append(child.content)
    return "".join(parts)


def _is_known_tag(markup: str) -> bool:
    name = markup.strip("</> ").split()[0].lower() if markup.strip("</> ") else ""
    return name.isascii() and name.isalnum()


def _lines(text: str) -> Iterator[Block]:
    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped or set(stripped) <= set("-*_=—~ "):
            continue
        if stripped.startswith(("- ", "* ", "+ ")):
            yield Block(BlockKind.ITEM, stripped[2:].strip())
        else:
            yield Block(BlockKind.PARAGRAPH, stripped)
