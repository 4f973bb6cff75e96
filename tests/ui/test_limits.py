"""What is over a bound is refused at every edge, with its field and the bound; no body is read past its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant import limits
from assistant.messages import explain
from assistant.model import Turn
from assistant.settings import Settings
from corpus.language.normalize import readable
from corpus.problem import Problem
from index.query import Filters
from ui.web.body_bound import BodyBound
from ui.web.openai_messages import Conversation, Message
from ui.web.passages import AskedFilters
from ui.web.server import make_app
from ui.web.workplace import Workplace

HERE = "http://localhost:7860"
LONG_AGO = 10**30


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("bounded")
    return make_app(Workplace(Settings(_env_file=None, data=folder / "data", index=folder / "index")))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(
        app, base_url=HERE, raise_server_exceptions=False, client=("127.0.0.1", 50_000)
    ) as client:
        yield client


def turn(**fields: Any) -> dict[str, Any]:
    return {"question": "问", "standalone_question": "问", **fields}


MANY = [str(number) for number in range(40_000)]
ASKED: list[tuple[str, dict[str, Any], int, str, int]] = [
    ("/api/ask", {"history": [turn()] * 21}, 422, "history", limits.TURNS),
    (
        "/api/ask",
        {"history": [turn(answer="答" * 300_000)]},
        422,
        "history[0].answer",
        limits.TURN_CHARACTERS,
    ),
    ("/api/ask", {"history": [turn(answer="答" * 20_000)] * 6}, 413, "history", limits.HISTORY_CHARACTERS),
    ("/api/ask", {"history": [turn(titles=["题"] * 51)]}, 422, "history[0].titles", limits.TITLES),
    ("/api/ask", {"filters": {"regions": MANY}}, 422, "filters.regions", limits.FILTER_VALUES),
    ("/api/ask", {"filters": {"years": [2024, LONG_AGO]}}, 422, "filters.years[1]", limits.LAST_YEAR),
    (
        "/api/search",
        {"filters": {"sources": ["源" * 201]}},
        422,
        "filters.sources[0]",
        limits.FILTER_CHARACTERS,
    ),
    *(
        (path, {"filters": {"collections": collections}}, 422, field, most)
        for path in ("/api/ask", "/api/search")
        for collections, field, most in (
            (MANY, "filters.collections", limits.FILTER_VALUES),
            (["内部", "集" * 201], "filters.collections[1]", limits.FILTER_CHARACTERS),
        )
    ),
    ("/api/search", {"filters": {"years": [-1]}}, 422, "filters.years[0]", limits.FIRST_YEAR),
]


@pytest.mark.parametrize(("path", "body", "status", "field", "most"), ASKED)
def test_a_body_over_a_bound_is_told_its_field_and_the_bound(
    client: TestClient, path: str, body: dict[str, Any], status: int, field: str, most: int
) -> None:
    reply = client.post(path, json={"question": "就业", **body})
    assert reply.status_code == status
    assert reply.json()["detail"].startswith(f"{field}:")
    assert str(most) in reply.json()["detail"]
    assert len(reply.content) < 500, "what was sent is not sent back"


@pytest.mark.parametrize("path", ["/api/search?question=就业", "/api/articles?"])
@pytest.mark.parametrize(
    ("query", "field"),
    [(f"&year={LONG_AGO}", "filters.years[0]"), ("&region=x" * 101, "filters.regions")],
)
def test_an_address_over_a_bound_is_told(client: TestClient, path: str, query: str, field: str) -> None:
    reply = client.get(path + query)
    assert reply.status_code == 422
    assert field in reply.json()["detail"]


def test_names_over_a_bound_are_told(client: TestClient) -> None:
    name = "名" * (limits.NAME_CHARACTERS + 1)
    for reply in (client.post("/api/evals/runs", json={"set": name}), client.get(f"/api/articles/{name}")):
        assert reply.status_code == 422
        assert str(limits.NAME_CHARACTERS) in reply.json()["detail"]
    assert client.get("/api/articles", params={"q": "字" * 201}).status_code == 422


@pytest.mark.parametrize("question", ["问" * 3000, " \n"])
def test_a_question_that_cannot_be_asked_is_refused_also_while_the_index_is_made(
    client: TestClient, question: str
) -> None:
    for reply in (
        client.post("/api/ask", json={"question": question}),
        client.post("/api/search", json={"question": question}),
        client.get("/api/search", params={"question": question}),
        client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": question}]}),
    ):
        assert reply.status_code in {400, 422}, reply.text


@pytest.mark.parametrize("path", ["/api/ask", "/api/search", "/api/evals/runs", "/v1/chat/completions"])
@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"question":' + b"9" * 5000 + b"}", b"\xff\xfe", b"NaN"])
def test_what_no_reader_of_json_takes_is_the_senders_error(
    client: TestClient, path: str, body: bytes
) -> None:
    reply = client.post(path, content=body, headers={"content-type": "application/json"})
    assert 400 <= reply.status_code < 500, reply.text


HALF = "\\ud800"
"""Half a character, as JSON can write it."""


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", '{"question": "就业", "filters": {"%s": 1}}'),
        ("/api/search", '{"question": "就业", "filters": {"%s": 1}}'),
        ("/v1/chat/completions", '{"model": "%s", "messages": [{"role": "user", "content": "问"}]}'),
        ("/v1/chat/completions", '{"messages": [{"role": "user", "content": [{"type": "%s"}]}]}'),
        ("/v1/chat/completions", '{"messages": [{"role": "user", "content": "问"}], "filters": {"%s": []}}'),
    ],
)
@pytest.mark.parametrize("name", [HALF, "k" * 1_500_000], ids=["half", "long"])
def test_an_error_can_be_sent_and_does_not_repeat_what_was_sent(
    client: TestClient, path: str, body: str, name: str
) -> None:
    reply = client.post(path, content=(body % name).encode(), headers={"content-type": "application/json"})
    assert 400 <= reply.status_code < 500, reply.text[:200]
    assert len(reply.content) < 3000


def test_filters_and_history_are_made_readable() -> None:
    half = json.loads(f'"{HALF}"')
    filters = AskedFilters(regions=[f"上海{half}"], sources=["a\0b"], collections=[half])
    for text in (*filters.regions, *filters.sources, *(filters.collections or [])):
        assert text == readable(text)
    assert filters.sources == ["a\ufffdb"], "what no article holds fits none"
    said = Message(role="user", content=half)
    assert Conversation(2000).read([said], "anna")[0] == "\ufffd"


OPENAI: list[tuple[dict[str, Any], int, str]] = [
    ({"messages": [{"role": "user", "content": "问"}] * 1001}, 422, "messages"),
    ({"messages": [{"role": "user", "content": "问" * 20_001}]}, 422, "messages[0].content"),
    ({"messages": [{"role": "assistant", "content": "问" * 20_000}] * 26}, 413, "messages"),
    ({"filters": {"years": [LONG_AGO]}}, 422, "filters.years[0]"),
    ({"filters": {"regions": MANY}}, 422, "filters.regions"),
    ({"filters": {"collections": MANY}}, 422, "filters.collections"),
    ({"filters": {"collections": ["集" * 201]}}, 422, "filters.collections[0]"),
]


@pytest.mark.parametrize(("body", "status", "field"), OPENAI)
def test_openai_clients_are_told_in_their_shape(
    client: TestClient, body: dict[str, Any], status: int, field: str
) -> None:
    asked = {"messages": [{"role": "user", "content": "就业"}], **body}
    reply = client.post("/v1/chat/completions", json=asked)
    assert reply.status_code == status
    error = reply.json()["error"]
    assert error["param"] == field
    assert error["message"].startswith(f"{field}:")


@given(
    years=st.lists(st.integers(-(10**40), 10**40), max_size=3),
    regions=st.lists(st.text(max_size=250), max_size=3),
    collections=st.none() | st.lists(st.text(max_size=250), max_size=120),
    answer=st.integers(0, 40_000),
)
def test_what_passes_is_within_every_bound(
    years: list[int], regions: list[str], collections: list[str] | None, answer: int
) -> None:
    history = [Turn(question="问", standalone_question="问", answer="答" * answer)]
    filters = Filters(years=years, regions=regions, collections=collections)
    problem: Problem | None = None
    try:
        limits.check_filters(filters)
        limits.check_history(history)
    except Problem as found:
        problem = found
    if problem is not None:
        for language in ("zh", "en"):
            told = explain(problem, language)
            assert str(problem.fields["field"]) in told
            assert str(problem.fields["most"]) in told
        return
    assert all(limits.FIRST_YEAR <= year <= limits.LAST_YEAR for year in years)
    assert all(len(each) <= limits.FILTER_CHARACTERS for each in (*regions, *(collections or ())))
    assert len(collections or ()) <= limits.FILTER_VALUES
    assert answer <= limits.TURN_CHARACTERS


class Counted:
    """A body that has no end, and how much of it was taken."""

    def __init__(self, piece: int = 65_536) -> None:
        self.piece = b" " * piece
        self.taken = 0

    def __iter__(self) -> Iterator[bytes]:
        while self.taken < 100 * limits.BODY_BYTES:
            self.taken += len(self.piece)
            yield self.piece


@pytest.mark.parametrize(
    "path", ["/api/ask", "/v1/chat/completions", "/mcp", "/login", "/gradio_api/queue/join"]
)
def test_a_body_that_tells_its_length_is_refused_unread(client: TestClient, path: str) -> None:
    headers = {"content-type": "application/json", "origin": HERE}
    reply = client.post(path, content=b" " * (limits.BODY_BYTES + 1), headers=headers)
    assert reply.status_code == 413
    told = reply.json()
    words = told["error"]["message"] if path.startswith("/v1") else told["detail"]
    assert str(limits.BODY_BYTES) in words


async def _answered(
    sent: AsyncIterator[dict[str, Any]], path: str, silence_s: float = 20.0
) -> tuple[int, bytes, list[int]]:
    """Status and body of the answer of an application that reads all and then says so; and what it read."""
    read: list[int] = []
    told: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            message = await receive()
            read.append(len(message.get("body", b"")))
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"read"})

    async def receive() -> dict[str, Any]:
        try:
            return await anext(sent)
        except StopAsyncIteration:
            await asyncio.sleep(60)
            raise

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    bound = BodyBound(app, Settings(_env_file=None, upload_megabytes=1), silence_s)
    await bound({"type": "http", "path": path, "headers": [], "method": "POST"}, receive, send)  # type: ignore[arg-type]
    return told[0]["status"], b"".join(each.get("body", b"") for each in told), read


async def _pieces(count: int, size: int) -> AsyncIterator[dict[str, Any]]:
    for number in range(count):
        yield {"type": "http.request", "body": b"x" * size, "more_body": number < count - 1}


def test_a_body_without_a_length_is_read_to_the_bound_and_no_further() -> None:
    status, body, read = asyncio.run(_answered(_pieces(10_000, 65_536), "/api/ask"))
    assert status == 413
    assert str(limits.BODY_BYTES) in json.loads(body)["detail"]
    assert sum(read) <= limits.BODY_BYTES
    assert asyncio.run(_answered(_pieces(3, 1000), "/api/ask"))[0] == 200


def test_an_upload_may_be_longer_but_not_without_end() -> None:
    assert asyncio.run(_answered(_pieces(5, 1024 * 1024), "/gradio_api/upload"))[0] == 200
    assert asyncio.run(_answered(_pieces(30, 1024 * 1024), "/en/gradio_api/upload"))[0] == 413


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    async def stalled() -> AsyncIterator[dict[str, Any]]:
        yield {"type": "http.request", "body": b"{", "more_body": True}

    status, body, _ = asyncio.run(_answered(stalled(), "/v1/chat/completions", silence_s=0.05))
    assert status == 408
    assert json.loads(body)["error"]["message"]


@pytest.mark.parametrize("root", ["/api", "/v1", "/mcp"])
def test_every_error_for_programs_is_json_with_a_sentence(client: TestClient, root: str) -> None:
    replies = [
        client.get(f"{root}/nothing-here", headers={"accept": "text/html"}),
        client.request("OPTIONS", f"{root}/nothing-here"),
        client.request("TRACE", f"{root}/ask"),
        client.post(f"{root}/ask", content=b"{" * 10),
    ]
    for reply in replies:
        assert 400 <= reply.status_code < 500
        told = reply.json()
        words = told["error"]["message"] if "error" in told else told["detail"]
        assert " " in words
        assert words.endswith(".")


def test_a_failure_of_the_server_is_told_in_json_without_its_details(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    for error, status, words in (
        (RuntimeError("/secret/path"), 500, "log"),
        (sqlite3.OperationalError("database or disk is full"), 503, "disk"),
        (OSError(28, "No space left on device"), 503, "disk"),
    ):

        def fail(*_: Any, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr("ui.web.api_evals.sets_seen_by", fail)
        reply = client.get("/api/evals/sets")
        assert reply.status_code == status
        assert words in reply.json()["detail"]
        assert "secret" not in reply.text


def test_the_command_line_keeps_the_bounds_too(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from ui.cli import app as commands

    regions = [part for number in range(101) for part in ("--region", str(number))]
    done = CliRunner().invoke(commands, ["search", "就业", "--index", str(tmp_path), *regions])
    assert done.exit_code != 0
    assert str(limits.FILTER_VALUES) in done.output or isinstance(done.exception, Problem)
