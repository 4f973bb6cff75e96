"""What a reader hands on before an article is assembled: drafts made of blocks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.table import Table

Box = tuple[float, float, float, float]
"""Left, top, right and bottom as shares (0 to 1) of the page's width and height, from its top left corner."""


class BlockKind(str, Enum):
    """How a block was set in its file."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE_ROW = "table_row"


@dataclass(frozen=True)
class Mark:
    """Where a stretch of a block stands in the printed original: a line of a page, or a cell.

    `at` counts the block's characters before it that are no white space, so that it survives the repair of
    spaces; `page` counts from 1; `confidence` (0 to 1) is that of character recognition, 1 for digital text.
    """

    at: int
    page: int
    box: Box | None = None
    confidence: float = 1.0


@dataclass
class Block:
    """A heading, a paragraph, a list item or a table row.

    `level` counts for headings only (1 outermost). A row of a table that was read as a table names it in `table`,
    and its place in the table's grid in `row`; all rows of one table share one `Table` object.
    """

    kind: BlockKind
    text: str
    level: int = 0
    marks: list[Mark] = field(default_factory=list)
    table: Table | None = None
    row: int = 0

    def with_text(self, text: str) -> Block:
        """The same block with another text."""
        return replace(self, text=text)

    def after(self, before: str, text: str) -> Block:
        """The rest of the block, `text`, whose beginning, `before`, has become a block of its own."""
        gone = printed_length(before)
        return replace(
            self, text=text, marks=[replace(mark, at=max(0, mark.at - gone)) for mark in self.marks]
        )

    def followed_by(self, after: Block, text: str) -> Block:
        """This block and the one after it as one, whose text is `text`."""
        shift = printed_length(self.text)
        moved = [replace(mark, at=mark.at + shift) for mark in after.marks]
        return replace(self, text=text, marks=[*self.marks, *moved])


@dataclass
class Draft:
    """One article as read from a file, before repair: its fields as found and its blocks in order."""

    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)


def printed_length(text: str) -> int:
    """How many characters of `text` are no white space: what `Mark.at` counts."""
    return len("".join(text.split()))
