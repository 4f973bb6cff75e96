"""The table of an index's passages in PostgreSQL: its columns, a passage as a row of it, and filters as conditions on it."""

from __future__ import annotations

from typing import Any

import numpy as np
from sqlalchemy import Connection, text

from corpus.model import Passage
from index.embeddings.base import Vectors
from index.hit import ArticleInfo
from index.stores.base import Within
from index.stores.keyword_query import Articles

_MOST_IN_GRAPH = 4000
"""Dimensions that an HNSW graph of half precision takes; beyond them all vectors are compared."""
_DIGITS = 6
_COLUMNS = ("id", "article_id", "year", "source", "region", "years", "vector")


def make_table(connection: Connection, name: str, dimensions: int) -> None:
    """Make the table with its indexes where it is not there yet.

    Args:
        connection: In a transaction.
        name: Of the table, in small letters, digits and underscores.
        dimensions: Of its vectors.
    """
    statements = [
        f'CREATE TABLE IF NOT EXISTS {name} (id text COLLATE "C" PRIMARY KEY, article_id text COLLATE "C" NOT NULL, '
        "year integer NOT NULL, source text NOT NULL, region text NOT NULL, years integer[] NOT NULL, "
        f"vector halfvec({dimensions}) NOT NULL)",
        f"CREATE INDEX IF NOT EXISTS {name}_years ON {name} USING gin (years)",
        *(
            f"CREATE INDEX IF NOT EXISTS {name}_{column} ON {name} ({column})"
            for column in ("article_id", "year", "source", "region")
        ),
    ]
    if dimensions <= _MOST_IN_GRAPH:
        statements.append(
            f"CREATE INDEX IF NOT EXISTS {name}_hnsw ON {name} USING hnsw (vector halfvec_cosine_ops)"
        )
    for statement in statements:
        connection.execute(text(statement))


def add_statement(name: str) -> str:
    """The INSERT of a row as `row_of` makes it, which replaces the one that is there."""
    changed = ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS[1:])
    return (
        f"INSERT INTO {name} ({', '.join(_COLUMNS)}) VALUES (:id, :article_id, :year, :source, :region, "
        f"CAST(:years AS integer[]), CAST(:vector AS halfvec)) ON CONFLICT (id) DO UPDATE SET {changed}"
    )


def row_of(passage: Passage, article: ArticleInfo, vector: Vectors) -> dict[str, Any]:
    """A passage with its vector [dimensions] as the values of a row."""
    return {
        "id": passage.id,
        "article_id": article.id,
        "year": article.year or 0,
        "source": article.source,
        "region": article.region,
        "years": list(passage.years),
        "vector": written(vector),
    }


def written(vector: Vectors) -> str:
    """A vector [dimensions] as pgvector reads it."""
    return str(np.round(vector.astype(np.float64), _DIGITS).tolist())


def conditions_of(within: Within, sight: Articles | None) -> tuple[str, dict[str, Any]]:
    """What rows must meet, as SQL with its values; `true` for all.

    Args:
        within: The filters, of which the catalogue has worked out some.
        sight: The articles that may be found, or those that may not, as the catalogue says.
    """
    filters = within.filters
    clauses: list[str] = []
    values: dict[str, Any] = {}
    for column, wanted in (
        ("year", filters.years),
        ("source", filters.sources),
        ("region", filters.regions),
    ):
        if wanted:
            clauses.append(f"{column} = ANY(:{column})")
            values[column] = list(wanted)
    if within.years:
        clauses.append("years && CAST(:spoken AS integer[])")
        values["spoken"] = list(within.years)
    if sight is not None:
        clauses.append("article_id <> ALL(:articles)" if sight.hidden else "article_id = ANY(:articles)")
        values["articles"] = sorted(sight.ids)
    return " AND ".join(clauses) or "true", values
