"""What every vector store keeps to, asked of each of them: Chroma in a folder, and a Chroma server."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

import httpx
import numpy as np
import pytest

from assistant.messages import explain
from assistant.settings import Settings
from corpus.model import Passage
from corpus.problem import Problem
from index.embeddings.base import Vectors
from index.hit import ArticleInfo
from index.query import Filters
from index.store import Index
from index.sync import ingest
from index.vectors import VectorStore
from tests.index.killed_ingest import DigestEmbedder

_STARTING = 30

ARTICLES = {
    "a": ArticleInfo(id="a", title="上海", date="2025-03-05", source="人民日报", region="上海"),
    "b": ArticleInfo(id="b", title="湖北", date="2024", source="统计局", region="湖北"),
    "c": ArticleInfo(id="c", title="无日期"),
}
AXES = np.eye(8, dtype=np.float32)


def passage(id_: str, article: str = "a", years: tuple[int, ...] = (), text: str = "文") -> Passage:
    return Passage(
        id=id_, article_id=article, position=0, text=text, start=0, end=len(text),
        heading_path=["一、总论"], years=list(years), periods=[str(year) for year in years],
    )  # fmt: skip


def towards(axis: int, other: int | None = None, share: float = 0.0) -> Vectors:
    """A unit vector along one axis, leaning to another by `share`; shape [1, 8]."""
    vector = AXES[axis] * (1 - share) + (AXES[other] * share if other is not None else 0)
    return (vector / np.linalg.norm(vector))[None].astype(np.float32)


def random_vectors(count: int) -> Vectors:
    """Unit vectors, [count, 8]."""
    vectors = np.random.default_rng(3).normal(size=(count, 8)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@contextmanager
def chroma_server(folder: Path) -> Iterator[str]:
    """A Chroma server on a free port, stopped at the end; gives its address."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = Path(sys.executable).with_name("chroma")
    server = subprocess.Popen(
        [str(command), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
        env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(10 * _STARTING):
            try:
                httpx.get(f"{address}/api/v2/heartbeat", trust_env=False)
                break
            except httpx.TransportError:
                assert server.poll() is None, "the server ended"
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not Path(sys.executable).with_name("chroma").exists():
        pytest.skip("no chroma command beside this Python")
    with chroma_server(tmp_path_factory.mktemp("chroma-server")) as address:
        yield address


@pytest.fixture(params=["on disk", "server"])
def address(request: pytest.FixtureRequest) -> str:
    """The setting that chooses the store."""
    return request.getfixturevalue("server") if request.param == "server" else ""


Open = Callable[[], VectorStore]


@pytest.fixture
def open_store(address: str, tmp_path: Path) -> Open:
    """Opens the store that is put to the test, the same one each time."""
    return lambda: VectorStore(tmp_path / "chroma", address)


@pytest.fixture
def store(open_store: Open) -> Iterator[VectorStore]:
    store = open_store()
    yield store
    store.close()


@pytest.fixture
def filled(store: VectorStore) -> VectorStore:
    """Three passages of two articles and one without date, source and region, each along an axis of its own."""
    passages = [
        passage("a1", "a", (2024, 2025)), passage("a2", "a", (2025,)), passage("b1", "b", (2024,)),
        passage("c1", "c"),
    ]  # fmt: skip
    store.add(passages, ARTICLES, AXES[:4])
    return store


def found(store: VectorStore, speak_of: list[int] | None = None, most: int = 10, **filters: list) -> set[str]:
    return {id_ for id_, _ in store.search(towards(0), Filters(**filters), speak_of or [], most)}


# -- the contract


def test_an_empty_store(store: VectorStore) -> None:
    assert store.count() == 0
    assert store.ids() == set()
    assert store.search(towards(0), Filters(), [], 5) == []
    assert store.cosines(towards(0), ["a1"]) == {}
    assert store.unreadable(["a1"]) == {"a1"}
    store.remove(["a1"])


def test_what_was_added_is_there(filled: VectorStore) -> None:
    assert filled.count() == 4
    assert filled.ids() == {"a1", "a2", "b1", "c1"}
    assert filled.unreadable(["a1", "a2", "b1", "c1"]) == set()
    filled.add([], ARTICLES, AXES[:0])
    assert filled.count() == 4


def test_the_nearest_come_first_with_their_cosines(filled: VectorStore) -> None:
    hits = filled.search(towards(2, 1, 0.3), Filters(), [], 2)
    assert [id_ for id_, _ in hits] == ["b1", "a2"]
    expected = towards(2, 1, 0.3)[0]
    assert np.allclose([cosine for _, cosine in hits], [expected[2], expected[1]], atol=1e-4)


def test_asking_for_more_than_there_is(filled: VectorStore) -> None:
    assert len(filled.search(towards(0), Filters(), [], 100)) == 4


def test_adding_again_replaces(filled: VectorStore) -> None:
    filled.add([passage("a1", "b", (2026,))], ARTICLES, towards(5))
    assert filled.count() == 4
    assert filled.search(towards(5), Filters(), [], 1)[0] == ("a1", pytest.approx(1, abs=1e-4))
    # What was told of the old one is gone with it.
    assert found(filled, [2025]) == {"a2"}
    assert found(filled, [2026]) == {"a1"}
    assert found(filled, regions=["上海"]) == {"a2"}
    assert found(filled, regions=["湖北"]) == {"a1", "b1"}


def test_what_was_removed_is_gone(filled: VectorStore) -> None:
    filled.remove(iter(["a1", "c1", "never there"]))
    assert filled.ids() == {"a2", "b1"}
    assert filled.count() == 2
    assert found(filled) == {"a2", "b1"}
    assert filled.cosines(towards(0), ["a1"]) == {}
    assert filled.unreadable(["a1", "a2"]) == {"a1"}
    filled.remove([])
    assert filled.count() == 2


def test_removed_and_added_again(filled: VectorStore) -> None:
    filled.remove(["a1"])
    filled.add([passage("a1", "c")], ARTICLES, towards(6))
    assert filled.search(towards(6), Filters(), [], 1)[0][0] == "a1"
    assert found(filled, [2024]) == {"b1"}


@pytest.mark.parametrize(
    ("filters", "years", "expected"),
    [
        ({}, [], {"a1", "a2", "b1", "c1"}),
        ({"regions": ["上海"]}, [], {"a1", "a2"}),
        ({"regions": ["上海", "湖北"]}, [], {"a1", "a2", "b1"}),
        ({"sources": ["统计局"]}, [], {"b1"}),
        ({"years": [2025]}, [], {"a1", "a2"}),
        ({"years": [2024, 2025]}, [], {"a1", "a2", "b1"}),
        ({}, [2024], {"a1", "b1"}),
        ({}, [2024, 2025], {"a1", "a2", "b1"}),
        ({"regions": ["上海"]}, [2024], {"a1"}),
        ({"regions": ["上海"], "sources": ["人民日报"], "years": [2025]}, [2024, 2026], {"a1"}),
        ({"regions": ["上海"], "sources": ["统计局"]}, [], set()),
        ({}, [1999], set()),
    ],
)
def test_filters_and_years_leave_out(
    filled: VectorStore, filters: dict, years: list[int], expected: set[str]
) -> None:
    assert found(filled, years, **filters) == expected


def test_a_filter_reaches_past_nearer_passages(store: VectorStore) -> None:
    near = [passage(f"a{number}", "a", (2025,)) for number in range(300)]
    vectors = random_vectors(300) * 0.2 + towards(0)
    store.add(near, ARTICLES, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    store.add([passage("b1", "b", (2024,))], ARTICLES, towards(7))
    assert found(store, [2024], most=1) == {"b1"}
    assert found(store, regions=["湖北"], most=1) == {"b1"}


def test_cosines_with_named_passages(filled: VectorStore) -> None:
    vector = towards(1, 3, 0.25)
    cosines = filled.cosines(vector, ["c1", "a2", "never there"])
    assert cosines == pytest.approx({"c1": float(vector[0, 3]), "a2": float(vector[0, 1])}, abs=1e-4)
    assert filled.cosines(vector, []) == {}


def test_more_than_goes_in_at_once(store: VectorStore) -> None:
    vectors = random_vectors(2100)
    passages = [passage(f"p{number}", "b") for number in range(2100)]
    store.add(passages, ARTICLES, vectors)
    assert store.count() == 2100
    assert store.unreadable([p.id for p in passages] + ["never there"]) == {"never there"}
    for number in (0, 499, 500, 2099):
        assert store.search(vectors[number : number + 1], Filters(), [], 1)[0][0] == f"p{number}"
    store.remove([f"p{number}" for number in range(2050)])
    assert store.ids() == {f"p{number}" for number in range(2050, 2100)}


def test_all_is_there_after_opening_again(open_store: Open) -> None:
    store = open_store()
    store.add([passage("a1", "a", (2025,)), passage("b1", "b")], ARTICLES, AXES[:2])
    store.remove(["b1"])
    store.close()
    again = open_store()
    assert again.ids() == {"a1"}
    assert found(again, [2025], regions=["上海"]) == {"a1"}
    assert again.unreadable(["a1"]) == set()
    again.close()


def test_reopen_keeps_all_and_goes_on(filled: VectorStore) -> None:
    filled.reopen()
    assert filled.ids() == {"a1", "a2", "b1", "c1"}
    filled.add([passage("a3")], ARTICLES, towards(4))
    assert filled.search(towards(4), Filters(), [], 1)[0][0] == "a3"


def test_two_indexes_keep_apart(address: str, tmp_path: Path) -> None:
    """On one server, too: an ingest removes what its own catalogue does not name."""
    indexes = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "article.md").write_text(f"# {name}\n\n第{name}项工作的产值为4亿元。\n", "utf-8")
        index = Index(tmp_path / f"index-{name}", DigestEmbedder, model_name="digest", chroma_server=address)
        report = ingest(index, [tmp_path / name])
        assert (report.passages, report.problems) == (1, [])
        indexes.append(index)
    one, two = indexes
    assert one.vectors.ids() == one.catalogue.all_passage_ids()
    assert two.vectors.ids() == two.catalogue.all_passage_ids()
    assert not one.vectors.ids() & two.vectors.ids()
    one.close()
    two.close()


def test_an_index_that_is_moved_finds_its_vectors(address: str, tmp_path: Path) -> None:
    store = VectorStore(tmp_path / "here", address)
    store.add([passage("a1")], ARTICLES, towards(0))
    store.close()
    shutil.move(tmp_path / "here", tmp_path / "there")
    moved = VectorStore(tmp_path / "there", address)
    assert moved.ids() == {"a1"}
    moved.close()


def test_threads_may_share_it(filled: VectorStore) -> None:
    def work(number: int) -> set[str]:
        if number % 4 == 0:
            filled.add([passage(f"t{number}", "c")], ARTICLES, towards(7))
        if number % 9 == 0:
            filled.reopen()
        return found(filled, regions=["上海"])

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(24))) == [{"a1", "a2"}] * 24
    assert {f"t{number}" for number in range(0, 24, 4)} <= filled.ids()


