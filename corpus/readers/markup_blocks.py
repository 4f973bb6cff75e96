"""Blocks of markup that has no furniture around it: a chapter of a book, HTML inside Markdown. Every word is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.block import Block, BlockKind
from corpus.table import table_blocks
from corpus.table_grid import Spans, table_of_cells

_SILENT = frozenset(["script", "style", "template", "head", "title"])
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "strike",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
    ]
)
_HEADING = re.compile(r"^h([1-6])$")
_MOST_SPAN = 100
_DEEPEST = 200


def blocks_of_markup(markup: str) -> list[Block]:
    """The blocks of an HTML document or fragment in order; nothing that shows is left out.

    Args:
        markup: HTML or XHTML text.

    Returns:
        Headings, paragraphs, list items (once, whatever lists they hold) and tables.
    """
    from lxml import etree, html

    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup).replace("\0", "")
    if not markup.strip():
        return []
    try:
        root = html.document_fromstring(markup)
    except (etree.ParserError, ValueError):
        return []
    walker = _Walker()
    walker.walk(root, BlockKind.PARAGRAPH, 0, 0)
    walker.end(BlockKind.PARAGRAPH, 0)
    return walker.blocks


class _Walker:
    """Gathers running text until an element breaks the line."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []

    def walk(self, element: Any, kind: BlockKind, level: int, depth: int) -> None:
        """Add what an element holds; its text goes on in the line at hand where it is inline."""
        if not isinstance(element.tag, str) or element.tag in _SILENT or _is_hidden(element):
            return
        if depth > _DEEPEST:
            self._parts.append(" ".join(element.itertext()))
            return
        tag = element.tag.rpartition(":")[2]
        if tag == "br":
            self.end(kind, level)
        elif tag == "table":
            self.end(kind, level)
            self.blocks += _table_blocks(element)
        elif tag in _INLINE:
            self._inline(element, kind, level, depth)
        else:
            heading = _HEADING.match(tag)
            inner = BlockKind.HEADING if heading else BlockKind.ITEM if tag == "li" else kind
            own_level = int(heading.group(1)) if heading else level
            self.end(kind, level)
            self._children(element, inner, own_level, depth)
            self.end(inner, own_level)

    def _inline(self, element: Any, kind: BlockKind, level: int, depth: int) -> None:
        if element.tag == "a" and _is_note_mark(element):
            mark = "".join(element.itertext()).strip(" []［］()（）")
            self._parts.append(f"（注{mark}）" if mark else "")
        elif element.tag == "rp":
            return
        else:
            self._children(element, kind, level, depth)

    def _children(self, element: Any, kind: BlockKind, level: int, depth: int) -> None:
        self._parts.append(element.text or "")
        for child in element:
            self.walk(child, kind, level, depth + 1)
            self._parts.append(child.tail or "")

    def end(self, kind: BlockKind, level: int) -> None:
        """Close the line at hand."""
        text = " ".join("".join(self._parts).split())
        self._parts = []
        if text:
            self.blocks.append(Block(kind, text, level if kind is BlockKind.HEADING else 0))


def _is_hidden(element: Any) -> bool:
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _is_note_mark(element: Any) -> bool:
    kinds = f"{element.get('epub:type') or ''} {element.get('role') or ''}"
    parent = element.getparent()
    raised = parent is not None and parent.tag == "sup"
    return "noteref" in kinds or (raised and (element.get("href") or "").find("#") >= 0)


def _table_blocks(element: Any) -> list[Block]:
    rows: list[list[str]] = []
    spans: Spans = {}
    headed = False
    open_cells: dict[tuple[int, int], str] = {}
    own_rows = list(_own_rows(element))
    for number, row in enumerate(own_rows):
        line: list[str] = []
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        headed = headed or (number == 0 and bool(cells) and all(cell.tag == "th" for cell in cells))
        for cell in cells:
            while (number, len(line)) in open_cells:
                line.append(open_cells[number, len(line)])
            text = " ".join(" ".join(cell.itertext()).split())
            wide = _size(cell, "colspan")
            high = min(_size(cell, "rowspan"), len(own_rows) - number)
            if (wide, high) != (1, 1):
                spans[number, len(line)] = (high, wide)
            for below in range(1, high):
                for right in range(wide):
                    open_cells[number + below, len(line) + right] = text
            line += [text] * wide
        while (number, len(line)) in open_cells:
            line.append(open_cells[number, len(line)])
        rows.append(line)
    caption = next((" ".join(" ".join(each.itertext()).split()) for each in element.iter("caption")), "")
    if not any(map(any, rows)):
        return [Block(BlockKind.PARAGRAPH, caption)] if caption else []
    table = table_of_cells(rows, spans, headed=headed)
    table.caption = caption
    return table_blocks(table)


def _own_rows(table: Any) -> Iterator[Any]:
    """The rows of a table, not those of tables inside it."""
    for row in table.iter("tr"):
        parent = row.getparent()
        while parent is not None and parent.tag != "table":
            parent = parent.getparent()
        if parent is table:
            yield row


def _size(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MOST_SPAN) if value.isascii() and value.isdigit() else 1
