"""Where the passages of an index are kept and searched, as `ASSISTANT_PASSAGES` says, and opening the store there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from corpus.extras import need
from corpus.problem import Problem
from index.stores.base import PassageStore

if TYPE_CHECKING:
    from sqlalchemy import URL

    from index.catalogue import Catalogue

_PGVECTOR, _MILVUS_SETTING = "ASSISTANT_PASSAGES=pgvector", "ASSISTANT_PASSAGES=milvus+…"
_MILVUS = "milvus+"
_MILVUS_PORT = 19530
_NAME = "passages_name"
_NAME_FORM = re.compile(r"passages_[0-9a-f]{32}")


@dataclass(frozen=True)
class MilvusAddress:
    """A Milvus server: `uri` without what lets one in, `token` as `user:password`, and its database, empty for the first."""

    uri: str
    token: str = ""
    database: str = ""


@dataclass(frozen=True)
class Place:
    """Where passages are.

    Attributes:
        kind: `embedded` (Chroma and tantivy), `pgvector`, or `milvus`.
        chroma_server: Of `embedded`: the address of a Chroma server in place of the index folder.
        database: Of `pgvector`.
        milvus: Of `milvus`.
    """

    kind: Literal["embedded", "pgvector", "milvus"] = "embedded"
    chroma_server: str = ""
    database: URL | None = None
    milvus: MilvusAddress | None = None

    @property
    def in_folder(self) -> bool:
        """Whether all of it lies in the index folder."""
        return self.kind == "embedded" and not self.chroma_server

    @property
    def server(self) -> str:
        """The server's address, as it may be shown; empty where there is none."""
        if self.database is not None:
            from index.state.server_url import shown

            return shown(self.database)
        return self.milvus.uri if self.milvus is not None else self.chroma_server


EMBEDDED = Place()


def place_of(passages: str, *, chroma_server: str = "", database_url: str = "") -> Place:
    """The place that settings name.

    Args:
        passages: `embedded` or empty, `pgvector`, or `milvus+http://host:19530`.
        chroma_server: The address of a Chroma server; counts for `embedded` alone.
        database_url: The PostgreSQL database of `pgvector`.

    Raises:
        Problem: `passages_setting_wrong`, `passages_want_database`, `database_url_wrong`; none repeats what may hold a password.
    """
    text = passages.strip()
    if text in {"", "embedded"}:
        return Place(chroma_server=chroma_server)
    if text == "pgvector":
        if not database_url:
            raise Problem("passages_want_database")
        from index.state.server_url import server_url

        return Place("pgvector", database=server_url(database_url))
    if text.startswith(_MILVUS):
        return Place("milvus", milvus=_milvus_at(text[len(_MILVUS) :]))
    raise Problem("passages_setting_wrong")


def _milvus_at(text: str) -> MilvusAddress:
    try:
        url = urlsplit(text)
        host, port = url.hostname, url.port or _MILVUS_PORT
    except ValueError:
        raise Problem("passages_setting_wrong") from None
    if url.scheme not in {"http", "https"} or not host or url.query or url.fragment:
        raise Problem("passages_setting_wrong")
    token = f"{unquote(url.username)}:{unquote(url.password or '')}" if url.username else ""
    shown_host = f"[{host}]" if ":" in host else host
    return MilvusAddress(f"{url.scheme}://{shown_host}:{port}", token, url.path.strip("/"))


def open_store(place: Place, folder: Path, catalogue: Catalogue, set_name: str = "") -> PassageStore:
    """Open the store of an index's passages, made where it is not there yet.

    Args:
        place: Where it is.
        folder: The index folder.
        catalogue: Tells who may see what, and keeps the name that the index goes by on a server.
        set_name: Names the vectors of another model, which lie beside the first ones.

    Raises:
        Problem: `extra_missing`; `chroma_server_down`, `vectors_broken`, `index_not_writable`; `database_unreachable`,
            `pgvector_missing`, `pgvector_not_enabled`, `pgvector_too_old`; `milvus_down`, `milvus_too_old`.
    """
    if place.database is not None:
        need("postgres", _PGVECTOR)
        from index.stores.pgvector import PgvectorStore

        name = _name_on_server(catalogue, set_name)
        return PgvectorStore(place.database, name, catalogue.articles_in_sight, catalogue.keywords)
    if place.milvus is not None:
        need("milvus", _MILVUS_SETTING)
        from index.stores.milvus import MilvusStore

        name = _name_on_server(catalogue, set_name)
        return MilvusStore(place.milvus, name, catalogue.articles_in_sight, catalogue.keywords)
    from index.stores.embedded import EmbeddedStore
    from index.vectors import VectorStore

    vectors = VectorStore(
        folder / "chroma", place.chroma_server, in_sight=catalogue.passages_in_sight, set_name=set_name
    )
    return EmbeddedStore(vectors, catalogue.keywords)


def check_place(place: Place) -> None:
    """Check that a server answers and has what is needed; no table or collection is made on it.

    Raises:
        Problem: as `open_store` does.
    """
    if place.database is not None:
        need("postgres", _PGVECTOR)
        from index.state.server import connected
        from index.stores.pgvector_server import check_pgvector

        with connected(place.database) as connection:
            check_pgvector(connection, place.database)
    elif place.milvus is not None:
        need("milvus", _MILVUS_SETTING)
        from index.stores.milvus_server import check_milvus

        check_milvus(place.milvus)
    elif place.chroma_server:
        from index.vectors import check_server

        check_server(place.chroma_server)


def _name_on_server(catalogue: Catalogue, set_name: str) -> str:
    """What the index goes by on a server, made up on the first call: several indexes share one, and a folder may move."""
    name = catalogue.meta(_NAME) or ""
    # It becomes part of statements, and a catalogue may have come from elsewhere.
    if not _NAME_FORM.fullmatch(name):
        catalogue.set_meta(_NAME, f"passages_{uuid4().hex}")
        name = catalogue.meta(_NAME) or ""
    return f"{name}_{set_name}" if set_name else name
