"""The tables of chats, their turns and sources, folders and notes."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, ForeignKey, MetaData, Table

from index.state import Part
from index.state.columns import JSON_TEXT, NUMBER, TEXT, row_order

CHATS = Part("chats", Path(__file__).parent / "migrations", ("foreign_keys = ON",))

METADATA = MetaData()
chats = Table(
    "chats",
    METADATA,
    row_order(),
    Column("id", TEXT, primary_key=True),
    Column("owner", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("named", NUMBER, nullable=False, server_default="0"),
    Column("created", TEXT, nullable=False),
    Column("changed", TEXT, nullable=False),
    Column("deleted", TEXT, nullable=False, server_default=""),
    Column("pinned", NUMBER, nullable=False, server_default="0"),
    Column("folder", TEXT, nullable=False, server_default=""),
)
turns = Table(
    "turns",
    METADATA,
    row_order(),
    Column("id", TEXT, primary_key=True),
    Column("chat", TEXT, ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("question", TEXT, nullable=False),
    Column("filters", TEXT, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("draft", TEXT, nullable=False, server_default=""),
    Column("answer", JSON_TEXT, nullable=False, server_default=""),
    Column("trace", JSON_TEXT, nullable=False, server_default=""),
    Column("verdict", TEXT, nullable=False, server_default=""),
    Column("reason", TEXT, nullable=False, server_default=""),
    Column("suggested", TEXT, nullable=False, server_default=""),
    Column("cut", TEXT, nullable=False, server_default=""),
    Column("asked", TEXT, nullable=False),
)
folders = Table(
    "folders",
    METADATA,
    row_order(),
    Column("id", TEXT, primary_key=True),
    Column("owner", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("removed", TEXT, nullable=False, server_default=""),
)
notes = Table(
    "notes",
    METADATA,
    row_order(),
    Column("id", TEXT, primary_key=True),
    Column("owner", TEXT, nullable=False),
    Column("place", NUMBER, nullable=False),
    Column("article", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("section", TEXT, nullable=False),
    Column("date", TEXT, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("url", TEXT, nullable=False),
    Column("quote", TEXT, nullable=False),
    Column("start", NUMBER, nullable=False),
    Column("end", NUMBER, nullable=False),
    Column("text", TEXT, nullable=False),
    Column("added", TEXT, nullable=False),
    Column("removed", TEXT, nullable=False, server_default=""),
)
chosen_sources = Table(
    "chosen_sources",
    METADATA,
    Column("chat", TEXT, ForeignKey("chats.id", ondelete="CASCADE"), unique=True),
    Column("owner", TEXT, nullable=False),
    Column("filters", TEXT, nullable=False),
)
visits = Table(
    "visits",
    METADATA,
    Column("owner", TEXT, primary_key=True),
    Column("at", TEXT, nullable=False),
)
