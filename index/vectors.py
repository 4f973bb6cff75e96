"""Vectors of the passages in Chroma: on disk, or on a Chroma server."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlparse
from uuid import uuid4

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from corpus.model import Passage
from corpus.problem import Problem
from corpus.reasons import reason_and_detail
from index.embeddings.base import Vectors
from index.folder_lock import vector_files
from index.hit import ArticleInfo
from index.query import Filters
from index.vector_damage import damaged, is_damage, is_panic
from index.vector_metadata import Condition, conditions_of, metadata_of

_COLLECTION = "passages"
_BATCH = 2000
# A Chroma server refuses more than 40 MB at once, which 2000 vectors of 4096 dimensions are.
_BATCH_ADDED = 500
# How many neighbours HNSW looks at: with Chroma's 100, a fifth of the nearest forty of 100,000 passages is missed.
_LOOKED_AT = 1000
# Of the neighbours fetched without a filter, three times as many as wanted should meet it.
_SPARE = 3
_FETCHED_MOST = 10_000
# Where few passages meet a filter, all their cosines are worked out; reading a vector takes as long as fetching five
# neighbours.
_FEW = 2000
_FETCHED_IN_PLACE_OF_READ = 5
_REMEMBERED = 400_000


class VectorStore:
    """One Chroma collection, cosine distance, keyed by passage id.

    On a server each index has a collection of its own, whose name stands in `folder`. Who may see what is not kept
    here: `in_sight` tells it (`Catalogue.passages_in_sight`), so that one place decides and an old index needs no rebuild.
    Vectors of another model lie in a collection of their own, which `set_name` names.

    Raises:
        Problem: `chroma_server_down` when the server does not answer, here and in every method;
            `index_not_writable` when the folder cannot be written, `vectors_broken` when its files are damaged.
    """

    def __init__(
        self,
        folder: Path,
        server: str = "",
        in_sight: Callable[[Filters], frozenset[str] | None] | None = None,
        set_name: str = "",
    ) -> None:
        self._folder, self._server = folder, server
        self._in_sight = in_sight
        self._name = _own_collection(folder) if server else _COLLECTION
        if set_name:
            self._name += f"-{set_name}"
        self._lock = threading.RLock()
        # What was read from Chroma and holds until something is stored.
        self._meeting: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._stored: int | None = None
        self._connect()

    def _connect(self) -> None:
        folder, server = self._folder, self._server
        try:
            with self._files():
                self._client = _client_of(server) if server else self._client_of_folder()
                self._collection = self._client.get_or_create_collection(
                    self._name,
                    configuration={"hnsw": {"space": "cosine", "ef_search": _LOOKED_AT}},
                    embedding_function=None,
                )
                # The first question brings the graph from the files, and writes to them what another process left undone.
                self._is_read = self._collection.count() > 0
        except (ChromaError, ValueError, OSError, httpx.TransportError) as error:
            if server:
                raise _server_down(server, error) from error
            if is_damage(error):
                raise damaged(folder, error) from error
            raise Problem("index_not_writable", folder=folder, **reason_and_detail(error)) from error
        except BaseException as error:
            if is_panic(error):
                raise damaged(folder, error) from error
            raise

    def _client_of_folder(self) -> ClientAPI:
        return chromadb.PersistentClient(
            path=str(self._folder), settings=ChromaSettings(anonymized_telemetry=False)
        )

    def look(self) -> None:
        """Ask for a vector and what is near it, so that files that cannot be read show at once.

        Raises:
            Problem: `vectors_broken`.
        """
        try:
            with self._heard():
                some = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
                if some is not None and len(some):
                    self._nearest(cast(Any, some), 1)
        except ChromaError as error:
            if is_damage(error):
                raise damaged(self._folder, error) from error
            # A vector that a kill left without a graph, or another process that is storing.

    @contextmanager
    def _heard(self) -> Iterator[None]:
        """One thread at a time; where the server is gone or Chroma gives up on damaged files, say so."""
        with self._lock:
            try:
                yield
            except httpx.TransportError as error:
                raise _server_down(self._server, error) from error
            except BaseException as error:
                if is_panic(error):
                    raise damaged(self._folder, error) from error
                raise

    def _files(self) -> AbstractContextManager[None]:
        """The files of the folder kept from other processes."""
        return nullcontext() if self._server else vector_files(self._folder.parent)

    def _files_unless_read(self) -> AbstractContextManager[None]:
        """As `_files` where the collection was empty when it was opened: its graph is brought from the files later."""
        return nullcontext() if self._is_read else self._files()

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            cast(Client, self._client).close()

    def delete(self) -> None:
        """Remove the collection with all its vectors, and let go of the files."""
        with self._heard(), self._files():
            with suppress(ChromaError, ValueError):
                self._client.delete_collection(self._name)
            self._forget()
            cast(Client, self._client).close()

    def reopen(self) -> None:
        """See what another process has stored; Chroma keeps its graph in memory and does not look again."""
        with self._lock, self._files():
            cast(Client, self._client).close()
            self._forget()
            self._connect()

    def _forget(self) -> None:
        self._meeting.clear()
        self._stored = None

    def add(self, passages: Sequence[Passage], articles: Mapping[str, ArticleInfo], vectors: Vectors) -> None:
        """Store passages with their vectors; those already there are replaced."""
        for start in range(0, len(passages), _BATCH_ADDED):
            part = passages[start : start + _BATCH_ADDED]
            with self._heard(), self._files():
                self._forget()
                old = self._old_keys([passage.id for passage in part])
                self._collection.upsert(
                    ids=[passage.id for passage in part],
                    embeddings=vectors[start : start + _BATCH_ADDED],
                    documents=[passage.text for passage in part],
                    metadatas=[
                        old.get(passage.id, {}) | metadata_of(passage, articles[passage.article_id])
                        for passage in part
                    ],
                )

    def _old_keys(self, ids: list[str]) -> dict[str, dict[str, Any]]:
        """For those of `ids` that are stored, the keys of their metadata, each without a value.

        Chroma keeps the keys that an upsert does not name (the years a passage spoke of before its article's date
        was set right, say); one that is named without a value goes.
        """
        found = self._collection.get(ids=ids, include=["metadatas"])
        return {
            id_: dict.fromkeys(metadata or {})
            for id_, metadata in zip(found["ids"], found["metadatas"] or [], strict=True)
        }

    def remove(self, ids: Iterable[str]) -> None:
        """Forget passages; unknown ids are no error."""
        every = list(ids)
        for start in range(0, len(every), _BATCH):
            with self._heard(), self._files():
                self._forget()
                self._collection.delete(ids=every[start : start + _BATCH])

    def ids(self) -> set[str]:
        """Ids of all stored passages."""
        with self._heard():
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
            with self._heard(), self._files_unless_read():
                found = self._collection.get(ids=ids, include=["embeddings"])["ids"]
        except ChromaError:
            if len(ids) == 1:
                return set(ids)
            half = len(ids) // 2
            return self.unreadable(ids[:half]) | self.unreadable(ids[half:])
        return set(ids) - set(found)

    def count(self) -> int:
        """How many passages are stored."""
        with self._heard():
            return self._collection.count()

    def search(
        self, vector: Vectors, filters: Filters, years: list[int], most: int
    ) -> list[tuple[str, float]]:
        """Ids of the nearest passages with their cosine, best first; `vector` has shape [1, dimensions].

        `years` keeps only passages that speak of one of them.
        """
        conditions = conditions_of(filters, years)
        visible = self._visible(filters)
        with self._heard(), self._files_unless_read():
            try:
                return self._search(vector, conditions, visible, most)
            except ChromaError:
                # Another process has stored; what it has done so far is seen after opening again.
                with self._files():
                    self.reopen()
                    return self._search_again(vector, conditions, visible, most)

    def _search_again(
        self, vector: Vectors, conditions: list[Condition], visible: frozenset[str] | None, most: int
    ) -> list[tuple[str, float]]:
        try:
            return self._search(vector, conditions, visible, most)
        except ChromaError as error:
            if self._server:
                raise
            raise damaged(self._folder, error) from error

    def _visible(self, filters: Filters) -> frozenset[str] | None:
        """Ids of the passages that may be seen and that the catalogue lets through; None for all."""
        if self._in_sight is not None:
            return self._in_sight(filters)
        if filters.collections is not None or filters.asks_catalogue:
            raise ValueError("nothing here tells which passages may be seen")
        return None

    def _search(
        self, vector: Vectors, conditions: list[Condition], visible: frozenset[str] | None, most: int
    ) -> list[tuple[str, float]]:
        """The nearest passages that meet all conditions and are `visible`.

        Chroma's own filter takes 2 to 5 ms for every thousand passages that meet it, each time, most of it to read
        their ids. These are remembered here; where many passages meet the conditions, some neighbours more are
        fetched without a filter and those that do not are left out.
        """
        sets = [self._ids_meeting(condition) for condition in conditions]
        if visible is not None:
            sets.append(visible)
        if not sets:
            return self._nearest(vector, most)
        allowed = sets[0].intersection(*sets[1:])
        if not allowed:
            return []
        if self._stored is None:
            self._stored = self._collection.count()
        fetched = _SPARE * most * self._stored // len(allowed)
        if fetched <= min(_FETCHED_MOST, _FETCHED_IN_PLACE_OF_READ * len(allowed)):
            near = [(id_, cosine) for id_, cosine in self._nearest(vector, fetched) if id_ in allowed]
            if len(near) >= most:
                return near[:most]
        if len(allowed) <= _FEW:
            found = self.cosines(vector, list(allowed))
            return sorted(found.items(), key=lambda each: (-each[1], each[0]))[:most]
        if not conditions:
            # Chroma fails for an id that it does not hold; the catalogue may name one until the next ingest mends it.
            allowed &= self._ids_meeting(None)
        return self._nearest(vector, most, list(allowed))

    def _nearest(
        self, vector: Vectors, most: int, allowed: list[str] | None = None
    ) -> list[tuple[str, float]]:
        found = self._collection.query(
            query_embeddings=cast(Any, vector), n_results=most, ids=allowed, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]

    def _ids_meeting(self, condition: Condition | None) -> frozenset[str]:
        """Ids of the passages that meet a condition, all without one, remembered until something is stored (110 bytes each)."""
        key = repr(condition)
        known = self._meeting.pop(key, None)
        if known is None:
            known = frozenset(self._collection.get(where=condition, include=[])["ids"])
        # The last used comes last, the first is forgotten first.
        self._meeting[key] = known
        while len(self._meeting) > 1 and sum(map(len, self._meeting.values())) > _REMEMBERED:
            self._meeting.popitem(last=False)
        return known

    def cosines(self, vector: Vectors, ids: list[str]) -> dict[str, float]:
        """Cosine of `vector` [1, dimensions] with the stored vectors of `ids`."""
        if not ids:
            return {}
        try:
            with self._heard(), self._files_unless_read():
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


def check_server(server: str) -> None:
    """Check that a Chroma server answers; nothing is made on it.

    Raises:
        Problem: `chroma_server_down`.
    """
    try:
        _client_of(server).heartbeat()
    except (ChromaError, ValueError, OSError, httpx.TransportError) as error:
        raise _server_down(server, error) from error


def _client_of(server: str) -> ClientAPI:
    url = urlparse(server if "//" in server else f"http://{server}")
    return chromadb.HttpClient(
        host=url.hostname or "localhost",
        port=url.port or (443 if url.scheme == "https" else 8000),
        ssl=url.scheme == "https",
        settings=ChromaSettings(anonymized_telemetry=False),
    )


def _server_down(server: str, error: Exception) -> Problem:
    return Problem("chroma_server_down", server=server, **reason_and_detail(error, "reason_no_connection"))


def _own_collection(folder: Path) -> str:
    """The name of this index's collection on a server, made up on the first call and kept in `folder`.

    With one name for all, an ingest into one index would remove what another has on the same server.
    """
    file = folder / "collection.txt"
    try:
        name = file.read_text("utf-8").strip() if file.exists() else ""
        if not name:
            name = f"{_COLLECTION}-{uuid4().hex}"
            folder.mkdir(parents=True, exist_ok=True)
            file.write_text(name, "utf-8")
    except OSError as error:
        raise Problem("index_not_writable", folder=folder, **reason_and_detail(error)) from error
    return name
