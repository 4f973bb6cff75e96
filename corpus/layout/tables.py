"""The tables of a document's pages: found, named by the lines above them, joined over page borders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.layout.heads import head_columns, head_rows, is_caption, unit_in
from corpus.layout.page import Line, Page
from corpus.layout.ruled import PlacedTable, ruled_tables

_LINES_ABOVE = 3
_SAME_EDGE = 8.0
Body = list["Line | PlacedTable"]


def bodies_of(pages: Sequence[Page]) -> list[Body]:
    """For every page its lines in order, with the tables in the places of their words."""
    bodies = [_body(page) for page in pages]
    _join_over_pages(bodies)
    return bodies


def _body(page: Page) -> Body:
    tables = ruled_tables(page)
    body: Body = []
    placed: set[int] = set()
    for line in page.lines:
        inside = _tables_of(line, tables, page)
        rest = [word for word, table in zip(line.words, inside, strict=True) if table is None]
        for table in inside:
            if table is not None and id(table) not in placed:
                placed.add(id(table))
                body.append(table)
        if not line.words or len(rest) == len(line.words):
            body.append(line)
        elif rest:
            body.append(_of_words(line, rest))
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


def _of_words(line: Line, words: Sequence) -> Line:
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
    """Caption and unit from the lines just above a table."""
    table = placed.table
    edge = placed.grid.ys[0] / placed.page.height
    for item in reversed(before[-_LINES_ABOVE:]):
        if not isinstance(item, Line) or not 0 <= edge - item.bottom + item.size < 4 * item.size:
            break
        unit = unit_in(item.text)
        if unit and len(item.text) < 40:
            table.unit = table.unit or unit
        elif is_caption(item.text):
            table.caption = item.text
            break
        else:
            break
        edge = item.top


def _join_over_pages(bodies: Sequence[Body]) -> None:
    """A table that goes on at the top of the next page becomes one with its beginning."""
    last: PlacedTable | None = None
    for body in bodies:
        if last is not None and body and isinstance(body[0], PlacedTable) and _goes_on(last, body[0]):
            _append(last, body[0])
            body.pop(0)
            if not body:
                continue
        last = body[-1] if body and isinstance(body[-1], PlacedTable) else None


def _goes_on(before: PlacedTable, after: PlacedTable) -> bool:
    if after.page.number != before.last_page + 1 or after.table.caption:
        return False
    xs, others = before.grid.xs, after.grid.xs
    return len(xs) == len(others) and all(
        abs(a / before.page.width - b / after.page.width) * after.page.width <= _SAME_EDGE
        for a, b in zip(xs, others, strict=True)
    )


def _append(before: PlacedTable, after: PlacedTable) -> None:
    """Set the rows of `after` under those of `before`, without the heads that it repeats."""
    above, below = before.table, after.table
    repeated = 0
    for row, head in zip(below.cells, above.cells[: above.head_rows], strict=False):
        if row != head:
            break
        repeated += 1
    shift = len(above.cells) - repeated
    above.cells += below.cells[repeated:]
    before.rows += after.rows[repeated:]
    above.spans |= {
        (row + shift, column): size for (row, column), size in below.spans.items() if row >= repeated
    }
    before.last_page = after.page.number
    if not above.head_rows:
        above.head_rows = head_rows(above.cells, above.spans)
        above.head_columns = head_columns(above.cells, above.spans, above.head_rows)
