"""A word processor's text as it flows, paragraphs and tables with how they are set, made into a draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.block import Block, BlockKind, Draft
from corpus.grid import Cell, table_of_cells, unit_in
from corpus.problem import Problem
from corpus.readers.text import could_be_title
from corpus.repair import glue
from corpus.table import Table, table_blocks

_LONGEST_HEADING = 80
_LONGEST_BY_LOOKS = 40
_LONGEST_CAPTION = 60
_LONGEST_LABEL = 16
_DEEPEST = 9
_TITLE_AMONG = 12
_SENTENCE_END = tuple("。；;！!？?，,：:、")
_LABELLED_TITLE = re.compile(r"^标\s*题\s*[:：]\s*(\S.{3,120})$")
_LABELLED = re.compile(r"^[^：:]{2,8}[：:]\s*\S")
_NO_HEADING = re.compile(r"[。；，！？：;!?:]|^[图表附]表?\s*\d")
_UNIT_IN_CAPTION = re.compile(r"单位\s*[:：]\s*([^）)\s，。；]{1,12})")
_CAPTION = re.compile(r"^(?:[（(]?[续附]?表\s*[\d一二三四五六七八九十]|[^。；，]{2,40}(?:表|一览|情况)$)")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and how it is set.

    `level` is that of a heading by style or outline (1 outermost), 0 for text; `size` is the type's size in points,
    0 where it is unknown; `bold` says that all of it is; `is_note` marks a footnote or endnote. Line breaks inside it
    are kept in `text`.
    """

    text: str
    level: int = 0
    is_title: bool = False
    is_item: bool = False
    is_note: bool = False
    bold: bool = False
    size: float = 0.0

    def lines(self) -> list[str]:
        """Its printed lines that hold anything."""
        return [line.strip() for line in self.text.split("\n") if line.strip()]


Part = Paragraph | Table
Rows = list[list[tuple[Cell, list[Part]]]]
"""The cells that begin in each row of a table, each with what is in it; the texts of the cells are left empty."""


def parts_of_table(rows: Rows, heads: int = 0, *, flat: bool = False) -> list[Part]:
    """A table with what is in its cells.

    Args:
        rows: Its cells with their paragraphs and inner tables.
        heads: How many first rows the file marks as heads.
        flat: Make no table of it, as of a table that is only a frame around text (of one row or one column).

    Returns:
        The table, then the tables inside its cells and the notes to them.
    """
    rows = [row for row in rows if row]
    parts = [part for row in rows for _, inside in row for part in inside]
    notes = [part for part in parts if _is_note(part)]
    parts = [part for part in parts if not _is_note(part)]
    if flat or len(rows) == 1 or all(len(row) <= 1 for row in rows):
        return [*parts, *notes]
    grid = [
        [
            replace(
                cell,
                text="\n".join(
                    part.text for part in inside if isinstance(part, Paragraph) and not part.is_note
                ),
            )
            for cell, inside in row
        ]
        for row in rows
    ]
    inner: list[Part] = [part for part in parts if isinstance(part, Table)]
    if not heads and _is_form(grid):
        return [*(Paragraph(line) for line in _lines_of_form(grid)), *inner, *notes]
    return [table_of_cells(grid, heads), *inner, *notes]


def _is_form(grid: list[list[Cell]]) -> bool:
    """Whether a table is a form of labels and what is written after them ("发文机关：" beside "国务院")."""
    cells = [text for row in grid for cell in row if (text := cell.text.strip())]
    labels = sum(_is_label(text) for text in cells)
    return labels >= 2 and labels * 5 >= len(cells) * 2


def _is_label(text: str) -> bool:
    return text.endswith(("：", ":")) and len(text) <= _LONGEST_LABEL


def _lines_of_form(grid: list[list[Cell]]) -> list[str]:
    """Every label with what stands after it in its row."""
    lines: list[str] = []
    for row in grid:
        open_label = False
        for text in (" ".join(cell.text.split()) for cell in row):
            if open_label and text and not _is_label(text):
                lines[-1] += text
                open_label = False
            elif text:
                lines.append(text)
                open_label = _is_label(text)
    return lines


def _is_note(part: Part) -> bool:
    return isinstance(part, Paragraph) and part.is_note


def draft_of_flow(parts: Sequence[Part], file: Path, title: str = "") -> Draft:
    """The draft of a document.

    Args:
        parts: Its paragraphs and tables in order.
        file: The document, for problems.
        title: What its properties or its page head give as the title; used where the text has none.

    Raises:
        Problem: `page_without_text` when nothing is in it.
    """
    title_places = _title_places(parts)
    draft = Draft(_one_line([line for place in title_places for line in _lines_of(parts[place])]))
    rest = _with_headings_by_looks([part for at, part in enumerate(parts) if at not in title_places])
    for part in rest:
        if isinstance(part, Table):
            draft.blocks += _table_with_lines_above(part, draft.blocks)
        else:
            draft.blocks += _blocks(part)
    if not draft.blocks and not draft.title:
        raise Problem("page_without_text", file=file)
    if not draft.blocks:
        draft.blocks = [Block(BlockKind.PARAGRAPH, draft.title)]
    if not draft.title:
        draft.title = _labelled_title(draft.blocks) or _title_from_blocks(draft.blocks) or title.strip()
    return draft


