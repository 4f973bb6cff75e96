"""Markdown, parsed by markdown-it: front matter, headings, paragraphs, tables, and HTML pasted into it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.block import Block, BlockKind, Draft
from corpus.encoding import decode
from corpus.problem import Problem
from corpus.readers.front_matter import told_fields
from corpus.readers.html_text import strip_html
from corpus.readers.markup_blocks import blocks_of_markup
from corpus.readers.plain_table import plain_blocks
from corpus.readers.wrapped import unwrapped
from corpus.table import table_blocks
from corpus.table_grid import table_of_cells

# Lists stay ordinary lines, so that "1." and "（一）" are kept as printed; an indented Chinese line is no code.
_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").disable(["list", "code", "lheading"])

_BAR = re.compile(r"(?<!\\)\|")
_BULLETS = ("- ", "* ", "+ ")
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*(.*)$")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
_MARKED = re.compile(r"^\s{0,3}(?:#{1,6}\s|>|[-*+]\s|```|~~~|<|\d{1,3}[.)]\s|\[)|^(?:\t| {4})")


def read_markdown(file: Path) -> Iterator[Draft | Problem]:
    """Drafts of the articles in a Markdown file: several when it holds several `#` headings.

    A `title` in the front matter makes the whole file one article.
    """
    text = decode(file.read_bytes(), file)
    fields, content = told_fields(text, file)
    yield from drafts_of(content, fields, file)


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
    """The blocks of a Markdown text in order, free of markup; each footnote follows the block that names it."""
    lines, notes = without_footnotes(markdown.split("\n"))
    lines = unwrapped(lines, _is_prose)
    told: set[str] = set()
    for block in _blocks(lines):
        yield replace(block, text=_NOTE_MARK.sub(_note_name, block.text))
        for name in dict.fromkeys(_NOTE_MARK.findall(block.text)):
            if name in notes and name not in told:
                told.add(name)
                yield Block(BlockKind.PARAGRAPH, f"注{name}：{notes[name]}")
    for name, text in notes.items():
        if name not in told:
            yield Block(BlockKind.PARAGRAPH, f"注{name}：{text}")


def _note_name(match: re.Match[str]) -> str:
    return f"（注{match.group(1)}）"


def without_footnotes(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    """The lines without the definitions of footnotes ("[^1]: …" and what is indented below), and their texts by name."""
    kept: list[str] = []
    notes: dict[str, str] = {}
    name = ""
    for line in lines:
        match = _NOTE.match(line)
        if match and match.group(1) not in notes:
            name = match.group(1)
            notes[name] = match.group(2).strip()
        elif name and line.startswith(("  ", "\t")) and line.strip():
            notes[name] = f"{notes[name]} {line.strip()}".strip()
        else:
            name = name if not line.strip() else ""
            kept.append(line)
    return kept, {name: text for name, text in notes.items() if text}


def _is_prose(line: str) -> bool:
    """Whether a line is running text, which a fixed width may have cut."""
    return not _MARKED.match(line) and "|" not in line


def _blocks(lines: list[str]) -> Iterator[Block]:
    markdown = "\n".join(lines)
    # A comment that never ends is text: the parser would look for its end from each beginning anew.
    end = max(markdown.rfind("-->"), 0)
    tokens = iter(_PARSER.parse(markdown[:end] + markdown[end:].replace("<!--", "&lt;!--")))
    heading_level = 0
    for token in tokens:
        if token.type == "heading_open":
            heading_level = int(token.tag[1])
        elif token.type == "table_open":
            yield from _table_blocks(_with_all_cells(_rows(tokens), _source(token, lines)))
        elif token.type == "inline" and heading_level:
            yield Block(BlockKind.HEADING, " ".join(_inline_text(token).split()), heading_level)
            heading_level = 0
        elif token.type == "inline":
            yield from _lines(_inline_text(token), _source(token, lines))
        elif token.type == "html_block":
            yield from blocks_of_markup(token.content) or _lines(strip_html(token.content), [])
        elif token.type in {"fence", "code_block"}:
            yield from plain_blocks(token.content.split("\n"))


def _source(token: Token, lines: list[str]) -> list[str]:
    """The lines that a token was read from."""
    return lines[slice(*token.map)] if token.map else []


def _rows(tokens: Iterator[Token]) -> list[list[str]]:
    """The cells of the table that has begun, by row; takes its tokens up to its end."""
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(" ".join(_inline_text(token).split()))
    return rows


def _with_all_cells(rows: list[list[str]], source: list[str]) -> list[list[str]]:
    """The rows of a table with the cells beyond its first row's, which Markdown leaves out; heads then span several columns."""
    written = [
        _BAR.split(line.strip().strip("|")) for n, line in enumerate(source) if n != 1 and line.strip()
    ]
    width = max(map(len, written), default=0)
    if not rows or width <= len(rows[0]) or len(written) != len(rows):
        return rows
    whole = [
        [
            *row,
            *(
                _inline_text(token)
                for cell in cells[len(row) :]
                for token in _PARSER.parseInline(cell.strip())
            ),
        ]
        for row, cells in zip(rows, written, strict=True)
    ]
    named = len(rows[0]) - 1
    if all(rows[0]) and named and (width - 1) % named == 0:
        whole[0] = [rows[0][0], *(head for head in rows[0][1:] for _ in range((width - 1) // named))]
    return whole


def _table_blocks(rows: list[list[str]]) -> list[Block]:
    filled = [row for row in rows if any(row)]
    return table_blocks(table_of_cells(filled, headed=bool(rows and any(rows[0])))) if filled else []


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


def _lines(text: str, source: list[str]) -> Iterator[Block]:
    """A block for every line of a paragraph; `source` are its lines as written, whose indent is the level of an item."""
    lines = text.split("\n")
    indents = [len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) for line in source]
    if len(indents) != len(lines):
        indents = [0] * len(lines)
    found = [
        (line.strip(), indent)
        for line, indent in zip(lines, indents, strict=True)
        if line.strip() and not set(line.strip()) <= set("-*_=—~ ")
    ]
    steps = sorted({indent for line, indent in found if line.startswith(_BULLETS)})
    for line, indent in found:
        if line.startswith(_BULLETS):
            yield Block(BlockKind.ITEM, line[2:].strip(), level=1 + bisect_left(steps, indent))
        else:
            yield Block(BlockKind.PARAGRAPH, line)
