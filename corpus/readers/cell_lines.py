"""Tables of formats that write a table as lines which end a cell or a row (.doc, .rtf)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.grid import Cell
from corpus.readers.flow import Paragraph, Part, Rows, parts_of_table

COVERED, FIRST = "covered", "first"
_NEAR = 15


@dataclass(frozen=True)
class RowShape:
    """The edges of a row's cells in twentieths of a point, and how cells are merged.

    `across` says of each cell whether it goes on with the cell left of it, `down` whether it goes on with the one
    above (`COVERED`) or begins one that goes on below (`FIRST`).
    """

    bounds: tuple[int, ...] = ()
    across: tuple[bool, ...] = ()
    down: tuple[str, ...] = ()
    is_head: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph with what hangs on it, and what it is in a table: `depth` counts the tables that it stands in."""

    paragraph: Paragraph
    after: tuple[Part, ...] = ()
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    shape: RowShape = RowShape()


def with_tables(lines: list[Line], depth: int = 1) -> Iterator[Part]:
    """Paragraphs, and the tables that the lines of a depth make together."""
    at = 0
    while at < len(lines):
        if lines[at].depth < depth:
            yield lines[at].paragraph
            yield from lines[at].after
            at += 1
            continue
        first = at
        while at < len(lines) and lines[at].depth >= depth:
            at += 1
        yield from _table(lines[first:at], depth)


def _table(lines: list[Line], depth: int) -> list[Part]:
    """The table of lines in cells; lines of a greater depth are tables inside a cell."""
    rows: list[tuple[list[list[Part]], RowShape]] = []
    row: list[list[Part]] = []
    inside: list[Part] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.depth > depth:
            first = at
            while at < len(lines) and lines[at].depth > depth:
                at += 1
            inside += _table(lines[first:at], depth + 1)
            continue
        at += 1
        inside += [*([line.paragraph] if line.paragraph.text else []), *line.after]
        if line.ends_row:
            rows.append(([*row, inside] if inside else row, line.shape))
            row, inside = [], []
        elif line.ends_cell:
            row.append(inside)
            inside = []
    if row or inside:
        rows.append(([*row, inside] if inside else row, RowShape()))
    placed, heads = _placed(rows)
    return parts_of_table(placed, heads)


def _placed(rows: list[tuple[list[list[Part]], RowShape]]) -> tuple[Rows, int]:
    """The cells of rows with the columns and rows that they cover, and the number of head rows."""
    edges = _columns([shape for _, shape in rows])
    placed: Rows = []
    open_cells: dict[int, tuple[int, int]] = {}
    heads = 0
    for number, (cells, shape) in enumerate(rows):
        heads += shape.is_head and heads == number
        line: list[tuple[Cell, list[Part]]] = []
        for place, inside in enumerate(cells):
            wide, column = _covered(shape.bounds, edges, place)
            down = shape.down[place] if place < len(shape.down) else ""
            if line and place < len(shape.across) and shape.across[place]:
                before, parts = line[-1]
                line[-1] = (Cell("", before.columns + wide), parts + inside)
            elif down == COVERED and column in open_cells:
                top, at = open_cells[column]
                cell, parts = placed[top][at]
                placed[top][at] = (Cell("", cell.columns, number - top + 1), parts)
            else:
                open_cells.pop(column, None)
                if down == FIRST:
                    open_cells[column] = (number, len(line))
                line.append((Cell("", wide), inside))
        placed.append(line)
    return placed, heads


def _columns(shapes: list[RowShape]) -> list[int]:
    """The edges of a table's columns: those of all rows, near ones as one."""
    edges: list[int] = []
    for bound in sorted({bound for shape in shapes for bound in shape.bounds}):
        if not edges or bound - edges[-1] > _NEAR:
            edges.append(bound)
    return edges


def _covered(bounds: tuple[int, ...], edges: list[int], place: int) -> tuple[int, int]:
    """How many columns a cell covers, and the first of them."""
    if place + 1 >= len(bounds):
        return 1, place
    first, last = (
        min(range(len(edges)), key=lambda number: abs(edges[number] - bound))
        for bound in bounds[place : place + 2]
    )
    return max(1, last - first), first
