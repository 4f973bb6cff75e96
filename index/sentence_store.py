"""Vectors of the sentences of every passage, in a SQLite file of their own beside the catalogue.

A passage on many things has a vector that is near none of them; its best sentence tells whether it answers. The vectors
come with the passage's own at no cost (`embed_parts`). They are looked up by passage, never searched.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from corpus.private_files import private_database
from corpus.problem import Problem
from index.embeddings.base import Vectors

_SCALE = 127.0
_BATCH = 500


class SentenceStore:
    """Sentences' vectors by passage id, a byte a number: a cosine is within .01 of the exact one."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        private_database(file)
        try:
            self._connection = sqlite3.connect(file, check_same_thread=False, timeout=30)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS sentences (passage_id TEXT PRIMARY KEY, scale REAL NOT NULL, "
                "dimensions INTEGER NOT NULL, vectors BLOB NOT NULL) WITHOUT ROWID"
            )
        except sqlite3.OperationalError as error:
            raise Problem("index_not_writable", folder=file.parent, reason=str(error)) from error
        except sqlite3.DatabaseError as error:
            raise Problem("index_broken", folder=file.parent, reason=str(error)) from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def add(self, ids: list[str], vectors: list[Vectors]) -> None:
        """Keep the vectors [sentences, dimensions] of each passage; those already there are replaced."""
        rows = []
        for id_, values in zip(ids, vectors, strict=True):
            scale = float(np.abs(values).max(initial=0.0)) or 1.0
            small = np.round(values / scale * _SCALE).astype(np.int8)
            rows.append((id_, scale, values.shape[1], small.tobytes()))
        with self._lock, self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO sentences VALUES (?, ?, ?, ?)", rows)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget passages; unknown ids are no error."""
        with self._lock, self._connection:
            self._connection.executemany(
                "DELETE FROM sentences WHERE passage_id = ?", [(id_,) for id_ in ids]
            )

    def ids(self) -> set[str]:
        """Ids of all passages that have vectors."""
        with self._lock:
            return {row[0] for row in self._connection.execute("SELECT passage_id FROM sentences")}

    def nearest(self, vector: Vectors, ids: list[str]) -> dict[str, tuple[int, float]]:
        """The number of the sentence nearest to `vector` [1, dimensions] in each passage that has any, and its cosine."""
        rows: list[tuple[str, float, int, bytes]] = []
        with self._lock:
            for start in range(0, len(ids), _BATCH):
                part = ids[start : start + _BATCH]
                marks = ", ".join("?" * len(part))
                rows += self._connection.execute(
                    "SELECT passage_id, scale, dimensions, vectors FROM sentences "
                    f"WHERE passage_id IN ({marks})",
                    part,
                )
        found = {}
        for id_, scale, dimensions, blob in rows:
            values = np.frombuffer(blob, np.int8).reshape(-1, dimensions).astype(np.float32)
            if len(values):
                products = values @ vector[0]
                best = int(products.argmax())
                found[id_] = best, float(products[best]) * scale / _SCALE
        return found
