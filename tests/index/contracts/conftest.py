"""One thread for torch, texts here are short and waiting for a second one takes longer than they do; places for passages."""

from collections.abc import Iterator

import pytest
import torch

from index.stores.place import Place, place_of
from tests.index.contracts.passage_places import chroma_server, milvus_lite
from tests.postgres import Server, database_on, postgres_server


@pytest.fixture(autouse=True, scope="package")
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("chroma-server")) as address:
        yield address


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with milvus_lite(tmp_path_factory.mktemp("milvus-lite")) as setting:
        yield setting


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with postgres_server() as server:
        yield server


@pytest.fixture
def database(postgres: Server) -> Iterator[str]:
    """The address of a database of the test's own."""
    with database_on(postgres) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture(params=["folder", "chroma server", "pgvector", "milvus-lite"])
def place(request: pytest.FixtureRequest) -> Place:
    """Where passages are kept, each in turn."""
    if request.param == "pgvector":
        return place_of("pgvector", database_url=request.getfixturevalue("database"))
    if request.param == "milvus-lite":
        return place_of(request.getfixturevalue("milvus"))
    server = request.getfixturevalue("chroma") if request.param == "chroma server" else ""
    return place_of("embedded", chroma_server=server)
