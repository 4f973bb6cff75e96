"""Vectors of the passages in Chroma: on disk, or on a Chroma server."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlparse

import chromadb
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from corpus.model import Passage
from corpus.problem import Problem
from index.embeddings.base import Vectors
from index.hit import ArticleInfo, Filters

_COLLECTION = "passages"
_BATCH = 2000


class VectorStore:
    """One Chroma collection, cosine distance, keyed by passage id."""

    def __init__(self, folder: Path, server: str = "", collection: str = _COLLECTION) -> None:
        self._folder, self._server, self._name = folder, server, collection
        self._lock = threading.RLock()
        self._connect()

    def _connect(self) -> None:
        folder, server = self._folder, self._server
        settings = ChromaSettings(anonymized_telemetry=False)
        try:
            if server:
                url = urlparse(server if "//" in server else f"http://{server}")
                self._client = chromadb.HttpClient(
                    host=url.hostname or "localhost",
                    port=url.port or (443 if url.scheme == "https" else 8000),
                    ssl=url.scheme == "https",
                    settings=settings,
                )
            else:
                self._client = chromadb.PersistentClient(path=str(folder), settings=settings)
            self._collection = self._client.get_or_create_collection(
                self._name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )
        except (ChromaError, ValueError, OSError) as error:
            code = "chroma_server_down" if server else "index_not_writable"
            raise Problem(code, folder=folder, server=server, reason=str(error)) from error

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            cast(Client, self._client).close()

    def reopen(self) -> None:
        """See what another process has stored; Chroma keeps its graph in memory and does not look again."""
        with self._lock:
            cast(Client, self._client).close()
            self._connect()

    def add(self, passages: list[Passage], articles: dict[str, ArticleInfo], vectors: Vectors) -> None:
        """Store passages with their vectors; those already there are replaced."""
        for start in range(0, len(passages), _BATCH):
            part = passages[start : start + _BATCH]
            with self._lock:
                self._collection.upsert(
                    ids=[passage.id for passage in part],
                    embeddings=vectors[start : start + _BATCH],
                    documents=[passage.text for passage in part],
                    metadatas=[_metadata(passage, articles[passage.article_id]) for passage in part],
                )

    def remove(self, ids: Iterable[str]) -> None:
        """Forget passages; unknown ids are no error."""
        every = list(ids)
        for start in range(0, len(every), _BATCH):
            with self._lock:
                self._collection.delete(ids=every[start : start + _BATCH])

    def ids(self) -> set[str]:
        """Ids of all stored passages."""
        return set(self._collection.get(include=[])["ids"])

    def unreadable(self, ids: list[str]) -> set[str]:
        """Those of `ids` whose vector cannot be had.

        A process that is killed while Chroma writes may leave records whose vector is in no graph; asking
        for one of them fails for the whole batch, which is halved until the culprits are found.
        """
        if not ids:
            return set()
        if len(ids) > _BATCH:
            return self.unreadable(ids[:_BATCH]) | self.unreadable(ids[_BATCH:])
        try:
            found = self._collection.get(ids=ids, include=["embeddings"])["ids"]
        except ChromaError:
            if len(ids) == 1:
                return set(ids)
            half = len(ids) // 2
            return self.unreadable(ids[:half]) | self.unreadable(ids[half:])
        return set(ids) - set(found)

    def count(self) -> int:
        """How many passages are stored."""
        return self._collection.count()

    def search(
        self, vector: Vectors, filters: Filters, years: list[int], most: int
    ) -> list[tuple[str, float]]:
        """Ids of the nearest passages with their cosine, best first; `vector` has shape [1, dimensions].

        `years` keeps only passages that speak of one of them.
        """
        with self._lock:
            try:
                found = self._query(vector, filters, years, most)
            except ChromaError:
                # Another process is storing; what it has done so far is seen after opening again.
                self.reopen()
                found = self._query(vector, filters, years, most)
        distances = found["distances"] or [[]]
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]

    def _query(self, vector: Vectors, filters: Filters, years: list[int], most: int) -> Any:
        return self._collection.query(
            query_embeddings=vector, n_results=most, where=_where(filters, years), include=["distances"]
        )

    def cosines(self, vector: Vectors, ids: list[str]) -> dict[str, float]:
        """Cosine of `vector` [1, dimensions] with the stored vectors of `ids`."""
        if not ids:
            return {}
        try:
            with self._lock:
                found = self._collection.get(ids=ids, include=["embeddings"])
        except ChromaError:
            # Left by a kill; the next ingest mends it, and until then the other passages count.
            lost = self.unreadable(ids)
            return self.cosines(vector, [id_ for id_ in ids if id_ not in lost]) if lost else {}
        embeddings = found["embeddings"]
        if embeddings is None:
            return {}
        return {
            id_: float(vector[0] @ embedding) for id_, embedding in zip(found["ids"], embeddings, strict=True)
        }


def _metadata(passage: Passage, article: ArticleInfo) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "article_id": article.id,
        "title": article.title,
        "date": article.date,
        "year": article.year or 0,
        "source": article.source,
        "region": article.region,
        "heading": " > ".join(passage.heading_path),
        "start": passage.start,
        "end": passage.end,
        "periods": " ".join(passage.periods),
    }
    # One key a year, because a Chroma filter asks whether a key has a value, not whether a list holds one.
    metadata.update({f"speaks_of_{year}": True for year in passage.years})
    return metadata


def _where(filters: Filters, years: list[int]) -> dict[str, Any] | None:
    conditions: list[dict[str, Any]] = []
    if filters.sources:
        conditions.append({"source": {"$in": filters.sources}})
    if filters.regions:
        conditions.append({"region": {"$in": filters.regions}})
    if filters.years:
        conditions.append({"year": {"$in": filters.years}})
    if years:
        spoken: list[dict[str, Any]] = [{f"speaks_of_{year}": True} for year in years]
        conditions.append(spoken[0] if len(spoken) == 1 else {"$or": spoken})
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else {"$and": conditions}
