"""Tables without upright rules: columns by the white between them, rows by printed lines or level rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.layout.cells import Filled, Piece, filled, is_figure
from corpus.layout.grid import Grid, Stroke, merged
from corpus.layout.page import Line, Page
from corpus.layout.placed import PlacedTable
from corpus.layout.ruled import table_of_cells

_BETWEEN_CHUNKS = 0.9
"""White of so many characters parts the cells of a row."""
_LEAST_ROWS = 3
_FAR = 2.6
_LEFT_HEAD = 0.8
_FAR_ROWS = 3.6
_CROSSED = 0.12
_LONGEST_CELL = 30
_WIDEST_CHUNK = 0.6
_RULE_EDGE = 8.0
_SHORTEST_RULE = 30.0
_MOST_HEAD_ROWS = 3


@dataclass
class Row:
    """A printed line of a page in chunks that white parts, in points."""

    chunks: list[Piece]

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return median(chunk.middle for chunk in self.chunks)

    @property
    def size(self) -> float:
        """The height of its type."""
        return max(chunk.bottom - chunk.top for chunk in self.chunks)

    @property
    def is_tabular(self) -> bool:
        """Whether it holds cells: two chunks and more, none as long as a line of prose, no dotted leader."""
        return len(self.chunks) >= 2 and all(
            len(chunk.text) <= _LONGEST_CELL and "...." not in chunk.text and "……" not in chunk.text
            for chunk in self.chunks
        )


def open_tables(page: Page, lines: Sequence[Line]) -> list[PlacedTable]:
    """The tables among `lines`, which stand in no ruled table."""
    rows = rows_of(page, lines)
    strokes = merged(
        [(r.at * page.height, r.start * page.width, r.end * page.width) for r in page.rules if r.level]
    )
    strokes = [stroke for stroke in strokes if stroke[2] - stroke[1] >= _SHORTEST_RULE]
    found = []
    for block in _blocks(rows):
        found += _tables(block, strokes, page, lines)
    return found


def rows_of(page: Page, lines: Sequence[Line]) -> list[Row]:
    """The printed lines of a page from above, each in chunks."""
    pieces = [
        Piece(
            word.text, word.left * page.width, word.right * page.width,
            word.top * page.height, word.bottom * page.height, line.confidence,
        )
        for line in lines
        for word in line.words
    ]  # fmt: skip
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        last = rows[-1] if rows else None
        if last and abs(piece.middle - last[0].middle) < 0.4 * min(
            piece.bottom - piece.top, last[0].bottom - last[0].top
        ):
            last.append(piece)
        else:
            rows.append([piece])
    return [Row(_chunks(row)) for row in rows]


def _chunks(pieces: Sequence[Piece]) -> list[Piece]:
    chunks: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        last = chunks[-1] if chunks else None
        em = min(piece.bottom - piece.top, last.bottom - last.top) if last else 0.0
        if last and piece.left - last.right < _BETWEEN_CHUNKS * em:
            chunks[-1] = replace(
                last,
                text=f"{last.text} {piece.text}",
                right=max(last.right, piece.right),
                top=min(last.top, piece.top),
                bottom=max(last.bottom, piece.bottom),
            )
        else:
            chunks.append(piece)
    return chunks


def _blocks(rows: Sequence[Row]) -> list[list[Row]]:
    """Runs of rows that follow each other closely, with cells in most of them."""
    return [trimmed for block in runs_of(rows) if len(trimmed := _trimmed(block)) >= 2]


def runs_of(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that follow each other closely and may be those of one table, from the first with cells on."""
    blocks: list[list[Row]] = []
    current: list[Row] = []
    for row in rows:
        far = _FAR_ROWS if row.is_tabular and _ends_with_cells(current) else _FAR
        near = current and row.middle - current[-1].middle < far * max(row.size, current[-1].size)
        lonely = not row.is_tabular and (len(row.chunks) > 1 or len(row.chunks[0].text) > _LONGEST_CELL)
        if current and (not near or lonely):
            blocks.append(current)
            current = []
        if not lonely and (current or row.is_tabular):
            current.append(row)
    return [*blocks, current] if current else blocks


