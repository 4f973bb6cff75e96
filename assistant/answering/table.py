"""A table of what the parts of a question are answered with: rows of places, names or times, columns of times and measures.

A cell holds what is surely read off the sentence that answers its part, and that sentence; else nothing, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from assistant.answering.headline import HeadlineScorer
from assistant.answering.series import is_series, series_cells
from assistant.answering.short_answer import short_answer
from assistant.answering.table_cell import CellFound, TableFound, in_one_unit, period_of, told_apart
from assistant.checking.orders import is_order
from assistant.messages import message
from assistant.reading.candidate import Candidate
from assistant.reading.rank import contradicts
from assistant.state import Interpretation, Part, State
from assistant.understanding.grid import Axis, AxisKind, GridAsked
from assistant.understanding.operation import Operation
from assistant.understanding.question import Question
from corpus.language.quantities import Quantity, comparable, quantities_in

_FEWEST_SURE = 2
_CLAUSES = re.compile("[，,；;：:？?]")
_ROWS_FIRST = (AxisKind.PLACE, AxisKind.NAME, AxisKind.TIME, AxisKind.MEASURE)
_COLUMNS_FIRST = (AxisKind.TIME, AxisKind.PLACE, AxisKind.NAME, AxisKind.MEASURE)


@dataclass(frozen=True)
class TableMaker:
    """Makes the table of a question's parts.

    Attributes:
        headlines: What tells how sure one may be of a value read off it.
    """

    headlines: HeadlineScorer

    def __call__(
        self, state: State, parts: Sequence[Part], quoted: Mapping[int, Candidate]
    ) -> TableFound | None:
        """The table, or None where the parts make no grid, or a series, or fewer than two cells are sure.

        Args:
            state: The question on its way.
            parts: All its parts, in order, answered or not.
            quoted: The sentence that answers a part, by the `id` of the part; parts that are not answered are left out.
        """
        form = state.best
        grid = _grid_of(form, parts)
        if grid is None or is_series(grid):
            return None
        found = [self._cell(part, quoted.get(id(part))) for part in parts]
        table = _table(grid, told_apart(_keys_of(grid), found), state.language)
        return _if_sure(_of_one_measure(form.parsed, table) if form.is_by_place else table)

    def series(self, state: State, parts: Sequence[Part]) -> TableFound | None:
        """The table of a question asked by its times; None where it is not, or fewer than two cells are sure.

        Args:
            state: The question on its way.
            parts: All its parts, in order, answered or not.
        """
        form = state.best
        grid = _grid_of(form, parts)
        if grid is None or not is_series(grid):
            return None
        return _if_sure(_table(grid, series_cells(form, grid, parts, self._read), state.language))

    def _cell(self, part: Part, candidate: Candidate | None) -> CellFound:
        return CellFound() if candidate is None else self._value(part, candidate, part.candidates)

    def _read(self, part: Part, candidates: Sequence[Candidate]) -> CellFound:
        return self._value(part, candidates[0], candidates)

    def _value(self, part: Part, candidate: Candidate, candidates: Sequence[Candidate]) -> CellFound:
        """What is surely read off a sentence that stands first of `candidates`."""
        value = "" if contradicts(candidate) or candidate.is_whole else short_answer(part.parsed, candidate)
        figures = quantities_in(value)
        # "超过1000亿元" and "超1000亿元" tell the same figure.
        told = figures[0].text if len(figures) == 1 else value
        is_sure = bool(value) and self.headlines.is_sure_in_a_table(told, candidates, part.confidence)
        if not is_sure or is_order(value):
            return CellFound(support=candidate)
        return CellFound(value, period=period_of(candidate), support=candidate)


def _grid_of(form: Interpretation, parts: Sequence[Part]) -> GridAsked | None:
    """The grid that the parts of a question make; None where they make none."""
    grid = form.by_time or (_grid_of_places(form, parts) if form.is_by_place else form.parsed.grid)
    is_whole = grid is not None and len(parts) == len(grid.cells)
    return grid if is_whole and form.operation is not Operation.MEET else None


def _keys_of(grid: GridAsked) -> list[tuple[str, ...]]:
    """The labels of each cell, in the order of the cells."""
    return list(product(*(axis.labels for axis in grid.axes)))


def _table(grid: GridAsked, cells: Sequence[CellFound], language: str) -> TableFound:
    """The cells of a grid under its heads: rows along the axis that names things, columns along the others."""
    row_axis = min(grid.axes, key=lambda axis: _ROWS_FIRST.index(axis.kind))
    others = sorted(
        (axis for axis in grid.axes if axis is not row_axis), key=lambda axis: _COLUMNS_FIRST.index(axis.kind)
    )
    by_key = dict(zip(_keys_of(grid), cells, strict=True))
    columns = list(product(*(axis.labels for axis in others)))

    def cell_at(row: str, column: tuple[str, ...]) -> CellFound:
        label = dict(zip(map(id, [row_axis, *others]), (row, *column), strict=True))
        return by_key[tuple(label[id(axis)] for axis in grid.axes)]

    drawn = [[cell_at(row, column) for column in columns] for row in row_axis.labels]
    for number in range(len(columns)):
        for row, cell in zip(drawn, in_one_unit([row[number] for row in drawn]), strict=True):
            row[number] = cell
    heads = (
        message(f"table_{row_axis.kind.value}", language),
        *(_head(grid, others, column, language) for column in columns),
    )
    return TableFound(heads, tuple(zip(row_axis.labels, map(tuple, drawn), strict=True)))


def _head(grid: GridAsked, axes: Sequence[Axis], labels: tuple[str, ...], language: str) -> str:
    """The head of a column: its labels, and what its cells are asked for where that is a measure of its own."""
    if not labels:
        thing = grid.things[0] if len(set(grid.things)) == 1 else ""
        return thing if thing and not _CLAUSES.search(thing) else message("table_value", language)
    if not any(axis.kind is AxisKind.MEASURE for axis in axes):
        return "".join(labels)
    names = [label for axis, label in zip(axes, labels, strict=True) if axis.kind is not AxisKind.MEASURE]
    # All cells of a column are asked for the same.
    own = {id(axis): label for axis, label in zip(axes, labels, strict=True)}
    thing = next(
        thing
        for key, thing in zip(_keys_of(grid), grid.things, strict=True)
        if all(own.get(id(axis), label) == label for axis, label in zip(grid.axes, key, strict=True))
    )
    return "".join([*names, thing])


def _grid_of_places(form: Interpretation, parts: Sequence[Part]) -> GridAsked | None:
    """The grid of a question that was asked of each place the articles name."""
    value = form.parsed.value_of_each_place
    if value is None:
        return None
    labels = tuple(part.parsed.text.removesuffix(value.text) for part in parts)
    thing = value.text.removesuffix("是多少").rstrip("的").replace("年的", "年")
    questions = tuple(part.question for part in parts)
    return GridAsked((Axis(AxisKind.PLACE, labels),), questions, (thing,) * len(parts))


def _of_one_measure(asked: Question, table: TableFound) -> TableFound:
    """A table of places without those whose figure is not sure, not counted as the first is, or not beyond the bound asked for."""
    figures = {name: quantities_in(row[0].text) for name, row in table.rows if row[0].is_sure}
    first = next((each[0] for each in figures.values() if each), None)
    kept = {
        name
        for name, told in figures.items()
        if told and first is not None and comparable(first, told[0]) and _passes(asked, told[0])
    }
    return TableFound(table.columns, tuple(row for row in table.rows if row[0] in kept))


def _passes(asked: Question, figure: Quantity) -> bool:
    """Whether a figure lies beyond the bound of a question that asks which places do; one of another unit does not."""
    bounds = asked.form.figures
    if not bounds:
        return True
    if not comparable(bounds[-1], figure):
        return False
    return figure.value < bounds[-1].value if asked.form.is_below else figure.value >= bounds[-1].value


def _if_sure(table: TableFound) -> TableFound | None:
    """The table where at least two of its cells hold a value; else None."""
    sure = sum(cell.is_sure for _, row in table.rows for cell in row)
    return table if sure >= _FEWEST_SURE else None


__all__ = ["TableMaker"]
