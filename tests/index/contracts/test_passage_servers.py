"""Servers of passages that are set wrongly, are not there, go away and come back, or are of the wrong version."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

import numpy as np
import pytest
from sqlalchemy import create_engine, make_url, text

from assistant.messages import explain
from assistant.service import open_index, passages_place
from assistant.settings import Settings
from corpus import extras
from corpus.problem import Problem
from index.catalogue import Catalogue
from index.query import Filters
from index.store import Index
from index.stores.base import EVERYTHING, PassageStore, Within
from index.stores.place import Place, check_place, open_store, place_of
from index.sync import ingest
from tests.index.contracts.passage_places import chroma_server, free_port, milvus_lite
from tests.index.contracts.test_indexes_on_stores import OtherEmbedder
from tests.index.contracts.test_passage_stores import ARTICLES, passage, random_vectors, towards
from tests.index.killed_ingest import DigestEmbedder
from tests.postgres import Server, postgres_server

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
SECRET = "geheim-8472"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    yield catalogue
    catalogue.close()


def told(problem: Problem, code: str, *said: str) -> None:
    """The problem has this code, and both languages say all of `said` and nothing secret."""
    assert problem.code == code
    for language in ("zh", "en"):
        words = explain(problem, language)
        assert all(each in words for each in said), words
        assert SECRET not in words
        assert "{" not in words


# -- settings


@pytest.mark.parametrize(
    ("setting", "kind", "server"),
    [
        ("", "embedded", ""),
        ("embedded", "embedded", ""),
        (" pgvector ", "pgvector", "db:5432/x"),
        ("milvus+http://host:19530", "milvus", "http://host:19530"),
        ("milvus+https://host", "milvus", "https://host:19530"),
        (f"milvus+http://ann:{SECRET}@host:1/db", "milvus", "http://host:1"),
        ("milvus+http://[::1]:19530", "milvus", "http://[::1]:19530"),
    ],
)
def test_settings(setting: str, kind: str, server: str) -> None:
    url = f"postgresql://ann:{SECRET}@db:5432/x"
    place = passages_place(Settings(_env_file=None, passages=setting, database_url=url))
    assert (place.kind, place.server) == (kind, server)
    assert place.in_folder == (kind == "embedded")


def test_a_login_and_a_database_of_milvus() -> None:
    address = place_of("milvus+http://ann:p%40ss@host:1/db").milvus
    assert address is not None
    assert (address.token, address.database) == ("ann:p@ss", "db")


@pytest.mark.parametrize(
    "setting",
    ["chroma", "PGVECTOR", "milvus", "milvus+", "milvus+host:19530", "milvus+ftp://host", "milvus+http://",
     "milvus+http://host:99999", "http://host:19530", "milvus+http://host:port", f"milvus+grpc://ann:{SECRET}@host",
     "milvus+http://[::1"],
)  # fmt: skip
def test_a_wrong_setting_is_told(setting: str) -> None:
    with pytest.raises(Problem) as raised:
        place_of(setting)
    told(raised.value, "passages_setting_wrong", "ASSISTANT_PASSAGES", "milvus+http://", "pgvector")


def test_pgvector_without_a_database_is_told() -> None:
    with pytest.raises(Problem) as raised:
        place_of("pgvector")
    told(raised.value, "passages_want_database", "ASSISTANT_DATABASE_URL", "ASSISTANT_PASSAGES=pgvector")


def test_the_setting_chooses_the_store(tmp_path: Path, database: str) -> None:
    settings = Settings(_env_file=None, data=tmp_path, passages="pgvector", database_url=database)
    index = open_index(settings)
    assert index.place.kind == "pgvector"
    assert not (tmp_path / "index" / "chroma").exists()
    index.close()


@pytest.mark.parametrize(
    ("extra", "setting"), [("postgres", "pgvector"), ("milvus", "milvus+http://127.0.0.1:1")]
)
def test_an_extra_that_is_missing_is_told(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: str, setting: str
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    place = place_of(setting, database_url="postgresql://ann@127.0.0.1:1/x")
    for act in (lambda: open_store(place, tmp_path, catalogue), lambda: check_place(place)):
        with pytest.raises(Problem) as raised:
            act()
        told(raised.value, "extra_missing", "ASSISTANT_PASSAGES", f"[{extra}]")


def test_what_no_setting_asks_for_is_not_loaded(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.index.killed_ingest import open_index; import assistant.service, ui.cli; "
        "open_index(Path(sys.argv[1])).close(); assert not {'pymilvus', 'psycopg', 'milvus_lite'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "index")], cwd=ROOT, check=True, timeout=120)


# -- servers that go away


@contextmanager
def chroma_at(folder: Path) -> Iterator[tuple[Place, Callable[[], object], Callable[[], object]]]:
    port = free_port()
    with _switched(lambda: chroma_server(folder, port)) as (_, stop, start):
        yield Place(chroma_server=f"http://127.0.0.1:{port}"), stop, start


@contextmanager
def milvus_at(folder: Path) -> Iterator[tuple[Place, Callable[[], object], Callable[[], object]]]:
    port = free_port()
    with _switched(lambda: milvus_lite(folder, port)) as (setting, stop, start):
        yield place_of(setting), stop, start


@contextmanager
def postgres_at(folder: Path) -> Iterator[tuple[Place, Callable[[], object], Callable[[], object]]]:
    with postgres_server() as server:
        url = server.url("postgres").render_as_string(hide_password=False)
        yield place_of("pgvector", database_url=url), server.stop, server.start


@contextmanager
def _switched(make: Callable) -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    running = []

    def start() -> str:
        running.append(make())
        return running[-1].__enter__()

    def stop() -> None:
        running.pop().__exit__(None, None, None)

    address = start()
    yield address, stop, start
    if running:
        stop()


def every_call(store: PassageStore) -> list[Callable[[], object]]:
    return [
        store.count,
        store.ids,
        lambda: store.add([passage("a1")], ARTICLES, towards(0)),
        lambda: store.remove(["a1"]),
        lambda: store.nearest(towards(0), EVERYTHING, 1),
        lambda: store.cosines(towards(0), ["a1"]),
        lambda: store.unreadable(["a1"]),
    ]


@pytest.mark.parametrize(
    ("at", "code", "named"),
    [
        (chroma_at, "chroma_server_down", ""),
        (postgres_at, "database_unreachable", "ASSISTANT_DATABASE_URL"),
        (milvus_at, "milvus_down", "ASSISTANT_PASSAGES"),
    ],
    ids=["chroma", "pgvector", "milvus-lite"],
)
def test_a_server_that_goes_away_is_told_and_used_again_when_it_is_back(
    at: Callable, code: str, named: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    (tmp_path / "server").mkdir()
    with at(tmp_path / "server") as (place, stop, start):
        store = open_store(place, tmp_path, catalogue)
        store.add([passage("a1")], ARTICLES, towards(0))
        stop()
        for act in (
            *every_call(store),
            lambda: open_store(place, tmp_path, catalogue),
            lambda: check_place(place),
        ):
            with pytest.raises(Problem) as raised:
                act()
            told(raised.value, code, named)
            assert raised.value.fields["reason"]
        start()
        # gRPC waits a second or more before it connects again.
        for _ in range(60):
            with suppress(Problem):
                assert store.ids() == {"a1"}
                break
            time.sleep(0.25)
        assert store.ids() == {"a1"}
        assert [id_ for id_, _ in store.nearest(towards(0), EVERYTHING, 5)[0]] == ["a1"]
        store.add([passage("a2")], ARTICLES, towards(1))
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(lambda _: store.count(), range(8))) == [2] * 8
        check_place(place)
        store.close()


@pytest.mark.parametrize(
    "says", [b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", b"SSH-2.0-OpenSSH\r\n", b""]
)
@pytest.mark.parametrize(
    ("setting", "code"),
    [("embedded", "chroma_server_down"), ("pgvector", "database_unreachable"), ("milvus+{}", "milvus_down")],
)
def test_a_server_that_is_another_is_told(
    catalogue: Catalogue, tmp_path: Path, says: bytes, setting: str, code: str
) -> None:
    class Says(StreamRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            self.wfile.write(says)

    if "milvus" in setting:
        pytest.importorskip("pymilvus", reason="the extra milvus is not installed")
    with ThreadingTCPServer(("127.0.0.1", 0), Says) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{other.server_address[1]}"
        database = address.replace("http://", f"postgresql://ann:{SECRET}@") + "/x"
        place = place_of(setting.format(address), chroma_server=address, database_url=database)
        with pytest.raises(Problem) as raised:
            open_store(place, tmp_path, catalogue)
        told(raised.value, code)
        other.shutdown()


# -- what a database lacks


def run(url: str, *statements: str) -> None:
    engine = create_engine(make_url(url))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def refused(url: str, catalogue: Catalogue, tmp_path: Path) -> Problem:
    place = place_of("pgvector", database_url=url)
    with pytest.raises(Problem) as raised:
        open_store(place, tmp_path, catalogue)
    with pytest.raises(Problem, match=raised.value.code):
        check_place(place)
    return raised.value


def test_a_server_without_pgvector_is_told(database: str, catalogue: Catalogue, tmp_path: Path) -> None:
    # Found before PostgreSQL's own view of this name, where the address says so.
    run(
        database,
        "CREATE SCHEMA other",
        "CREATE VIEW other.pg_available_extensions AS SELECT * FROM pg_catalog.pg_available_extensions WHERE false",
    )
    url = f"{database}?options=-csearch_path%3Dother,pg_catalog,public"
    told(refused(url, catalogue, tmp_path), "pgvector_missing", "ASSISTANT_PASSAGES=pgvector", "0.8")


def test_a_user_who_may_not_switch_it_on_is_told(
    database: str, postgres: Server, catalogue: Catalogue, tmp_path: Path
) -> None:
    name = make_url(database).database
    run(database, "DROP ROLE IF EXISTS weak", "CREATE ROLE weak LOGIN", f"GRANT ALL ON DATABASE {name} TO weak",
        "GRANT ALL ON SCHEMA public TO weak")  # fmt: skip
    url = make_url(database).set(username="weak").render_as_string(hide_password=False)
    told(
        refused(url, catalogue, tmp_path),
        "pgvector_not_enabled",
        "CREATE EXTENSION vector",
        "ASSISTANT_DATABASE_URL",
    )
    run(database, "CREATE EXTENSION vector")
    store = open_store(place_of("pgvector", database_url=url), tmp_path, catalogue)
    store.add([passage("a1")], ARTICLES, towards(0))
    assert store.ids() == {"a1"}
    store.delete()
    run(database, f"REVOKE ALL ON DATABASE {name} FROM weak", "DROP OWNED BY weak", "DROP ROLE weak")


def test_an_old_pgvector_is_told(database: str, catalogue: Catalogue, tmp_path: Path) -> None:
    run(
        database,
        "CREATE EXTENSION vector",
        "UPDATE pg_extension SET extversion = '0.7.4' WHERE extname = 'vector'",
    )
    told(
        refused(database, catalogue, tmp_path),
        "pgvector_too_old",
        "0.7.4",
        "0.8",
        "ALTER EXTENSION vector UPDATE",
    )


def test_a_table_that_somebody_removed_is_empty_and_filled_again(
    database: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    store = open_store(place_of("pgvector", database_url=database), tmp_path, catalogue)
    store.add([passage("a1")], ARTICLES, towards(0))
    run(database, f"DROP TABLE {catalogue.meta('passages_name')}")
    assert (store.count(), store.ids(), store.unreadable(["a1"])) == (0, set(), {"a1"})
    assert store.nearest(towards(0), EVERYTHING, 3) == [[]]
    store.reopen()
    store.add([passage("a1")], ARTICLES, towards(0))
    assert store.ids() == {"a1"}
    store.close()


# -- an old Milvus


@contextmanager
def milvus_that_says(version: str) -> Iterator[str]:
    """A server that answers what a Milvus of some version would when it is asked for that, and nothing else."""
    grpc = pytest.importorskip("grpc", reason="the extra milvus is not installed")
    pytest.importorskip("pymilvus", reason="the extra milvus is not installed")
    from pymilvus.grpc_gen import milvus_pb2, milvus_pb2_grpc

    class Old(milvus_pb2_grpc.MilvusServiceServicer):
        def Connect(self, request: object, context: object) -> object:
            return milvus_pb2.ConnectResponse(server_info={"build_tags": version})

        def GetVersion(self, request: object, context: object) -> object:
            return milvus_pb2.GetVersionResponse(version=version)

    server = grpc.server(ThreadPoolExecutor(2))
    milvus_pb2_grpc.add_MilvusServiceServicer_to_server(Old(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"milvus+http://127.0.0.1:{port}"
    server.stop(None)


@pytest.mark.parametrize("version", ["v2.3.5", "2.4.23", "v1.1", "unknown"])
def test_an_old_milvus_is_told(version: str, catalogue: Catalogue, tmp_path: Path) -> None:
    with milvus_that_says(version) as setting:
        for act in (lambda p: open_store(p, tmp_path, catalogue), check_place):
            with pytest.raises(Problem) as raised:
                act(place_of(setting))
            told(raised.value, "milvus_too_old", version, "2.5", "ASSISTANT_PASSAGES")


@pytest.mark.parametrize("version", ["v2.5.0", "2.6.4-dev", "v3.0.0"])
def test_a_new_milvus_is_taken(version: str) -> None:
    with milvus_that_says(version) as setting:
        check_place(place_of(setting))


def test_a_milvus_that_lets_nobody_in_is_told(milvus: str) -> None:
    # milvus-lite has no login: what a server that has one says is made by hand.
    from pymilvus import MilvusException

    from index.stores.milvus_server import milvus_errors

    address = place_of(milvus).milvus
    assert address is not None
    with pytest.raises(Problem) as raised, milvus_errors(replace(address, token=f"ann:{SECRET}")):
        raise MilvusException(65535, "auth check failure, please check api key is correct")
    told(raised.value, "milvus_down", "ASSISTANT_PASSAGES")
    assert raised.value.fields["reason"] == "reason_no_right"


# -- what PostgreSQL looks along


def test_where_the_graph_gives_up_all_are_compared(
    database: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    # Nothing but the graph is looked along, and no further than some passages.
    options = "-cenable_seqscan=off -cenable_bitmapscan=off -cenable_sort=off -chnsw.max_scan_tuples=20"
    url = make_url(database).update_query_dict({"options": options}).render_as_string(hide_password=False)
    store = open_store(place_of("pgvector", database_url=url), tmp_path, catalogue)
    vectors = random_vectors(1500) * 0.2 + towards(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    store.add([passage(f"a{number}", "a", (2025,)) for number in range(1500)], ARTICLES, vectors)
    store.add(
        [passage(f"b{number}", "b", (2024,)) for number in range(3)], ARTICLES, towards(7).repeat(3, axis=0)
    )
    for within in (Within(years=(2024,)), Within(Filters(regions=["湖北"])), Within(Filters(years=[2024]))):
        assert [id_ for id_, _ in store.nearest(towards(0), within, 5)[0]] == ["b0", "b1", "b2"]
    assert len(store.nearest(towards(0), EVERYTHING, 40)[0]) == 40
    store.close()


def test_vectors_that_no_graph_takes_are_compared(
    database: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    store = open_store(place_of("pgvector", database_url=database), tmp_path, catalogue)
    store.add([passage("a1"), passage("a2")], ARTICLES, np.eye(2, 4096, dtype=np.float32))
    assert [id_ for id_, _ in store.nearest(np.eye(1, 4096, 1, dtype=np.float32), EVERYTHING, 2)[0]] == [
        "a2",
        "a1",
    ]
    store.close()


def test_a_name_that_is_none_is_not_used(database: str, catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.set_meta("passages_name", "x; DROP TABLE people; --")
    store = open_store(place_of("pgvector", database_url=database), tmp_path, catalogue)
    store.add([passage("a1")], ARTICLES, towards(0))
    assert store.ids() == {"a1"}
    assert re.fullmatch("passages_[0-9a-f]{32}", catalogue.meta("passages_name") or "")
    store.close()


def test_the_vectors_of_the_model_before_are_removed(database: str, tmp_path: Path) -> None:
    place = place_of("pgvector", database_url=database)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text("# 甲\n\n2025年产值为4亿元。\n", "utf-8")
    for embedder in (DigestEmbedder, OtherEmbedder):
        index = Index(tmp_path / "index", embedder, model_name=embedder.fingerprint, place=place)
        ingest(index, [tmp_path / "articles"])
        index.close()
    engine = create_engine(make_url(database))
    with engine.connect() as connection:
        tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE tablename LIKE 'passages%'"))
        assert len(tables.all()) == 1
    engine.dispose()
