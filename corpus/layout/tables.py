"""The tables of a document's pages: found, named by the lines above them, joined over page borders."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.block import Mark
from corpus.layout.cells import is_figure
from corpus.layout.heads import head_columns, head_rows, is_caption, unit_in
from corpus.layout.open_tables import open_tables
from corpus.layout.page import Line, Page, Word, glue
from corpus.layout.page_borders import parted_rows, rows_after, rows_before
from corpus.layout.placed import PlacedTable
from corpus.layout.ruled import ruled_tables

_LINES_ABOVE = 3
_SAME_EDGE = 8.0
Body = list["Line | PlacedTable"]


def bodies_of(pages: Sequence[Page]) -> list[Body]:
    """For every page its lines in order, with the tables in the places of their words."""
    bodies = [_body(page) for page in pages]
    _take_rows_at_borders(bodies, pages)
    _join_over_pages(bodies)
    return bodies


def _body(page: Page) -> Body:
    tables = ruled_tables(page)
    rest = [line for line in page.lines if not any(_tables_of(line, tables, page))]
    tables += open_tables(page, rest)
    body: Body = []
    placed: set[int] = set()
    for line in page.lines:
        inside = _tables_of(line, tables, page)
        outside = [word for word, table in zip(line.words, inside, strict=True) if table is None]
        for table in inside:
            if table is not None and id(table) not in placed:
                placed.add(id(table))
                body.append(table)
        if not line.words or len(outside) == len(line.words):
            body.append(line)
        elif outside:
            body.append(_of_words(line, outside))
    for number, item in enumerate(body):
        if isinstance(item, PlacedTable):
            _name(item, body[:number])
    return body


def _tables_of(line: Line, tables: Sequence[PlacedTable], page: Page) -> list[PlacedTable | None]:
    return [
        next(
            (
                table
                for table in tables
                if table.grid.holds((word.left + word.right) / 2 * page.width, word.middle * page.height)
            ),
            None,
        )
        for word in line.words
    ]


def _of_words(line: Line, words: Sequence[Word]) -> Line:
    return replace(
        line,
        text=" ".join(word.text for word in words),
        left=min(word.left for word in words),
        right=max(word.right for word in words),
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
        words=tuple(words),
    )


def _name(placed: PlacedTable, before: Sequence[Line | PlacedTable]) -> None:
    """Caption and unit from the lines just above a table; the unit of the table above in the same frame."""
    table = placed.table
    edge = placed.grid.ys[0] / placed.page.height
    for item in reversed(before[-_LINES_ABOVE:]):
        if isinstance(item, PlacedTable):
            if not table.unit and abs(item.grid.xs[0] - placed.grid.xs[0]) < _SAME_EDGE:
                table.unit = item.table.unit
            break
        if not 0 <= edge - item.bottom + item.size < 4 * item.size:
            break
        unit = unit_in(item.text)
        if unit and len(item.text) < 40:
            table.unit = table.unit or unit
        elif is_caption(item.text) and not table.caption:
            table.caption = item.text
        else:
            break
        edge = item.top


def _take_rows_at_borders(bodies: Sequence[Body], pages: Sequence[Page]) -> None:
    """Rows that are too few to be a table by themselves become the end or the beginning of the one they belong to."""
    for (above, below), (upper, lower) in zip(pairwise(bodies), pairwise(pages), strict=True):
        if not above or not below:
            continue
        last, first = above[-1], below[0]
        before, after = None, None
        if isinstance(last, PlacedTable) and isinstance(first, Line):
            after = rows_after(last, below, lower)
        elif isinstance(last, Line) and isinstance(first, PlacedTable):
            before = rows_before(above, first, upper)
        elif isinstance(last, Line) and isinstance(first, Line):
            before, after = parted_rows(above, below, upper, lower) or (None, None)
        if after:
            below[:] = [after[0], *_without(below, after[1])]
        if before:
            above[:] = [*_without(above, before[1]), before[0]]
            _name(before[0], above[:-1])


def _without(body: Body, lines: Sequence[Line]) -> Body:
    gone = {id(line) for line in lines}
    return [item for item in body if id(item) not in gone]


def _join_over_pages(bodies: Sequence[Body]) -> None:
    """A table that goes on at the top of the next page becomes one with its beginning."""
    last: PlacedTable | None = None
    for body in bodies:
        first = body[0] if body else None
        if last is not None and isinstance(first, PlacedTable) and _goes_on(last, first):
            _append(last, first)
            body.pop(0)
            if not body:
                continue
        last = body[-1] if body and isinstance(body[-1], PlacedTable) else None


def _goes_on(before: PlacedTable, after: PlacedTable) -> bool:
    if after.page.number != before.last_page + 1 or after.table.caption:
        return False
    return _columns(before, after) is not None


def _columns(before: PlacedTable, after: PlacedTable) -> list[int] | None:
    """For every column of `after` the column of `before` in the same place; None where they are another table's."""
    if before.is_open and after.is_open:
        return _open_columns(before, after)
    edges = [x / before.page.width for x in before.grid.xs]
    columns = []
    for x in after.grid.xs:
        near = [
            n
            for n, edge in enumerate(edges)
            if abs(edge - x / after.page.width) * after.page.width <= _SAME_EDGE
        ]
        if not near:
            return None
        columns.append(near[0])
    if columns[0] != 0 or columns[-1] != len(edges) - 1 or len(set(columns)) < len(columns):
        return None
    return columns[:-1]


