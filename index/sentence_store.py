"""Vectors of the sentences of every passage, in a SQLite file of their own beside the catalogue.

A passage on many things has a vector that is near none of them; its best sentence tells whether it answers. The vectors
come with the passage's own at no cost (`embed_parts`). They are looked up by passage, never searched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from sqlalchemy import Column, LargeBinary, MetaData, Table, bindparam, delete, select

from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.embeddings.base import Vectors
from index.state import Part, open_state
from index.state.columns import NUMBER, REAL_NUMBER, TEXT
from index.state.statements import TEXTS, one_of, put

_SCALE = 127.0
SENTENCES = Part("sentences", Path(__file__).parent / "sentence_migrations")

METADATA = MetaData()
sentences = Table(
    "sentences",
    METADATA,
    Column("passage_id", TEXT, primary_key=True),
    Column("scale", REAL_NUMBER, nullable=False),
    Column("dimensions", NUMBER, nullable=False),
    Column("vectors", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
_IDS = select(sentences.c.passage_id)
_SOME = select(sentences).where(one_of(sentences.c.passage_id, bindparam("ids", type_=TEXTS)))
_REMOVE = delete(sentences).where(sentences.c.passage_id == bindparam("id"))


class SentenceStore:
    """Sentences' vectors by passage id, a byte a number: a cosine is within .01 of the exact one."""

    def __init__(self, file: Path) -> None:
        try:
            self._database = open_state(
                file,
                SENTENCES,
                when_damaged=lambda error: Problem(
                    "vectors_broken",
                    folder=file.parent,
                    **reason_and_detail(error, "reason_database_damaged"),
                ),
            )
        except (sqlite3.Error, OSError) as error:
            raise Problem("index_not_writable", folder=file.parent, **reason_and_detail(error)) from error

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add(self, ids: list[str], vectors: list[Vectors]) -> None:
        """Keep the vectors [sentences, dimensions] of each passage; those already there are replaced."""
        rows = []
        for id_, values in zip(ids, vectors, strict=True):
            scale = float(np.abs(values).max(initial=0.0)) or 1.0
            small = np.round(values / scale * _SCALE).astype(np.int8)
            rows.append(
                {
                    "passage_id": id_,
                    "scale": scale,
                    "dimensions": values.shape[1],
                    "vectors": small.tobytes(),
                }
            )
        with self._database.transaction() as connection:
            put(connection, sentences, rows)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget passages; unknown ids are no error."""
        rows = [{"id": id_} for id_ in ids]
        with self._database.transaction() as connection:
            if rows:
                connection.execute(_REMOVE, rows)

    def ids(self) -> set[str]:
        """Ids of all passages that have vectors."""
        return {row[0] for row in self._database.rows(_IDS)}

    def nearest(self, vector: Vectors, ids: list[str]) -> dict[str, tuple[int, float]]:
        """The number of the sentence nearest to `vector` [1, dimensions] in each passage that has any, and its cosine."""
        found = {}
        for id_, scale, dimensions, blob in self._rows_of(ids):
            values = np.frombuffer(blob, np.int8).reshape(-1, dimensions).astype(np.float32)
            if len(values):
                products = values @ vector[0]
                best = int(products.argmax())
                found[id_] = best, float(products[best]) * scale / _SCALE
        return found

    def of(self, ids: list[str]) -> dict[str, Vectors]:
        """The vectors of the sentences of each passage that has any, [sentences, dimensions], in their order."""
        return {
            id_: np.frombuffer(blob, np.int8).reshape(-1, dimensions).astype(np.float32) * (scale / _SCALE)
            for id_, scale, dimensions, blob in self._rows_of(ids)
        }

    def _rows_of(self, ids: list[str]) -> Sequence[tuple[str, float, int, bytes]]:
        return self._database.rows(_SOME, {"ids": ids})