def _ends_with_cells(rows: Sequence[Row]) -> bool:
    """Whether the last of some rows holds cells, or is the second line of a cell behind the first column."""
    if not rows or rows[-1].is_tabular or len(rows) < 2 or not rows[-2].is_tabular:
        return bool(rows) and rows[-1].is_tabular
    return rows[-1].chunks[0].left > rows[-2].chunks[0].right


def _trimmed(block: list[Row]) -> list[Row]:
    """Without single chunks at the end."""
    while block and not block[-1].is_tabular:
        block = block[:-1]
    return block


def _tables(
    block: list[Row], strokes: Sequence[Stroke], page: Page, lines: Sequence[Line]
) -> list[PlacedTable]:
    xs = edges_of(block, strokes)
    if not xs:
        return []
    rules = _rules_of(block, strokes, xs)
    ys = _with_head_rows(_row_edges(block, rules, xs), block, strokes, xs)
    if len(ys) < 3:
        return []
    found = []
    whole = [replace(line, words=tuple(replace(word, middles=()) for word in line.words)) for line in lines]
    for first, last in _side_by_side(block, xs):
        grid = Grid(xs[first : last + 1], ys)
        grid.cells = cells_with_spans(grid, block)
        content = filled(grid, page, whole)
        if _is_filled(grid, content):
            found.append(replace(table_of_cells(grid, content, page, lines), is_open=True))
    return found


def edges_of(block: Sequence[Row], strokes: Sequence[Stroke] = ()) -> list[float]:
    """The edges of the columns of printed lines that are a table's; empty where they are none."""
    tabular = [row for row in block if row.is_tabular]
    if len(tabular) < 2 or 2 * len(tabular) < len(block):
        return []
    xs = _edges(tabular)
    rules = _rules_of(block, strokes, xs)
    return xs if len(xs) > 2 and _is_table(_columns(tabular, xs), tabular, rules) else []


def _is_table(columns: Sequence[Sequence[str]], rows: Sequence[Row], rules: Sequence[Stroke]) -> bool:
    """Whether columns that white parts are those of a table: figures under names, or rules above and below."""
    if len(columns) == 2 and not rules:
        return len(rows) >= _LEAST_ROWS and _holds_figures(columns) and _is_list_of_values(columns)
    return len(rules) >= 2 or (len(rows) >= _LEAST_ROWS and _holds_figures(columns))


def _side_by_side(block: Sequence[Row], xs: Sequence[float]) -> list[tuple[int, int]]:
    """First and last edge of every table: two stand side by side where the heads of the first come again."""
    wide = len(xs) - 1
    heads = [column[0] if column else "" for column in _columns(block[:1], xs)]
    half = wide // 2
    if wide % 2 == 0 and half >= 3 and heads[1:half] == heads[half + 1 :] and all(heads[1:half]):
        return [(0, half), (half, wide)]
    return [(0, wide)]


def _edges(rows: Sequence[Row]) -> list[float]:
    """The edges of the columns: the middles of the white that (nearly) no row crosses."""
    most = max(len(row.chunks) for row in rows)
    whole = [row for row in rows if 2 * len(row.chunks) > most] or list(rows)
    places = sorted({edge for row in whole for chunk in row.chunks for edge in (chunk.left, chunk.right)})
    allowed = _CROSSED * len(whole)
    gaps: list[tuple[float, float]] = []
    for a, b in pairwise(places):
        middle = (a + b) / 2
        crossed = sum(any(chunk.left < middle < chunk.right for chunk in row.chunks) for row in whole)
        if crossed <= allowed:
            if gaps and gaps[-1][1] == a:
                gaps[-1] = (gaps[-1][0], b)
            else:
                gaps.append((a, b))
    em = median(row.size for row in rows)
    inner = [(a + b) / 2 for a, b in gaps if b - a >= 0.4 * em and _parts(whole, (a + b) / 2)]
    left = min(chunk.left for row in rows for chunk in row.chunks)
    right = max(chunk.right for row in rows for chunk in row.chunks)
    return [left - 2, *inner, right + 2]


