"""Plain text as blocks: lines that a fixed width cut joined, and tables drawn with tabs, bars or aligned spaces read as tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.block import Block, BlockKind
from corpus.readers.wrapped import unwrapped
from corpus.table import table_blocks
from corpus.table_grid import table_of_cells

_BARS = "|│┃║｜"
_RULE = re.compile(r"^[\s\-—─━═┄┈+┼╋╬├┤┬┴┌┐└┘┏┓┗┛┣┫┳┻╔╗╚╝╠╣╦╩|│┃║｜:=]+$")
_BAR = re.compile(r"(?<!\\)[|│┃║｜]")
_GAP = re.compile(r"\s{2,}|　+")
_FIGURE = re.compile(r"^[-+−]?[¥￥$]?\d[\d,，.]*\s*[%％‰]?[\u4e00-\u9fff]{0,4}$")
_FEWEST_ALIGNED = 3


def plain_blocks(lines: Sequence[str]) -> list[Block]:
    """The blocks of plain text, a paragraph each but for the rows of tables.

    Args:
        lines: Lines as they stand in the file, empty ones too.
    """
    blocks: list[Block] = []
    rest: list[str] = []

    def end_text() -> None:
        blocks.extend(Block(BlockKind.PARAGRAPH, stripped) for line in rest if (stripped := line.strip()))
        rest.clear()

    # Whether a fixed width cut the lines shows in all of them together.
    lines = unwrapped(lines, _is_prose)
    at = 0
    while at < len(lines):
        rows, after = _table_at(lines, at)
        if rows:
            end_text()
            blocks += table_blocks(table_of_cells(rows))
            at = after
        else:
            rest += lines[at:after]
            at = after
    end_text()
    return blocks


def _is_prose(line: str) -> bool:
    return (
        "\t" not in line.strip()
        and _aligned(line) is None
        and not any(bar in line for bar in _BARS)
        and not _RULE.match(line)
    )


def _table_at(lines: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """The rows of the table that begins at a line, and where it ends; none where no table begins before that."""
    rest = at + 1
    if not lines[at].strip():
        return [], rest
    for cells_of, is_certain in (
        (_barred, lambda rows: len(rows) > 1),
        (_tabbed, lambda rows: len(rows) > 1),
        (_aligned, _are_aligned),
    ):
        rows, after = _run(lines, at, cells_of)
        if rows and is_certain(rows):
            return rows, after
        # What looks like a run of rows and is no table is looked at once.
        rest = max(rest, after) if len(rows) > 1 else rest
    return [], rest


def _run(
    lines: Sequence[str], at: int, cells_of: Callable[[str], list[str] | None]
) -> tuple[list[list[str]], int]:
    """The rows from a line on that one way of drawing gives the same number of cells; rules between them are none."""
    rows: list[list[str]] = []
    while at < len(lines):
        cells = cells_of(lines[at])
        if cells is None or (rows and cells and len(cells) != len(rows[0])):
            break
        if cells:
            rows.append(cells)
        at += 1
    return rows, at


def _barred(line: str) -> list[str] | None:
    """The cells of a line drawn with bars; an empty list for a rule."""
    stripped = line.strip()
    if _RULE.match(stripped) and len(stripped) > 2 and not stripped.isspace():
        return []
    if stripped[:1] not in _BARS or stripped[-1:] not in _BARS or not stripped:
        return None
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(stripped)[1:-1]]
    return cells if len(cells) > 1 else None


def _tabbed(line: str) -> list[str] | None:
    stripped = line.strip()
    cells = [cell.strip() for cell in stripped.split("\t")]
    return cells if len(cells) > 1 and sum(map(bool, cells)) > 1 else None


def _aligned(line: str) -> list[str] | None:
    cells = [cell for cell in _GAP.split(line.strip()) if cell]
    return cells if len(cells) > 2 else None


def _are_aligned(rows: list[list[str]]) -> bool:
    """Whether words with wide gaps are surely a table: three rows and more, and a column of figures below the first."""
    return len(rows) >= _FEWEST_ALIGNED and any(
        all(_FIGURE.match(row[column]) for row in rows[1:]) for column in range(1, len(rows[0]))
    )
