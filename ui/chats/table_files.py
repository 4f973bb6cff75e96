"""The table of an answer for other programs: CSV, XLSX, Markdown, Word, and the terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assistant.table import Table, TableCell
from evals.formats.cells import safe_cell
from ui.files import add_table, markdown_table, markdown_text, xml_text

if TYPE_CHECKING:
    from rich.table import Table as RichTable


def cell_text(table: Table, row: int, column: int) -> str:
    """A cell as it is read by itself: its value, and in brackets its time where neither row nor column tells it."""
    cell = table.rows[row][column]
    beside = cell.period_beside(table.heads_of(row, column)) if column else ""
    return f"{cell.text}（{beside}）" if beside else cell.text


def _lines(table: Table) -> list[list[str]]:
    return [
        list(table.columns),
        *(
            [cell_text(table, row, column) for column in range(len(cells))]
            for row, cells in enumerate(table.rows)
        ),
    ]


def table_as_csv(table: Table) -> bytes:
    """CSV in UTF-8 with a byte order mark, as spreadsheets read it; no cell is run as a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([[safe_cell(cell) for cell in line] for line in _lines(table)])
    return text.getvalue().encode("utf-8-sig")


def table_as_xlsx(table: Table) -> bytes:
    """A workbook of one sheet; every cell is a text, and none is run as a formula."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for line in _lines(table):
        sheet.append([safe_cell(xml_text(cell)) for cell in line])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def table_as_markdown(table: Table, marked: Callable[[int], str]) -> str:
    """The table in Markdown.

    Args:
        table: What is written.
        marked: The mark of a citation's number.
    """
    lines = [
        [
            markdown_text(cell_text(table, row, column)) + "".join(map(marked, cell.citations))
            for column, cell in enumerate(cells)
        ]
        for row, cells in enumerate(table.rows)
    ]
    return markdown_table([markdown_text(name) for name in table.columns], lines)


def add_to_word(document: Any, table: Table) -> None:
    """Add the table to a `docx` document, marks behind the values."""
    texts = [list(table.columns)] + [
        [cell_text(table, row, column) + _marks(cell) for column, cell in enumerate(cells)]
        for row, cells in enumerate(table.rows)
    ]
    add_table(document, texts)


def table_for_terminal(table: Table) -> RichTable:
    """The table as the terminal draws it."""
    from rich.markup import escape
    from rich.table import Table as RichTable

    drawn = RichTable()
    for name in table.columns:
        drawn.add_column(escape(name))
    for row, cells in enumerate(table.rows):
        drawn.add_row(
            *(escape(cell_text(table, row, column) + _marks(cell)) for column, cell in enumerate(cells))
        )
    return drawn


def _marks(cell: TableCell) -> str:
    return "".join(f"[{number}]" for number in cell.citations)


__all__ = [
    "add_to_word",
    "cell_text",
    "table_as_csv",
    "table_as_markdown",
    "table_as_xlsx",
    "table_for_terminal",
]
