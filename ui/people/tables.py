"""The tables of people, their keys and sessions, and failed log-ins."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, ForeignKey, MetaData, Table

from index.state import Part
from index.state.columns import NUMBER, REAL_NUMBER, TEXT, row_order

PEOPLE = Part("people", Path(__file__).parent / "migrations", ("foreign_keys = ON", "secure_delete = ON"))
"""What is deleted in the file is overwritten."""

METADATA = MetaData()
people = Table(
    "people",
    METADATA,
    Column("id", NUMBER, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("password", TEXT, nullable=False),
    Column("role", TEXT, nullable=False),
    Column("collections", TEXT),
    Column("created", REAL_NUMBER, nullable=False),
    Column("disabled", NUMBER, nullable=False, server_default="0"),
)
keys = Table(
    "keys",
    METADATA,
    row_order(),
    Column("digest", TEXT, primary_key=True),
    Column("prefix", TEXT, nullable=False, unique=True),
    Column("label", TEXT, nullable=False),
    Column("created", REAL_NUMBER, nullable=False),
    Column("used", REAL_NUMBER),
    Column("person", NUMBER, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
)
sessions = Table(
    "sessions",
    METADATA,
    Column("digest", TEXT, primary_key=True),
    Column("created", REAL_NUMBER, nullable=False),
    Column("used", REAL_NUMBER, nullable=False),
    Column("person", NUMBER, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
)
failures = Table(
    "failures",
    METADATA,
    Column("name", TEXT, primary_key=True),
    Column("times", NUMBER, nullable=False),
    Column("last", REAL_NUMBER, nullable=False),
)
