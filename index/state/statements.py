"""What SQLite and PostgreSQL write differently, as SQLAlchemy expressions that each writes its own way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Connection, Integer, Table, Text, TypeDecorator, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from index.state.columns import TEXT


class is_like(FunctionElement[bool]):
    r"""`is_like(text, pattern)`: SQL's LIKE without regard to the case of ASCII letters, `\` before what stands for itself."""

    type = Boolean()
    inherit_cache = True


class json_text(FunctionElement[str]):
    """`json_text(json, key)`: the text under a key of an object that is kept as text; NULL of an empty text."""

    type = TEXT
    inherit_cache = True


class _each_of(FunctionElement[str]):
    type = TEXT
    inherit_cache = True


def one_of(text: ColumnElement[str], texts: ColumnElement[Any]) -> ColumnElement[bool]:
    """That a text is one of some, which are one parameter (`TEXTS`) however many there are."""
    return text.bool_op("IN")(_each_of(texts))


class _Texts(TypeDecorator[Sequence[str]]):
    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array where there are arrays, else JSON."""
        return dialect.type_descriptor(postgresql.ARRAY(Text()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        """The texts as they are handed over."""
        texts = list(value or ())
        if dialect.name == "postgresql":
            return [text.replace("\x00", "") for text in texts]
        return json.dumps(texts, ensure_ascii=False)


TEXTS = _Texts()


@compiles(_each_of)
def _each_in_file(element: _each_of, compiler: SQLCompiler, **more: Any) -> str:
    (texts,) = (compiler.process(each, **more) for each in element.clauses)
    return f"(SELECT value FROM json_each({texts}))"


@compiles(_each_of, "postgresql")
def _each_on_server(element: _each_of, compiler: SQLCompiler, **more: Any) -> str:
    (texts,) = (compiler.process(each, **more) for each in element.clauses)
    return f"(SELECT unnest({texts}))"


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


class _json_field(FunctionElement[str]):
    type = TEXT
    inherit_cache = True


def json_field(json: ColumnElement[str], *path: str) -> ColumnElement[str]:
    """The text at a path of an object that is kept as text, as indexes have it; NULL where there is none."""
    return _json_field(json, literal_column(f"'{'.'.join(path)}'"))


class _json_with(FunctionElement[str]):
    type = TEXT
    inherit_cache = True


def json_with(json: ColumnElement[str], value: ColumnElement[str], *path: str) -> ColumnElement[str]:
    """The object, kept as text, with a text at a path whose last key may be new."""
    return _json_with(json, literal_column(f"'{'.'.join(path)}'"), value)


class place_in(FunctionElement[int]):
    """`place_in(text, part)`: where a part stands in a text, from 1; 0 where it does not."""

    type = Integer()
    inherit_cache = True


class file_name(FunctionElement[str]):
    """`file_name(path)`: the last part of a path. On SQLite a function of that name must have been made."""

    type = TEXT
    inherit_cache = True


@compiles(_json_field)
def _json_field_in_file(element: _json_field, compiler: SQLCompiler, **more: Any) -> str:
    json, path = element.clauses
    return f"json_extract({compiler.process(json, **more)}, '$.{_path(path)}')"


@compiles(_json_field, "postgresql")
def _json_field_on_server(element: _json_field, compiler: SQLCompiler, **more: Any) -> str:
    json, path = element.clauses
    keys = _path(path).replace(".", ",")
    return f"""(({compiler.process(json, **more)}::json #>> '{{{keys}}}') COLLATE "C")"""


@compiles(_json_with)
def _json_with_in_file(element: _json_with, compiler: SQLCompiler, **more: Any) -> str:
    json, path, value = element.clauses
    return f"json_set({compiler.process(json, **more)}, '$.{_path(path)}', {compiler.process(value, **more)})"


@compiles(_json_with, "postgresql")
def _json_with_on_server(element: _json_with, compiler: SQLCompiler, **more: Any) -> str:
    json, path, value = element.clauses
    keys, new = _path(path).replace(".", ","), compiler.process(value, **more)
    changed = f"jsonb_set({compiler.process(json, **more)}::jsonb, '{{{keys}}}', to_jsonb({new}::text))"
    return f"{changed}::text"


def _path(element: Any) -> str:
    return str(element.name).strip("'")


@compiles(place_in)
def _place_in_file(element: place_in, compiler: SQLCompiler, **more: Any) -> str:
    text, part = (compiler.process(each, **more) for each in element.clauses)
    return f"instr({text}, {part})"


@compiles(place_in, "postgresql")
def _place_on_server(element: place_in, compiler: SQLCompiler, **more: Any) -> str:
    text, part = (compiler.process(each, **more) for each in element.clauses)
    return f"strpos({text}, {part})"


@compiles(file_name)
def _file_name_in_file(element: file_name, compiler: SQLCompiler, **more: Any) -> str:
    (path,) = (compiler.process(each, **more) for each in element.clauses)
    return f"file_name({path})"


@compiles(file_name, "postgresql")
def _file_name_on_server(element: file_name, compiler: SQLCompiler, **more: Any) -> str:
    (path,) = (compiler.process(each, **more) for each in element.clauses)
    return f"""(substring({path} from '[^/]*$') COLLATE "C")"""


def insert_or_change(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can change the row that is there (`on_conflict_do_update`)."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def put(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows, in the place of those that have the same primary key."""
    rows = list(rows)
    if rows:
        connection.execute(_put(connection.dialect.name, table, tuple(rows[0])), rows)


@lru_cache
def _put(dialect: str, table: Table, names: tuple[str, ...]) -> postgresql.Insert | sqlite.Insert:
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    keys = [column.name for column in table.primary_key]
    changes = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changes)


__all__ = [
    "TEXTS",
    "file_name",
    "insert_or_change",
    "is_like",
    "json_field",
    "json_text",
    "json_with",
    "one_of",
    "place_in",
    "put",
]
