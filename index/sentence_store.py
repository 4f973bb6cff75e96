"""Vectors of the sentences of every passage, in a SQLite file of their own beside the catalogue.

A passage on many things has a vector that is near none of them; its best sentence tells whether it answers. The vectors
come with the passage's own at no cost (`embed_parts`). They are looked up by passage, never searched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.database import Database
from index.embeddings.base import Vectors
from index.migrations import Step

_SCALE = 127.0
_BATCH = 500
_STEPS = (
    Step(
        1,
        "vectors of sentences by passage",
        (
            "CREATE TABLE IF NOT EXISTS sentences (passage_id TEXT PRIMARY KEY, scale REAL NOT NULL, "
            "dimensions INTEGER NOT NULL, vectors BLOB NOT NULL) WITHOUT ROWID",
        ),
    ),
)


class SentenceStore:
    """Sentences' vectors by passage id, a byte a number: a cosine is within .01 of the exact one."""

    def __init__(self, file: Path) -> None:
        try:
            self._database = Database(
                file,
                _STEPS,
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
            rows.append((id_, scale, values.shape[1], small.tobytes()))
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO sentences VALUES (?, ?, ?, ?)", rows)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget passages; unknown ids are no error."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM sentences WHERE passage_id = ?", [(id_,) for id_ in ids])

    def ids(self) -> set[str]:
        """Ids of all passages that have vectors."""
        return {row[0] for row in self._database.rows("SELECT passage_id FROM sentences")}

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

    def _rows_of(self, ids: list[str]) -> list[tuple[str, float, int, bytes]]:
        rows: list[tuple[str, float, int, bytes]] = []
        for start in range(0, len(ids), _BATCH):
            part = ids[start : start + _BATCH]
            marks = ", ".join("?" * len(part))
            rows += self._database.rows(
                f"SELECT passage_id, scale, dimensions, vectors FROM sentences WHERE passage_id IN ({marks})",
                part,
            )
        return rows
