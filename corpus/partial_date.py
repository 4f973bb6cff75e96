"""Dates in ISO 8601 that may stop at the year or the month."""

from __future__ import annotations

from datetime import date

from corpus.language.periods import PARTIAL_DATE


def is_partial_date(value: str) -> bool:
    """Whether this is a year, month or day that there is."""
    if not PARTIAL_DATE.match(value):
        return False
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True
