"""The MCP tools, driven with a real client: over HTTP in the running application, and over stdin and stdout."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult, TextContent

from assistant.settings import Settings
from index.store import Index
from tests.ui.conftest import Served
from ui.people.access import Access
from ui.people.person import LOCAL
from ui.web.mcp_tools import LONGEST_READING

ROOT = Path(__file__).parents[2]
QUESTION = "上海2025年集成电路产业营收多少?"
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
}  # fmt: skip
ACCEPT = {"Accept": "application/json, text/event-stream"}


def call(server: Served, tool: str, mode: str = "auto", **arguments: Any) -> CallToolResult:
    async def calling() -> CallToolResult:
        async with Client(f"{server.address}/mcp", mode=mode) as client:
            return await client.call_tool(tool, arguments)

    return anyio.run(calling)


def told(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def words(result: CallToolResult) -> str:
    assert result.is_error
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


def test_three_tools_are_offered_and_described(server: Served) -> None:
    async def listing() -> Any:
        async with Client(f"{server.address}/mcp") as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in anyio.run(listing)}
    assert set(tools) == {"search", "ask", "read_article"}
    for tool in tools.values():
        assert len(tool.description) > 80
        assert tool.annotations.read_only_hint is True
        assert all(each["description"] for each in tool.input_schema["properties"].values())
    assert set(tools["search"].input_schema["properties"]) == {"question", "top"}
    assert tools["read_article"].input_schema["required"] == ["article_id"]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_search_leads_to_the_article(server: Served, mode: str) -> None:
    hits = told(call(server, "search", mode, question=QUESTION, top=3))["hits"]
    assert len(hits) == 3
    assert any("4800亿元" in hit["text"] for hit in hits)
    place = {"article_id": hits[0]["article_id"], "start": hits[0]["start"], "end": hits[0]["end"]}
    reading = told(call(server, "read_article", mode, **place))
    assert reading["text"] == hits[0]["text"]
    assert reading["article"]["title"] == hits[0]["title"]


def test_an_answer_is_cited_and_what_is_missing_is_refused(server: Served) -> None:
    answer = told(call(server, "ask", question=QUESTION))
    assert "4800亿元" in answer["short_answer"]
    assert "4800亿元" in answer["citations"][0]["quote"]
    assert answer["table"] is None
    assert answer["series"] is None
    assert told(call(server, "ask", question="世界杯冠军是谁?"))["refused"] is True


def test_a_long_article_is_read_in_parts_that_together_are_all(server: Served) -> None:
    assert server.workplace.index is not None
    catalogue = server.workplace.index.catalogue
    articles = [catalogue.article(info.id) for info in catalogue.articles()]
    longest = max((each for each in articles if each), key=lambda each: len(each.text))
    text, start = "", 0
    for _ in range(2 + len(longest.text) // LONGEST_READING):
        reading = told(call(server, "read_article", article_id=longest.id, start=start))
        assert reading["length"] == len(longest.text)
        text += reading["text"]
        if reading["next_start"] is None:
            break
        start = reading["next_start"]
    assert text == longest.text


@pytest.mark.parametrize(
    ("tool", "arguments", "named"),
    [
        ("ask", {"question": " "}, "empty"),
        ("search", {"question": "问" * 2001}, "2001"),
        ("search", {"question": "就业", "top": 0}, "top"),
        ("read_article", {"article_id": "nothing"}, "nothing"),
        ("ask", {}, "question"),
    ],
)
def test_what_is_wrong_is_told_in_words(
    server: Served, tool: str, arguments: dict[str, Any], named: str
) -> None:
    assert named in words(call(server, tool, **arguments))


def test_a_span_outside_the_article_is_told(server: Served) -> None:
    assert server.workplace.index is not None
    article = server.workplace.index.catalogue.articles()[0].id
    assert "start" in words(call(server, "read_article", article_id=article, start=10**8))
    assert "start" in words(call(server, "read_article", article_id=article, start=5, end=5))


def test_while_the_index_is_made_it_says_so(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.workplace, "assistant", None)
    assert "not ready" in words(call(server, "ask", question=QUESTION))


def test_nobody_is_let_in_and_a_key_reaches_whoever_asks_for_it(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def person_of(self: Access, request: Any) -> Any:
        asked.append(request.headers.get("authorization", ""))
        return LOCAL if asked[-1] == "Bearer good" else None

    monkeypatch.setattr(Access, "person_of", person_of)
    for headers, status in (({}, 401), ({"Authorization": "Bearer good"}, 200)):
        reply = httpx.post(f"{server.address}/mcp", json=INITIALIZE, headers={**ACCEPT, **headers})
        assert reply.status_code == status
    assert set(asked) == {"", "Bearer good"}
    asked.clear()
    calling = {"jsonrpc": "2.0", "id": 2, "method": "tools/call"}
    calling |= {"params": {"name": "search", "arguments": {"question": QUESTION, "top": 1}}}
    reply = httpx.post(
        f"{server.address}/mcp", json=calling, headers={**ACCEPT, "Authorization": "Bearer good"}, timeout=60
    )
    assert not reply.json()["result"].get("isError")
    assert asked == ["Bearer good"] * 4, (
        "at the gate, at the door, by the tool, and before the answer is sent"
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Host": "evil.example"}, 403), ({"Origin": "https://evil.example"}, 403), ({}, 200)],
)
def test_a_page_of_another_host_cannot_use_the_tools(
    server: Served, headers: dict[str, str], status: int
) -> None:
    reply = httpx.post(f"{server.address}/mcp", json=INITIALIZE, headers={**ACCEPT, **headers})
    assert reply.status_code == status


@pytest.mark.slow
def test_the_tools_work_over_stdin_and_stdout(settings: Settings, sample_index: Index) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "ui.cli", "mcp", "--index", str(settings.index_folder)],
        env={**clean, "ASSISTANT_DATA": str(settings.data), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )

    async def asking() -> CallToolResult:
        async with Client(command, read_timeout_seconds=120) as client:
            return await client.call_tool("ask", {"question": QUESTION})

    assert "4800亿元" in told(anyio.run(asking))["short_answer"]