# -- a server that is not there


def assert_down(act: Callable[[], object], address: str) -> None:
    with pytest.raises(Problem) as raised:
        act()
    assert raised.value.code == "chroma_server_down"
    assert address in explain(raised.value)
    assert raised.value.fields["reason"]


def test_a_server_that_goes_away_is_told(tmp_path: Path, server: str) -> None:
    (tmp_path / "server").mkdir()
    with chroma_server(tmp_path / "server") as address:
        store = VectorStore(tmp_path / "chroma", address)
        store.add([passage("a1")], ARTICLES, towards(0))
    for act in (
        store.count,
        store.ids,
        store.reopen,
        lambda: store.add([passage("a1")], ARTICLES, towards(0)),
        lambda: store.remove(["a1"]),
        lambda: store.search(towards(0), Filters(), [], 1),
        lambda: store.cosines(towards(0), ["a1"]),
        lambda: store.unreadable(["a1"]),
        lambda: VectorStore(tmp_path / "chroma", address),
    ):
        assert_down(act, address)
    with chroma_server(tmp_path / "server") as address:
        again = VectorStore(tmp_path / "chroma", address)
        assert again.ids() == {"a1"}
        again.close()


@pytest.mark.parametrize(
    "says", [b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", b"SSH-2.0-OpenSSH\r\n", b""]
)
def test_a_server_that_is_no_chroma_is_told(tmp_path: Path, says: bytes) -> None:
    class Says(StreamRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            self.wfile.write(says)

    with ThreadingTCPServer(("127.0.0.1", 0), Says) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{other.server_address[1]}"
        assert_down(lambda: VectorStore(tmp_path / "chroma", address), address)
        other.shutdown()


def test_the_setting() -> None:
    assert Settings(_env_file=None).chroma_server == ""
    assert Settings(_env_file=None, chroma_server="http://localhost:8000").chroma_server