def _parts(rows: Sequence[Row], at: float) -> bool:
    """Whether in half of the rows something stands on both sides."""
    both = sum(
        any(chunk.right <= at for chunk in row.chunks) and any(chunk.left >= at for chunk in row.chunks)
        for row in rows
    )
    return 2 * both >= len(rows)


def _columns(rows: Sequence[Row], xs: Sequence[float]) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in range(len(xs) - 1)]
    for row in rows:
        for chunk in row.chunks:
            number = _column_at(xs, chunk)
            if number is not None:
                columns[number].append(chunk.text)
    return columns


def _holds_figures(columns: Sequence[Sequence[str]]) -> bool:
    """Whether the first column names rows and another one is mostly figures."""
    names = [text for text in columns[0] if not is_figure(text)]
    if 2 * len(names) < len(columns[0]) or not columns[0]:
        return False
    return any(column and 2 * sum(map(is_figure, column)) >= len(column) for column in columns[1:])


def _is_list_of_values(columns: Sequence[Sequence[str]]) -> bool:
    """Whether a second and last column is figures throughout, under its head."""
    return sum(map(is_figure, columns[1])) >= len(columns[1]) - 1


def _rules_of(block: Sequence[Row], strokes: Sequence[Stroke], xs: Sequence[float]) -> list[Stroke]:
    """The level rules over the whole width that belong to a block of rows."""
    top, bottom, size = block[0].middle, block[-1].middle, block[0].size
    return [
        stroke
        for stroke in strokes
        if top - 2 * size < stroke[0] < bottom + 2 * size
        and stroke[1] <= xs[0] + _RULE_EDGE
        and stroke[2] >= xs[-1] - 2 * _RULE_EDGE
        and stroke[2] - stroke[1] < 1.6 * (xs[-1] - xs[0])
    ]


def _row_edges(block: Sequence[Row], rules: Sequence[Stroke], xs: Sequence[float]) -> list[float]:
    """Heights between the rows of the table: level rules where they part all rows, else the printed lines."""
    first = block[0].middle - block[0].size
    last = block[-1].middle + block[-1].size
    inner = [at for at, _, _ in rules if block[0].middle < at < block[-1].middle]
    tabular = sum(row.is_tabular for row in block)
    if len(inner) >= 2 and len(inner) + 1 >= 0.6 * tabular:
        return [first, *inner, last]
    groups = row_groups(block, xs)
    return [first, *((a[-1].middle + b[0].middle) / 2 for a, b in pairwise(groups)), last]


def _with_head_rows(
    ys: list[float], block: Sequence[Row], strokes: Sequence[Stroke], xs: Sequence[float]
) -> list[float]:
    """The rows with the first one cut where a rule under some of its heads parts it."""
    first = [row for row in block if ys[0] <= row.middle < ys[1]]
    for above, below in pairwise(first):
        between = [
            stroke
            for stroke in strokes
            if above.middle < stroke[0] < below.middle and xs[0] - 2 < stroke[1] and stroke[2] < xs[-1] + 8
        ]
        if between:
            return [ys[0], between[0][0], *ys[1:]]
    return ys


def row_groups(block: Sequence[Row], xs: Sequence[float], pitch: float = 0.0) -> list[list[Row]]:
    """Printed lines that make one row: the rest of a name stands closer to its row than the rows do.

    Args:
        block: The printed lines.
        xs: The edges of the columns.
        pitch: How far the rows stand apart, where the lines are too few to tell.

    Returns:
        The lines of each row.
    """
    pitches = [b.middle - a.middle for a, b in pairwise(block) if a.is_tabular and b.is_tabular]
    pitch = median(pitches) if pitches else pitch
    groups: list[list[Row]] = []
    closed = True
    for row in block:
        near = groups and row.middle - groups[-1][-1].middle < 0.8 * pitch
        alone = len(row.chunks) == 1 and row.chunks[0].left < xs[1]
        if groups and near and (alone or not closed or _is_rest_of_names(row, groups[-1][-1], xs)):
            groups[-1].append(row)
            closed = closed or not alone
        else:
            groups.append([row])
            closed = not alone
    return groups