def _open_columns(before: PlacedTable, after: PlacedTable) -> list[int] | None:
    """The columns where no rules draw them: as many, each in the place of the one above."""
    if len(before.grid.xs) != len(after.grid.xs):
        return None
    above, below = list(pairwise(before.grid.xs)), list(pairwise(after.grid.xs))
    fits = all(a < (c + d) / 2 < b for (a, b), (c, d) in zip(above, below, strict=True))
    return list(range(len(above))) if fits else None


def _append(before: PlacedTable, after: PlacedTable) -> None:
    """Set the rows of `after` under those of `before`, without the heads that it repeats."""
    columns = _columns(before, after) or []
    above, width = before.table, len(before.grid.xs) - 1
    cells = [[""] * width for _ in after.table.cells]
    marks: list[list[Mark | None]] = [[None] * width for _ in after.table.cells]
    for number, found in enumerate(after.table.cells):
        for column, cell in zip(columns, found, strict=True):
            cells[number][column] = cell
            marks[number][column] = after.rows[number][columns.index(column)]
    repeated = 0
    for row, head in zip(cells, above.cells[: above.head_rows], strict=False):
        if list(map(_flat, row)) != list(map(_flat, head)):
            break
        repeated += 1
    if not repeated and cells and _is_rest_of_row(above.cells, cells):
        for column, cell in enumerate(cells[0]):
            if cell:
                above.cells[-1][column] = glue(above.cells[-1][column], cell)
        repeated = 1
    shift = len(above.cells) - repeated
    above.cells += cells[repeated:]
    before.rows += marks[repeated:]
    above.spans |= {
        (row + shift, columns[column]): size
        for (row, column), size in after.table.spans.items()
        if row >= repeated
    }
    before.last_page = after.page.number
    if not above.head_rows:
        above.head_rows = head_rows(above.cells, above.spans)
        above.head_columns = head_columns(above.cells, above.spans, above.head_rows)


def _flat(cell: str) -> str:
    """A cell as it is compared: recognition gives the same head with other spaces and brackets on the next page."""
    return "".join(unicodedata.normalize("NFKC", cell).split())


def _is_rest_of_row(above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first row after a page border is the rest of the row before it: words without figures."""
    first, last = below[0], above[-1]
    others = [*above[-3:-1], *below[1:3]]
    usual = sum(any(is_figure(cell) for cell in row) for row in others)
    return (
        sum(bool(cell) for cell in first) < len(first)
        and not any(is_figure(cell) for cell in first)
        and any(is_figure(cell) for cell in last)
        and usual * 2 > len(others)
    ) or (not first[0] and 0 < sum(bool(cell) for cell in first) * 3 <= len(first))
