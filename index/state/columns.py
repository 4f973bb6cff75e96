"""Column types that mean the same in SQLite and PostgreSQL: texts compare by code point, numbers have 64 bits."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import REAL, BigInteger, Column, Double, Identity, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

_NUL_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


class _ServerText(TypeDecorator[str]):
    """Without the character NUL, which PostgreSQL cannot store; sorted and folded as SQLite does, by ASCII."""

    impl = Text(collation="C")
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it is stored."""
        return value.replace("\x00", "") if value else value


class _ServerJson(_ServerText):
    """JSON kept as text: PostgreSQL reads nothing of an object that holds NUL anywhere, also as an escape."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it is stored."""
        value = super().process_bind_param(value, dialect)
        return _NUL_ESCAPED.sub(r"\1", value) if value and "\\u0000" in value else value


TEXT = Text().with_variant(_ServerText(), "postgresql")
JSON_TEXT = Text().with_variant(_ServerJson(), "postgresql")
"""Of columns with objects that the server may be asked to look into (`json_text`, `json_field`, `json_with`)."""
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
REAL_NUMBER: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")


def row_order() -> Column[Any]:
    """The column `rowid`, which counts rows in the order in which they were added: SQLite's own, which is not declared."""
    return Column("rowid", BigInteger, system=True)


def added_row_order(dialect: str) -> list[Column[Any]]:
    """What makes that column in a migration, where a database has none by itself."""
    return [] if dialect == "sqlite" else [Column("rowid", BigInteger, Identity(always=True), nullable=False)]
