"""The table of what questions cost, by day and person."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, MetaData, Table

from index.state import Part
from index.state.columns import NUMBER, REAL_NUMBER, TEXT

USAGE = Part("usage", Path(__file__).parent / "usage_migrations")

METADATA = MetaData()
usage = Table(
    "usage",
    METADATA,
    Column("day", TEXT, primary_key=True),
    Column("who", TEXT, primary_key=True),
    Column("questions", NUMBER),
    Column("calls", NUMBER),
    Column("read", NUMBER),
    Column("written", NUMBER),
    Column("cost", REAL_NUMBER),
)