def _is_rest_of_names(row: Row, above: Row, xs: Sequence[float]) -> bool:
    """Whether a printed line holds second lines of some of the names above it: words, each under one of them."""
    names, over = ([_column_at(xs, chunk) for chunk in each.chunks] for each in (row, above))
    words = not any(is_figure(chunk.text) for chunk in row.chunks)
    return words and 0 not in names and len(names) < len(over) and set(names) <= set(over)


def cells_with_spans(grid: Grid, block: Sequence[Row]) -> list[tuple[int, int, int, int]]:
    """The cells of a grid; in the rows at the top a chunk over several columns is one cell."""
    wide, high = len(grid.xs) - 1, len(grid.ys) - 1
    cells: list[tuple[int, int, int, int]] = []
    for r in range(high):
        spans: list[tuple[int, int]] = []
        if r < min(_MOST_HEAD_ROWS, high - 1):
            spans = _spans(grid, _between(grid, block, r), _between(grid, block, r + 1))
        covered = {c for start, end in spans for c in range(start, end)}
        cells += [(r, start, 1, end - start) for start, end in spans]
        cells += [(r, c, 1, 1) for c in range(wide) if c not in covered]
    return sorted(cells)


def _between(grid: Grid, block: Sequence[Row], row: int) -> list[Piece]:
    """The chunks of one row of the grid."""
    top, bottom = grid.ys[row : row + 2]
    return [chunk for each in block if top <= each.middle < bottom for chunk in each.chunks]


def _spans(grid: Grid, chunks: Sequence[Piece], below: Sequence[Piece]) -> list[tuple[int, int]]:
    """The columns that chunks of a head stand over, where they are several."""
    under = {column for chunk in below if (column := _column(grid, chunk)) is not None}
    own = {column: chunk for chunk in chunks if (column := _column(grid, chunk)) is not None}
    if len(own) >= len(under) or any(is_figure(chunk.text) and len(chunk.text) != 4 for chunk in below):
        return _crossing(grid, chunks)
    claims: dict[int, list[int]] = {column: [column] for column in own}
    heads = [column for column in own if column or 0 not in under]
    for column in sorted(under - {0, *own}):
        if heads:
            nearest = min(heads, key=lambda head: _distance(grid, own[head], head, column))
            claims[nearest].append(column)
    spans = sorted((min(columns), max(columns) + 1) for columns in claims.values() if len(columns) > 1)
    return spans if all(a[1] <= b[0] for a, b in pairwise(spans)) else []


def _distance(grid: Grid, chunk: Piece, head: int, column: int) -> float:
    """How far a column stands from a head; of two as near the left one is its head."""
    middle = (grid.xs[column] + grid.xs[column + 1]) / 2
    distance = abs((chunk.left + chunk.right) / 2 - middle)
    return distance * (_LEFT_HEAD if head < column else 1.0)


def _column(grid: Grid, chunk: Piece) -> int | None:
    return _column_at(grid.xs, chunk)


def _column_at(xs: Sequence[float], chunk: Piece) -> int | None:
    """The column in which the middle of a chunk stands."""
    middle = (chunk.left + chunk.right) / 2
    return next((number for number, (a, b) in enumerate(pairwise(xs)) if a <= middle < b), None)


def _crossing(grid: Grid, chunks: Sequence[Piece]) -> list[tuple[int, int]]:
    spans = []
    for chunk in chunks:
        over = [
            number
            for number, (a, b) in enumerate(pairwise(grid.xs))
            if min(b, chunk.right) - max(a, chunk.left) > 0.2 * min(b - a, chunk.right - chunk.left)
        ]
        crosses = any(chunk.left + 2 < x < chunk.right - 2 for x in grid.xs[1:-1])
        if crosses and len(over) > 1:
            spans.append((over[0], over[-1] + 1))
    ordered = sorted(spans)
    return ordered if all(a[1] <= b[0] for a, b in pairwise(ordered)) else []


def _is_filled(grid: Grid, content: Filled) -> bool:
    return len(content.texts) * 2 >= (len(grid.xs) - 1) * (len(grid.ys) - 1) * 0.8
