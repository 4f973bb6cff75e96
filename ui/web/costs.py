"""What language models have cost, by day and by person, as the settings page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from assistant.messages import message
from assistant.usage import Spent, UsageBook

_DAYS, _PEOPLE_DAYS = 14, 30
_COLUMNS = ("questions", "calls", "read", "written", "cost", "each")


def costs_html(book: UsageBook, language: str, today: date | None = None) -> str:
    """Two tables: the last days, and the people of the last thirty; a sentence where nothing was spent."""
    title = f"<h3>{message('usage_title', language)}</h3>"
    days = book.by_day(_DAYS)
    if not days:
        return f'{title}<p class="hint">{message("usage_none", language)}</p>'
    people = book.by_person((today or date.today()) - timedelta(_PEOPLE_DAYS))
    tables = _table("day", days, language) + _table("person", people, language)
    return f'{title}{tables}<p class="hint">{message("usage_hint", language)}</p>'


def _table(kind: str, rows: Sequence[Spent], language: str) -> str:
    names = (kind, *_COLUMNS)
    heads = "".join(f'<th scope="col">{message(f"usage_{name}", language)}</th>' for name in names)
    body = "".join(_row(row, language) for row in rows)
    return f'<table class="figures"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _row(row: Spent, language: str) -> str:
    name = row.name or message("usage_nobody", language)
    counts = [f"{each:,}" for each in (row.questions, row.calls, row.read, row.written)]
    # Nothing that was counted is unknown, not free.
    counts = [*counts[:2], *(each if row.read or row.written else "–" for each in counts[2:])]
    money = [_money(row.cost), _money(row.cost / max(row.questions, 1))]
    cells = "".join(f"<td>{each}</td>" for each in (*counts, *money))
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _money(cost: float) -> str:
    return f"{cost:.4f}".rstrip("0").rstrip(".") if cost >= 0.0001 else "–"
