"""The tables of the catalogue: files, articles, passages, links, corrections, collections, and what waits to be done."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, LargeBinary, MetaData, Table

from index.state import Part
from index.state.columns import JSON_TEXT, NUMBER, TEXT, row_order

CATALOGUE = Part("catalogue", Path(__file__).parent / "migrations")

METADATA = MetaData()
meta = Table(
    "meta",
    METADATA,
    Column("name", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
)
files = Table(
    "files",
    METADATA,
    Column("path", TEXT, primary_key=True),
    Column("digest", TEXT, nullable=False),
    Column("problems", TEXT, nullable=False),
    Column("key", TEXT, nullable=False, server_default=""),
    Column("reading", NUMBER, nullable=False, server_default="1"),
)
articles = Table(
    "articles",
    METADATA,
    row_order(),
    Column("id", TEXT, primary_key=True),
    Column("file", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("date", TEXT, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("region", TEXT, nullable=False),
    Column("info", JSON_TEXT, nullable=False),
    Column("sections", TEXT, nullable=False),
    Column("text", TEXT, nullable=False),
)
"""`info` is what is known of an article (`ArticleInfo`) as JSON, `sections` are its headings as JSON."""
article_layouts = Table(
    "article_layouts",
    METADATA,
    Column("article_id", TEXT, primary_key=True),
    Column("data", TEXT, nullable=False),
)
arrivals = Table(
    "arrivals",
    METADATA,
    Column("article_id", TEXT, primary_key=True),
    Column("at", TEXT, nullable=False),
)
"""When each article first came, in ISO 8601, noted by a trigger; it outlives the article."""
passages = Table(
    "passages",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("id", TEXT, nullable=False, unique=True),
    Column("article_id", TEXT, nullable=False),
    Column("data", TEXT, nullable=False),
)
"""`number` counts in the order in which they stand in their article, `data` is a `Passage` as JSON."""
words_waiting = Table(
    "words_waiting",
    METADATA,
    Column("number", NUMBER, primary_key=True),
    Column("passage_id", TEXT, nullable=False),
)
"""Passages that came or went and whose words are still to be stored (`index.keyword_search`), noted by triggers."""
corrections = Table(
    "corrections",
    METADATA,
    Column("article_id", TEXT, primary_key=True),
    Column("field", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
)
given_collections = Table(
    "given_collections",
    METADATA,
    Column("path", TEXT, primary_key=True),
    Column("collection", TEXT, nullable=False),
)
signatures = Table(
    "signatures",
    METADATA,
    Column("article_id", TEXT, primary_key=True),
    Column("data", LargeBinary),
)
links = Table(
    "links",
    METADATA,
    Column("older", TEXT, nullable=False),
    Column("newer", TEXT, nullable=False),
    Column("data", TEXT, nullable=False),
)
to_renew = Table(
    "to_renew",
    METADATA,
    row_order(),
    Column("article_id", TEXT, primary_key=True),
)
