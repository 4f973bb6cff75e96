"""From the cells of a sheet to its tables: captions, unit lines and notes told from heads and rows, tables from each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.table import Table

Spans = dict[tuple[int, int], tuple[int, int]]

_UNIT_LINE = re.compile(r"^[（(]?\s*(?:计量|金额|货币|数据)?单\s*位\s*[:：]\s*([^）)]{1,30})[）)]?$")
_UNIT_CELL = re.compile(
    r"^[（(]?(?:[%％‰]|[十百千万亿]*(?:元|美元|人|户|家|个|吨|公里|公顷|亩|台|辆|件|平方米|平方公里|立方米|千瓦时|千瓦|人次|张|所|座|天))"
    r"(?:/[\u4e00-\u9fff]{1,4})?[）)]?$"
)
_FIGURE = re.compile(r"^[-+−△▲<>≥≤]?\s*[¥￥$€£]?\s*\d[\d,，.]*\s*(?:[%％‰]|[\u4e00-\u9fffA-Za-z²³/]{1,6})?$")
_TIME = re.compile(
    r"^\d{1,4}(?:[-—~～至]\d{1,4})?(?:年度?|月份?|季度|半年|年\d{1,2}月|日)$|^(?:19|20)\d{2}[AEFPaefp]?$"
)
_NO_VALUE = re.compile(r"^[-—–…/\s*]+$")
_LONGEST_HEAD = 40
_MOST_HEAD_ROWS = 4
_MOST_HEAD_COLUMNS = 3


@dataclass
class Grid:
    """Cells in rows of one width; a cell that spans several places stands in each, `spans` tells which by the first."""

    cells: list[list[str]]
    spans: Spans = field(default_factory=dict)
    _covered: set[tuple[int, int]] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], spans: Spans | None = None) -> Grid:
        """A grid of rows of any length."""
        width = max(map(len, rows), default=0)
        return cls([[*map(_clean, row), *[""] * (width - len(row))] for row in rows], dict(spans or {}))

    def part(self, rows: range, columns: range) -> Grid:
        """Some rows and columns side by side as a grid of their own."""
        spans = {
            (row - rows.start, column - columns.start): (
                min(high, rows.stop - row),
                min(wide, columns.stop - column),
            )
            for (row, column), (high, wide) in self.spans.items()
            if row in rows and column in columns
        }
        cells = [self.cells[row][columns.start : columns.stop] for row in rows]
        return Grid(cells, {place: size for place, size in spans.items() if size != (1, 1)})

    def own(self, row: int) -> list[tuple[int, str]]:
        """The filled cells of a row with their columns, one that spans several columns once."""
        if self._covered is None:
            self._covered = {
                (first + down, column + right)
                for (first, column), (high, wide) in self.spans.items()
                for down in range(high)
                for right in range(1, wide)
            }
        return [
            (column, cell)
            for column, cell in enumerate(self.cells[row])
            if cell and (row, column) not in self._covered
        ]


def tables_of(grid: Grid) -> list[Table | str]:
    """The tables of a sheet and the lines between them, in order.

    Empty rows and columns part tables. A line above a table is its caption, "单位：万元" its unit; other lines are kept as
    they are. Rows after an empty row that have no heads of their own belong to the table before.
    """
    found: list[Table | str] = []
    for run in _runs(grid):
        for part in _side_by_side(run):
            pieces = _pieces(part)
            before = found[-1] if found else None
            if isinstance(before, Table) and _goes_on(before, pieces):
                table = pieces[0]
                assert isinstance(table, Table)
                shift = len(before.cells)
                before.cells += table.cells
                before.spans |= {(row + shift, column): size for (row, column), size in table.spans.items()}
                pieces = pieces[1:]
            elif found and isinstance(found[-1], str) and pieces and isinstance(pieces[0], Table):
                # A caption with an empty row below it.
                _caption(pieces[0], found)
            found += pieces
    return found


def _caption(table: Table, found: list[Table | str]) -> None:
    line = found[-1]
    assert isinstance(line, str)
    if not table.unit and (unit := _UNIT_LINE.match(line)):
        table.unit = unit.group(1).strip()
        found.pop()
    if not table.caption and found and isinstance(found[-1], str) and len(found[-1]) <= _LONGEST_HEAD:
        table.caption = found[-1]
        found.pop()


def _goes_on(before: Table, pieces: list[Table | str]) -> bool:
    first = pieces[0] if pieces else None
    return (
        isinstance(first, Table)
        and not first.head_rows
        and bool(before.head_rows)
        and not first.caption
        and len(first.cells[0]) == len(before.cells[0])
    )


def _runs(grid: Grid) -> Iterator[Grid]:
    """The rows between empty rows, and of the columns those from the first to the last that are filled."""
    start = 0
    height = len(grid.cells)
    for row in range(height + 1):
        if row < height and any(grid.cells[row]):
            continue
        if row > start:
            columns = [n for n in range(len(grid.cells[0])) if any(line[n] for line in grid.cells[start:row])]
            yield grid.part(range(start, row), range(columns[0], columns[-1] + 1))
        start = row + 1


def _side_by_side(grid: Grid) -> list[Grid]:
    """The tables of a run that an empty column parts; the whole where the parts do not look like tables."""
    height, width = len(grid.cells), len(grid.cells[0])
    first = next((row for row in range(height) if len(grid.own(row)) > 1), height)
    body = range(first, height)
    if len(body) < 2:
        return [grid]
    empty = [column for column in range(width) if not any(grid.cells[row][column] for row in body)]
    edges = [-1, *empty, width]
    parts = [grid.part(body, range(left + 1, right)) for left, right in pairwise(edges) if right - left > 1]
    if len(parts) < 2 or any(len(part.cells[0]) < 2 or not _is_headed(part) for part in parts):
        return [grid]
    above = [grid.part(range(0, first), range(0, width))] if first else []
    return [*above, *parts]


def _is_headed(grid: Grid) -> bool:
    return _looks_like_heads([cell for _, cell in grid.own(0)])


def _pieces(grid: Grid) -> list[Table | str]:
    """The lines above, the table, and the notes below of a run of rows; a run without a table is lines."""
    height = len(grid.cells)
    tabular = [row for row in range(height) if len(grid.own(row)) > 1 and not _is_line_above(grid, row)]
    if not tabular:
        return [" ".join(cell for _, cell in grid.own(row)) for row in range(height)]
    first, last = tabular[0], tabular[-1]
    while first and len(grid.own(first - 1)) == 1 and _is_vertical(grid, first - 1):
        first -= 1
    while last + 1 < height and len(grid.own(last + 1)) == 1 and _is_row_name(grid, last + 1):
        last += 1
    table = _table(grid.part(range(first, last + 1), range(len(grid.cells[0]))))
    above: list[str] = []
    for row in range(first):
        for _, cell in grid.own(row):
            unit = _UNIT_LINE.match(cell)
            if unit and not table.unit:
                table.unit = unit.group(1).strip()
            elif not table.caption and len(grid.own(row)) == 1:
                table.caption = cell
            else:
                above.append(cell)
    below = [" ".join(cell for _, cell in grid.own(row)) for row in range(last + 1, height)]
    return [*above, table, *below]


def _is_line_above(grid: Grid, row: int) -> bool:
    """Whether a row of several cells is no row of the table: "编制单位：某局", "2025年", "单位：万元"."""
    own = [cell for _, cell in grid.own(row)]
    return any(_UNIT_LINE.match(cell) for cell in own) and not any(map(_is_figure, own))


def _is_vertical(grid: Grid, row: int) -> bool:
    """Whether the one cell of a row also stands in the next, so that both belong to one table."""
    return any(first == row and high > 1 for (first, _), (high, _) in grid.spans.items())


def _is_row_name(grid: Grid, row: int) -> bool:
    """Whether the one cell of a row below a table is the name of a row without values, and no note."""
    column, cell = grid.own(row)[0]
    return column == 0 and (row, 0) not in grid.spans and len(cell) <= 12 and not re.search("[:：。，]", cell)


def table_of_cells(
    rows: Sequence[Sequence[str]], spans: Spans | None = None, *, headed: bool = False
) -> Table:
    """The table that some cells are, none of which is a caption or a note.

    Args:
        rows: The cells, one that spans several places in each of them.
        spans: Rows and columns of such cells by their first place.
        headed: Whether the first row is known to be one of heads.
    """
    grid = Grid.of([row for row in rows if any(cell.strip() for cell in row)] if not spans else rows, spans)
    return _table(grid, headed=headed)


def _table(grid: Grid, *, headed: bool = False) -> Table:
    cells, head_rows = grid.cells, _head_rows(grid, headed=headed)
    if head_rows:
        _fill_heads(cells, head_rows)
    _fill_names(grid, head_rows)
    return Table(cells, head_rows=head_rows, head_columns=_head_columns(cells[head_rows:]), spans=grid.spans)


def _head_rows(grid: Grid, *, headed: bool) -> int:
    cells = grid.cells
    if len(cells) < 2 or not (headed or _looks_like_heads([cell for _, cell in grid.own(0)])):
        return 0
    count = 1
    while count < min(_MOST_HEAD_ROWS, len(cells) - 1) and _is_further_head(grid, count):
        count += 1
    return count


def _is_further_head(grid: Grid, row: int) -> bool:
    """Whether the row goes on with the heads above it: under a head that spans columns, or with units only."""
    own = grid.own(row)
    if any(_is_figure(cell) or _NO_VALUE.match(cell) or len(cell) > _LONGEST_HEAD for _, cell in own):
        return False
    if own and all(_UNIT_CELL.match(cell) or (column == 0 and cell == "单位") for column, cell in own):
        return True
    if len(own) > 1 and own[0][0] and all(_TIME.match(cell) for _, cell in own):
        return True
    spanned = {
        column + more
        for (first, column), (high, wide) in grid.spans.items()
        if wide > 1 and first < row <= first + high
        for more in range(wide)
    }
    if spanned:
        return any(column in spanned for column, _ in own)
    if any(first < row < first + high for (first, _), (high, _) in grid.spans.items()):
        return True
    above = grid.cells[row - 1]
    under_nothing = [column for column, _ in own if column and not above[column]]
    return (
        len(own) > 1
        and bool(under_nothing)
        and not any(column < under_nothing[0] - 1 and above[column] for column, _ in own)
    )


def _fill_heads(cells: list[list[str]], head_rows: int) -> None:
    """A head above several columns in each of them, where it was written once and the cells right of it left empty."""
    for row in range(head_rows - 1):
        for column in range(1, len(cells[row])):
            if not cells[row][column] and cells[row + 1][column]:
                cells[row][column] = cells[row][column - 1]


def _fill_names(grid: Grid, head_rows: int) -> None:
    """The name of a group in each of its rows, where it was written once and the cells below it left empty.

    Only where the second column is one of names too, so that what is empty is no missing value.
    """
    body = grid.cells[head_rows:]
    if len(grid.cells[0]) < 3 or not head_rows or not body[0][0]:
        return
    names = [row[1] for row in body if row[1]]
    if any(map(_is_figure, names)) or len(names) < len(body):
        return
    for before, row in pairwise(body):
        if not row[0] and sum(map(bool, row)) > 1:
            row[0] = before[0]


def _head_columns(body: list[list[str]]) -> int:
    """How many columns name the rows: those before the first in which figures stand."""
    for column in range(min(_MOST_HEAD_COLUMNS + 1, len(body[0]) if body else 0)):
        figures = [_is_figure(row[column]) for row in body if row[column]]
        if sum(figures) * 2 > len(figures):
            return max(1, min(column, _MOST_HEAD_COLUMNS))
    return 1


def _looks_like_heads(cells: list[str]) -> bool:
    return (
        len(cells) > 1
        and all(len(cell) <= _LONGEST_HEAD for cell in cells)
        and not any(_is_figure(cell) or _NO_VALUE.match(cell) for cell in cells)
    )


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.match(cell)) and not _TIME.match(cell)


def _clean(cell: str) -> str:
    return " ".join(str(cell).split())