def _title_places(parts: Sequence[Part]) -> list[int]:
    """Where the paragraphs in a title's style stand: the first, and those right after it that go on with it."""
    places: list[int] = []
    for at, part in enumerate(parts[:_TITLE_AMONG]):
        if isinstance(part, Paragraph) and part.is_title and (not places or at == places[-1] + 1):
            places.append(at)
    return places


def _labelled_title(blocks: list[Block]) -> str:
    """The title that one of the first lines names as such ("标题：…")."""
    matches = (_LABELLED_TITLE.match(block.text) for block in blocks[:_TITLE_AMONG])
    return next((match.group(1).strip() for match in matches if match), "")


def _title_from_blocks(blocks: list[Block]) -> str:
    """The title by its place: a heading that all begins with, or a short first line."""
    first = blocks[0]
    is_heading = first.kind is BlockKind.HEADING
    is_line = first.kind is BlockKind.PARAGRAPH and len(blocks) > 1 and could_be_title(first.text)
    is_line = is_line and not _LABELLED.match(first.text)
    return blocks.pop(0).text if (is_heading and len(blocks) > 1) or is_line else ""


def _lines_of(part: Part) -> list[str]:
    return part.lines() if isinstance(part, Paragraph) else []


def _one_line(lines: Sequence[str]) -> str:
    joined = ""
    for line in lines:
        joined = glue(joined, line) if joined else line
    return joined


def _blocks(part: Paragraph) -> list[Block]:
    lines = part.lines()
    if not lines:
        return []
    heading = _one_line(lines)
    if part.level and len(heading) <= _LONGEST_HEADING and not heading.endswith(_SENTENCE_END):
        return [Block(BlockKind.HEADING, heading, min(part.level, _DEEPEST) + 1)]
    kind = BlockKind.ITEM if part.is_item else BlockKind.PARAGRAPH
    return [Block(kind, line) for line in lines]


def _table_with_lines_above(table: Table, above: list[Block]) -> list[Block]:
    """The blocks of a table; its unit and caption are taken from the lines before it, but never the first line."""
    table = replace(table)
    taken = []
    while len(above) > 1 and above[-1].kind is BlockKind.PARAGRAPH and above[-1].table is None:
        line = above[-1].text
        if not table.unit and (unit := unit_in(line)):
            table.unit = unit
        elif not table.caption and len(line) <= _LONGEST_CAPTION and _CAPTION.match(line):
            table.caption = line
        else:
            break
        taken.append(above.pop())
    if not table.unit and (named := _UNIT_IN_CAPTION.search(table.caption)):
        table.unit = named.group(1)
    blocks = table_blocks(table)
    if not blocks:
        above += reversed(taken)
        heads = [cell for row in table.cells for cell in dict.fromkeys(row) if cell.strip()]
        return [Block(BlockKind.PARAGRAPH, " ".join(cell.split())) for cell in heads]
    return blocks


def _with_headings_by_looks(parts: list[Part]) -> list[Part]:
    """In a document without marked headings, short bold or larger lines between paragraphs of text are headings.

    Only after the first paragraph of running text: the lines above it are the document's own head.
    """
    if any(isinstance(part, Paragraph) and part.level for part in parts):
        return parts
    usual = _usual_size(parts)
    sizes: dict[float, None] = {}
    result: list[Part] = []
    text_seen = False
    for at, part in enumerate(parts):
        if isinstance(part, Paragraph) and text_seen and _is_heading_by_looks(part, usual):
            after = next(
                (each for each in parts[at + 1 :] if _lines_of(each) or isinstance(each, Table)), None
            )
            if after is not None and not (isinstance(after, Paragraph) and after.bold and part.bold):
                sizes.setdefault(part.size)
                part = replace(part, level=1)
        elif isinstance(part, Paragraph) and _is_running_text(part.text):
            text_seen = True
        result.append(part)
    ranks = {size: rank for rank, size in enumerate(sorted(sizes, reverse=True), start=1)}
    return [
        replace(part, level=ranks[part.size]) if isinstance(part, Paragraph) and part.level else part
        for part in result
    ]


def _is_running_text(text: str) -> bool:
    return len(text) > _LONGEST_BY_LOOKS or (
        len(text) > _LONGEST_BY_LOOKS // 2 and text.rstrip().endswith("。")
    )


def _usual_size(parts: Sequence[Part]) -> float:
    counts: Counter[float] = Counter()
    for part in parts:
        if isinstance(part, Paragraph) and part.size:
            counts[part.size] += len(part.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def _is_heading_by_looks(part: Paragraph, usual: float) -> bool:
    lines = part.lines()
    return (
        len(lines) == 1
        and len(lines[0]) <= _LONGEST_BY_LOOKS
        and not part.is_item
        and not _NO_HEADING.search(lines[0])
        and sum(sign.isalpha() for sign in lines[0]) >= 2
        and (part.bold or (usual > 0 and part.size >= usual + 1))
    )
