"""The table of an answer as HTML, with what can be done with it as links that the page's script carries out."""

from __future__ import annotations

from collections.abc import Callable

from assistant.messages import message
from assistant.table import Table, TableCell
from ui.web.shown import shown


def answer_table_html(table: Table, linked: Callable[[str], str], language: str) -> str:
    """The table; a click on a head sorts by it.

    Args:
        table: What is shown; every text of it is escaped.
        linked: Makes HTML of a text with marks such as [1].
        language: Of the page.
    """
    heads = "".join(_head(number, name, language) for number, name in enumerate(table.columns))
    rows = "".join(
        f'<tr><th scope="row">{shown(row[0].text)}</th>'
        + "".join(
            _cell(cell, table.heads_of(number, column), linked, language)
            for column, cell in enumerate(row[1:], 1)
        )
        + "</tr>"
        for number, row in enumerate(table.rows)
    )
    return (
        f'<div class="answer-table"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def table_deeds_html(language: str, turn: str = "") -> str:
    """Links to copy the table of an answer and, where it is the answer of a kept turn, to take it out as a file."""
    links = f'<a href="#act/copytable">{message("table_copy", language)}</a>'
    if turn:
        links += "".join(
            f'<a href="#act/table/{form}/{turn}">{message(f"table_{form}", language)}</a>'
            for form in ("csv", "xlsx")
        )
    return f'<div class="deeds">{links}</div>'


def _head(number: int, name: str, language: str) -> str:
    told = message("table_sort", language, column=name)
    return f'<th scope="col"><a href="#act/sort/{number}" title="{shown(told)}">{shown(name)}</a></th>'


def _cell(cell: TableCell, heads: str, linked: Callable[[str], str], language: str) -> str:
    about = [message("table_printed", language, printed=cell.printed)] if cell.printed else []
    if cell.period:
        about.append(message("table_period", language, period=cell.period))
    if cell.is_missing:
        about = [message("table_unsure" if cell.citations else "table_missing", language)]
    title = f' title="{shown("；".join(about))}"' if about else ""
    beside = cell.period_beside(heads)
    period = f' <span class="added">{shown(beside)}</span>' if beside else ""
    marks = linked("".join(f"[{number}]" for number in cell.citations))
    return f"<td{title}>{shown(cell.text)}{period}{marks}</td>"


__all__ = ["answer_table_html", "table_deeds_html"]
