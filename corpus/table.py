"""Rows of a table as lines that can be quoted by themselves: every value keeps its column's head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.block import Block, BlockKind, Mark

BETWEEN_CELLS = " | "
_YEARS = re.compile(r"(?:19|20)\d{2}")
_HEAD_JOIN = "·"
_UNIT = re.compile(r"[（(]?(?:计量)?单位[:：]")
_SPACES = re.compile(r"\s+")
_FIGURE = re.compile(r"^[-+−]?[\d,，.]+\s*[%％‰]?$")


@dataclass
class Table:
    """A table as printed: a grid of cells, of which the first rows and columns may be heads.

    A cell that spans several places stands in each of them in `cells`; `spans` tells the rows and columns that it
    covers by its first place, so that it can be drawn as one. `caption` is the line that names the table ("表2
    主要指标"), `unit` what its figures are counted in ("亿元").
    """

    cells: list[list[str]]
    head_rows: int = 1
    head_columns: int = 1
    caption: str = ""
    unit: str = ""
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def heads(self) -> list[str]:
        """The head of every column; several head rows as one ("2024年·营收"), a repeated cell once."""
        rows = self.cells[: self.head_rows]
        heads = []
        for column in range(max(map(len, rows), default=0)):
            parts: list[str] = []
            for row in rows:
                cell = _one_line(row[column]).rstrip("：:") if column < len(row) else ""
                if cell and (not parts or parts[-1] != cell):
                    parts.append(cell)
            heads.append(_HEAD_JOIN.join(parts))
        return heads

    def line(self, row: int) -> str:
        """A row below the heads as a line that can be quoted by itself: "地区：上海 | 营收：4800亿元"."""
        return self.lines(range(row, row + 1))[0]

    def lines(self, rows: range) -> list[str]:
        """The lines of some rows below the heads, one a row; empty for a row that holds nothing."""
        covered = covered_places(self.spans)
        return [
            self._line(row, heads, covered) for row, heads in zip(rows, self._heads_for(rows), strict=True)
        ]

    def _heads_for(self, rows: range) -> Iterator[list[str]]:
        """The heads in force for each of some rows: those of the table, or of a later row that names columns anew."""
        heads = self.heads()
        for row in range(min(self.head_rows, rows.start), rows.stop):
            if row >= self.head_rows and _names_columns_anew(self.cells[row], heads):
                heads = [_one_line(cell) for cell in self.cells[row]]
            if row >= rows.start:
                yield heads

    def _line(self, row: int, heads: list[str], covered: set[tuple[int, int]]) -> str:
        if self.spans.get((row, 0), (1, 1))[1] >= len(self.cells[row]) > 1:
            return _one_line(self.cells[row][0])  # a row over the whole width names the rows below it
        parts: list[str] = []
        cells = [_one_line(cell) for cell in self.cells[row]]
        for column, cell in enumerate(cells):
            head = heads[column] if column < len(heads) else ""
            shown_again = column and cell == cells[column - 1] and (row, column) in covered
            if cell and not shown_again:
                parts.append(f"{head}：{cell}" if head and head != cell and not _UNIT.match(cell) else cell)
        return BETWEEN_CELLS.join(parts)


def _names_columns_anew(cells: list[str], heads: list[str]) -> bool:
    """Whether a row below the heads begins as they do and names other columns: "指标 | 1-4月 | 增长（%）" below "指标 | 4月末 | 比年初增减"."""
    row = [_one_line(cell) for cell in cells]
    begins_alike = bool(heads and row) and _SPACES.sub("", row[0]) == _SPACES.sub("", heads[0]) != ""
    return begins_alike and row != heads and not any(is_figure(cell) for cell in row)


def covered_places(spans: Mapping[tuple[int, int], tuple[int, int]]) -> set[tuple[int, int]]:
    """The places right of a cell that spans them, in the row where it begins."""
    return {
        (row, column + more) for (row, column), (_, columns) in spans.items() for more in range(1, columns)
    }


def table_blocks(table: Table, marks: Sequence[Sequence[Mark]] = ()) -> list[Block]:
    """The blocks of a table: its caption and unit as a paragraph, and every row below the heads as a line.

    Args:
        table: The table.
        marks: For every row of the grid the marks of its line, where the original has pages.

    Returns:
        Blocks; none where no row below the heads holds anything.
    """
    below = range(table.head_rows, len(table.cells))
    rows = [
        Block(
            BlockKind.TABLE_ROW,
            line,
            marks=list(marks[row]) if row < len(marks) else [],
            table=table,
            row=row,
        )
        for row, line in zip(below, table.lines(below), strict=True)
        if line
    ]
    if not rows:
        return []
    unit = f"单位：{table.unit}" if table.unit and table.unit not in table.caption else ""
    above = "　".join(part for part in (table.caption, unit) if part)
    return [*([Block(BlockKind.PARAGRAPH, above)] if above else []), *rows]


def table_of_rows(rows: list[list[str]], *, caption: str = "", unit: str = "") -> Table:
    """A table of plain rows: its first row is the heads where it looks like them."""
    filled = [[_one_line(cell) for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    headed = len(filled) >= 2 and looks_like_heads(filled[0])
    return Table(filled, head_rows=1 if headed else 0, caption=caption, unit=unit)


def rows_with_heads(rows: list[list[str]]) -> list[str]:
    """A line for every row below the heads ("地区：上海 | 营收：4800亿元"); empty cells are left out.

    The first row is the heads when it has at least two cells and no figures; a table without heads
    gives its cells alone.
    """
    rows = [[_one_line(cell) for cell in row] for row in rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        return []
    heads = rows[0]
    if len(rows) < 2 or not looks_like_heads(heads):
        return [BETWEEN_CELLS.join(cell for cell in row if cell) for row in rows]
    lines = []
    for row in rows[1:]:
        padded = [*heads, *[""] * (len(row) - len(heads))]
        cells = [f"{head}：{cell}" if head else cell for head, cell in zip(padded, row, strict=False) if cell]
        lines.append(BETWEEN_CELLS.join(cells))
    return lines


def looks_like_heads(row: list[str]) -> bool:
    """Whether a row names columns: two cells and more, most of them filled, none a bare figure."""
    filled = [cell for cell in row if cell.strip()]
    return (
        len(filled) >= 2
        and len(filled) * 2 >= len(row)
        and all(len(cell) <= 40 and not is_figure(cell.strip()) for cell in filled)
    )


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure alone, a percentage perhaps, and no unit."""
    return bool(_FIGURE.match(cell))


def is_row(line: str) -> bool:
    """Whether a line of an article is a row of a table, as the readers write them."""
    return BETWEEN_CELLS in line


def is_head_row(row: str) -> bool:
    """Whether a row of an article names columns: no figures but years, and no cell that carries its own head."""
    cells = row.split(BETWEEN_CELLS)
    return (
        looks_like_heads(cells)
        and not re.search(r"\d", _YEARS.sub("", row))
        and not all("：" in cell for cell in cells)
    )


def head_above(text: str, position: int, lead: str = "") -> str:
    """The head of the table whose row begins at `position` of `text`, empty where it is no row of one.

    `lead` is the head of a table that goes on at the beginning of `text`.
    """
    line_end = text.find("\n", position)
    if not is_row(text[position : line_end if line_end >= 0 else len(text)]):
        return ""
    first = text[position:].split("\n", 1)[0]
    for line in reversed(text[:position].splitlines()):
        if not is_row(line):
            break
        first = line
    else:
        heads = [line for line in lead.split("\n") if is_row(line)]
        if heads:
            return heads[0]
    return first if is_head_row(first) else ""


def cells_with_heads(row: str, head: str) -> str:
    """A row with its columns' heads before the cells: "时段：2026年4月；同比：增长6.0%"; as it is where they differ in number."""
    cells, heads = row.split(BETWEEN_CELLS), head.split(BETWEEN_CELLS)
    if len(cells) != len(heads):
        return row
    return "；".join(
        f"{name.strip()}：{cell.strip()}"
        for name, cell in zip(heads, cells, strict=True)
        if cell.strip(" —-")
    )


def _one_line(cell: str) -> str:
    return " ".join(str(cell).split()).replace(BETWEEN_CELLS, " / ")
