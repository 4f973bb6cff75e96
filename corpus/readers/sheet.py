"""Spreadsheets and CSV: a row is a line that keeps its column heads; a table of articles is read as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.block import Block, BlockKind, Draft
from corpus.encoding import decode
from corpus.problem import Problem
from corpus.readers.delimited import read_rows
from corpus.readers.records import draft_of_record, field_names
from corpus.readers.workbook import read_workbook
from corpus.table import Table, looks_like_heads, table_blocks
from corpus.table_grid import Grid, Spans, tables_of

_NAMELESS_SHEETS = ("sheet", "工作表")
_NAMES_OF_ANYTHING = frozenset(["content", "text", "body", "内容"])
_LONG_TEXT = 150
_LONGEST_TITLE = 60


def read_csv(file: Path) -> Iterator[Draft | Problem]:
    """The tables of a CSV or TSV file, or the articles of one whose cells hold their texts."""
    text = decode(file.read_bytes(), file)
    found = read_rows(text, "\t" if file.suffix.lower() == ".tsv" and "\t" in text else "")
    if found.open_quotes:
        lines = ", ".join(map(str, found.open_quotes[:10]))
        yield Problem("csv_open_quote", file=file, lines=lines)
    yield from drafts_of_sheet(found.rows, "", file, lines=found.lines)


def read_xlsx(file: Path) -> Iterator[Draft | Problem]:
    """A draft for every worksheet that holds anything; what does not show is named."""
    found = False
    for sheet in read_workbook(file):
        yield from sheet.problems
        if not sheet.cells:
            continue
        found = True
        name = "" if sheet.name.lower().startswith(_NAMELESS_SHEETS) else sheet.name
        yield from drafts_of_sheet(sheet.cells, name, file, sheet.spans)
    if not found:
        raise Problem("empty_file", file=file)


def drafts_of_sheet(
    rows: Sequence[Sequence[str]],
    title: str,
    file: Path,
    spans: Spans | None = None,
    lines: Sequence[int] = (),
) -> Iterator[Draft | Problem]:
    """One draft of a sheet's tables, or one for every row of a table of articles.

    Args:
        rows: The sheet's cells.
        title: What the draft is called where no line above its one table names it.
        file: The sheet's file.
        spans: Cells that span several places (`corpus.table_grid`).
        lines: The line of the file that each row begins in, for problems.
    """
    filled = [(number, row) for number, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not filled:
        raise Problem("empty_file", file=file)
    head = next((n for n, (_, row) in enumerate(filled) if sum(map(bool, map(str.strip, row))) > 1), 0)
    column = _text_column([row for _, row in filled[head:]], file)
    if column:
        heads = [name.strip() for name in filled[head][1]]
        for number, row in filled[head + 1 :]:
            record = dict(zip(heads, row, strict=False))
            if column not in field_names(file)["text"]:
                record[field_names(file)["text"][0]] = record.get(column, "")
            yield draft_of_record(record, file, lines[number] if lines else number + 1)
        return
    yield _draft(tables_of(Grid.of(rows, spans)), title)


def _text_column(rows: list[Sequence[str]], file: Path) -> str:
    """The column of a table of articles that holds their texts, empty where the table is none."""
    heads = [head.strip() for head in rows[0]]
    if len(rows) < 2 or len(set(filter(None, heads))) < 2:
        return ""
    names = field_names(file)
    titled = any(name in heads for name in names["title"])
    for name in names["text"]:
        # "内容" alone may be any column of a table.
        if name in heads and (titled or name not in _NAMES_OF_ANYTHING or _is_long(rows, heads.index(name))):
            return name
    if not looks_like_heads(heads):
        return ""
    for column, head in enumerate(heads):
        if head and _is_long(rows, column):
            return head
    return ""


def _is_long(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether most cells of a column are texts and no entries."""
    cells = [row[column] for row in rows[1:] if len(row) > column and row[column].strip()]
    return bool(cells) and sorted(map(len, cells))[len(cells) // 2] >= _LONG_TEXT


def _draft(pieces: list[Table | str], title: str) -> Draft:
    """The draft of a sheet; its first line, or the caption of its one table, is its title."""
    tables = [piece for piece in pieces if isinstance(piece, Table)]
    first = pieces[0]
    if len(tables) == 1 and tables[0].caption and len(tables[0].caption) <= _LONGEST_TITLE:
        title = tables[0].caption
    elif isinstance(first, str) and len(pieces) > 1 and len(first) <= _LONGEST_TITLE:
        title = first
        pieces = pieces[1:]
    blocks: list[Block] = []
    for piece in pieces:
        if isinstance(piece, str):
            blocks.append(Block(BlockKind.PARAGRAPH, piece))
        else:
            blocks += _blocks(piece, title)
    return Draft(title, {}, blocks)


def _blocks(table: Table, title: str) -> list[Block]:
    """The blocks of a table; a caption that is the article's title is not repeated above it."""
    caption = table.caption
    if caption == title:
        table.caption = ""
    blocks = table_blocks(table)
    table.caption = caption
    return blocks
