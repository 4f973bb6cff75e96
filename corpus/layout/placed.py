"""A table in its place on the pages, and the blocks that it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.block import Block, BlockKind, Mark, printed_length
from corpus.layout.grid import Grid
from corpus.layout.heads import goes_on_above, has_figures, head_columns, head_rows
from corpus.layout.page import Page
from corpus.table import Table, table_blocks


@dataclass
class PlacedTable:
    """A table with its place: the page, the grid in points, and the place of every cell of every row."""

    table: Table
    page: Page
    grid: Grid
    rows: list[list[Mark | None]] = field(default_factory=list)
    last_page: int = 0

    def blocks(self) -> list[Block]:
        """A line for every row below the heads, each cell with its place."""
        cells = self.table.cells
        starts = [
            0,
            *(row for row in range(self.table.head_rows + 1, len(cells)) if self._changes_heads(row)),
        ]
        found: list[Block] = []
        for start, end in zip(starts, [*starts[1:], len(cells)], strict=True):
            found += self._part(start, end)
        return found

    def _changes_heads(self, row: int) -> bool:
        """Whether new names of the columns stand in `row`, under an empty first cell and above figures."""
        cells = self.table.cells
        if row + 1 >= len(cells) or not has_figures(cells[row + 1]):
            return False
        above = cells[self.table.head_rows - 1][1:] if self.table.head_rows else []
        if len(above) > 1 and all(above) and cells[row][1:] == above:
            return True
        return goes_on_above(cells[row]) and any(
            has_figures(each) for each in cells[self.table.head_rows : row]
        )

    def _part(self, first: int, last: int) -> list[Block]:
        """The blocks of the rows `first` to `last` as a table."""
        whole = first == 0 and last == len(self.table.cells)
        cells = self.table.cells[first:last]
        spans = {
            (row - first, column): size
            for (row, column), size in self.table.spans.items()
            if first <= row and row + size[0] <= last
        }
        rows = self.table.head_rows if whole else head_rows(cells, spans) or int(first > 0)
        table = Table(
            cells, rows, head_columns(cells, spans, rows), self.table.caption, self.table.unit, spans
        )
        blocks = [block for block in table_blocks(table) if block.kind is BlockKind.TABLE_ROW]
        if not blocks:
            table.head_rows = 0
            blocks = [block for block in table_blocks(table) if block.kind is BlockKind.TABLE_ROW]
        for block in blocks:
            block.marks = self._marks(block, first)
        return blocks

    def _marks(self, block: Block, first: int) -> list[Mark]:
        """The places of a row's cells, each at the cell's beginning in the row's line."""
        marks: list[Mark] = []
        position = 0
        for column, mark in enumerate(self.rows[first + block.row]):
            cell = " ".join(self.table.cells[first + block.row][column].split())
            at = block.text.find(cell, position) if cell and mark is not None else -1
            if mark is not None and at >= 0:
                marks.append(Mark(printed_length(block.text[:at]), mark.page, mark.box, mark.confidence))
                position = at + len(cell)
        if marks and marks[0].at:
            marks[0] = Mark(0, marks[0].page, marks[0].box, marks[0].confidence)
        return marks
