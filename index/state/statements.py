"""What SQLite and PostgreSQL write differently, as SQLAlchemy expressions that each writes its own way."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from index.state.columns import TEXT


class is_like(FunctionElement[bool]):
    r"""`is_like(text, pattern)`: SQL's LIKE without regard to the case of ASCII letters, `\` before what stands for itself."""

    type = Boolean()
    inherit_cache = True


class json_text(FunctionElement[str]):
    """`json_text(json, key)`: the text under a key of an object that is kept as text; NULL of an empty text."""

    type = TEXT
    inherit_cache = True


@compiles(is_like)
def _is_like(element: is_like, compiler: SQLCompiler, **more: Any) -> str:
    text, pattern = (compiler.process(each, **more) for each in element.clauses)
    return f"({text} LIKE {pattern} ESCAPE '\\')"


@compiles(is_like, "postgresql")
def _is_like_on_server(element: is_like, compiler: SQLCompiler, **more: Any) -> str:
    text, pattern = (compiler.process(each, **more) for each in element.clauses)
    return f"(({text}) COLLATE \"C\" ILIKE {pattern} ESCAPE '\\')"


@compiles(json_text)
def _json_text(element: json_text, compiler: SQLCompiler, **more: Any) -> str:
    json, key = (compiler.process(each, **more) for each in element.clauses)
    return f"json_extract(nullif({json}, ''), '$.' || {key})"


@compiles(json_text, "postgresql")
def _json_text_on_server(element: json_text, compiler: SQLCompiler, **more: Any) -> str:
    json, key = (compiler.process(each, **more) for each in element.clauses)
    return f"(nullif({json}, '')::json ->> {key}::text)"


def insert_or_change(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can change the row that is there (`on_conflict_do_update`)."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


__all__ = ["insert_or_change", "is_like", "json_text"]
