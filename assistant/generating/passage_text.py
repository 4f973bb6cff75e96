"""How a passage is shown to a language model: with what is known of its article, its tables as tables, without orders."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from assistant.checking.orders import is_order, without_orders
from assistant.generating.prompts import DETAILS, PASSAGE
from assistant.reading.candidate import Candidate
from corpus.model import ArticleTable, Layout
from corpus.table import Table, is_row

_PASSAGE_MARK = re.compile(r"[<＜](\s*[/／]?\s*资\s*料)")
_LEAST_ROWS = 2
_RULE = "| --- |"

LayoutOf = Callable[[str], Layout]
"""How an article was printed, by its id."""


def without_passage_marks(text: str) -> str:
    """`text` in which nothing begins or ends a passage."""
    return _PASSAGE_MARK.sub(r"〈\1", text)


def shown_passage(number: int, sentences: Sequence[Candidate], layout_of: LayoutOf) -> str:
    """A passage with its number, as a model reads it.

    Args:
        number: Its number, from 1.
        sentences: Its sentences; the passage of their hits is all of it.
        layout_of: How its article was printed.
    """
    hit = sentences[0].hit
    values = {
        "date": hit.article.date,
        "source": hit.article.source,
        "document_number": hit.article.number,
        "section": " > ".join(_common([each.hit.passage.heading_path for each in sentences])),
    }
    details = "".join(
        f' {DETAILS[name]}="{quiet}"' for name, value in values.items() if (quiet := _quiet(value))
    )
    passage = hit.passage
    body = _with_tables(passage.text, passage.start, hit.article.id, layout_of)
    # The head of a table stands in the table itself.
    lead = "\n".join(
        line for line in passage.lead.split("\n") if line and not (_RULE in body and is_row(line))
    )
    text = f"{without_orders(lead)}\n{body}" if lead and not body.startswith(lead) else body
    return PASSAGE.format(
        number=number, title=_quiet(hit.article.title), details=details, text=without_passage_marks(text)
    )


def _quiet(value: str) -> str:
    """What stands in the mark of a passage: no order, and nothing that ends the mark."""
    return "" if is_order(value) else re.sub(r"[<>\"\n]", " ", value).strip()


def _common(paths: Sequence[list[str]]) -> list[str]:
    """The headings that all paths begin with."""
    shortest = min(paths, key=len)
    for place, heading in enumerate(shortest):
        if any(path[place] != heading for path in paths):
            return shortest[:place]
    return shortest


def _with_tables(text: str, start: int, article_id: str, layout_of: LayoutOf) -> str:
    """The text without orders; rows of a table that stand one below the other as a Markdown table.

    Args:
        text: A piece of the article.
        start: Where it begins in the article.
        article_id: The article's id.
        layout_of: How the article was printed.
    """
    lines = text.split("\n")
    if sum(map(is_row, lines)) < _LEAST_ROWS:
        return without_orders(text)
    rows = _rows_by_place(layout_of(article_id).tables)
    placed = []
    at = start
    for line in lines:
        placed.append((line, rows.get(at)))
        at += len(line) + 1
    shown = []
    for table, run in groupby(placed, key=lambda each: each[1][0] if each[1] else None):
        kept = list(run)
        if table is None or len(kept) < _LEAST_ROWS:
            shown.append(without_orders("\n".join(line for line, _ in kept)))
        else:
            shown.append(_markdown(table, [row[1] for line, row in kept if row and not is_order(line)]))
    return "\n".join(part for part in shown if part)


def _rows_by_place(tables: Sequence[ArticleTable]) -> dict[int, tuple[ArticleTable, int]]:
    """The rows of tables, by where their lines begin in the article."""
    return {begin: (table, row) for table in tables for row, (begin, _) in table.lines.items()}


def _markdown(table: ArticleTable, rows: list[int]) -> str:
    """Some rows of a table under its head; empty where there are none."""
    if not rows:
        return ""
    heads = Table(table.cells, table.head_rows, table.head_columns).heads()
    heads = heads or [""] * max(len(table.cells[row]) for row in rows)
    lines = [_line(heads), "|" + " --- |" * len(heads)]
    return "\n".join([*lines, *(_line(table.cells[row]) for row in rows)])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "｜") for cell in cells) + " |"
