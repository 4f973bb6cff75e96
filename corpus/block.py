"""What a reader hands on before an article is assembled: drafts made of blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class BlockKind(str, Enum):
    """How a block was set in its file."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE_ROW = "table_row"


@dataclass
class Block:
    """A heading, a paragraph, a list item or a table row; `level` counts for headings only (1 outermost)."""

    kind: BlockKind
    text: str
    level: int = 0


@dataclass
class Draft:
    """One article as read from a file, before repair: its fields as found and its blocks in order."""

    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
