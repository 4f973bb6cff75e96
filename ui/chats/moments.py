"""Moments as the file of chats keeps them: ISO 8601, in UTC."""

from __future__ import annotations

from datetime import datetime, timezone


def now() -> str:
    """This moment."""
    return stamp(datetime.now(timezone.utc))


def stamp(moment: datetime) -> str:
    """A moment."""
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds")
