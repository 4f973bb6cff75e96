"""No event of any page reads a file of the server: with the guard nothing gets to Gradio, and Gradio alone refuses too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.ui.guard.pages import META, client_of, copies_of_bait
from ui.web.attack.families.files import file_payloads
from ui.web.attack.gradio_events import PAGES, events_of
from ui.web.event_guard import EventGuard


def bodies(client: TestClient, payload: object) -> Iterator[dict]:
    """Every event of both pages with the payload in each of its inputs, and beside them."""
    for page in PAGES:
        for event in events_of(client, page):
            values = list(event.values)
            for position in range(len(values)):
                data = [*values[:position], payload, *values[position + 1 :]]
                yield {"page": page, "data": data, "fn_index": event.index, "session_hash": "s"}
            yield {
                "page": page,
                "data": values,
                "event_data": payload,
                "fn_index": event.index,
                "session_hash": "s",
            }


@pytest.mark.parametrize("who", ["local", "anna", "rea"])
def test_every_event_with_a_file_in_any_input_is_refused(
    who: str, local: TestClient, people: dict[str, TestClient], temporary: Path, bait: Path
) -> None:
    client = local if who == "local" else people[who]
    tried = 0
    for body in bodies(client, {"path": str(bait), "meta": META}):
        reply = client.post(f"{body.pop('page')}/gradio_api/queue/join", json=body)
        assert reply.status_code == 403, (body, reply.text)
        tried += 1
    assert tried > 300
    assert not copies_of_bait(temporary)


def test_however_the_file_is_named(local: TestClient, temporary: Path, bait: Path) -> None:
    for number, (name, payload) in enumerate(file_payloads(str(bait)).items()):
        for page in PAGES:
            for event in events_of(local, page):
                values = list(event.values)
                if values:
                    values[number % len(values)] = payload
                body = {"data": values, "fn_index": event.index, "session_hash": "s", "trigger_id": None}
                if not values:
                    body["event_data"] = payload
                assert local.post(f"{page}/gradio_api/queue/join", json=body).status_code == 403, name
    assert not copies_of_bait(temporary)


def test_without_the_guard_gradio_itself_refuses(
    local: TestClient, temporary: Path, bait: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def open_to_all(self: EventGuard, scope: dict, receive: object, send: object) -> None:
        await self._app(scope, receive, send)  # type: ignore[arg-type]

    monkeypatch.setattr(EventGuard, "__call__", open_to_all)
    reached = 0
    with client_of(local.app) as client:  # type: ignore[arg-type]
        for body in bodies(client, {"path": str(bait), "meta": META}):
            reply = client.post(f"{body.pop('page')}/gradio_api/run/event", json=body)
            reached += "data" in reply.json() or "was not uploaded" in reply.text
    assert reached > 100
    assert not copies_of_bait(temporary)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/en/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file=http://127.0.0.1:1/x"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://127.0.0.1:1/x"),
        ("GET", "/gradio_api/deep_link?session_hash=s"),
        ("GET", "/?deep_link=abc"),
        ("GET", "/monitoring"),
        ("GET", "/en/monitoring/summary"),
        ("GET", "//gradio_api/file=/etc/passwd"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/process_recording"),
        ("POST", "/gradio_api/stream/x"),
        ("POST", "/gradio_api/vibe-edit"),
        ("POST", "/gradio_api/run/x"),
        ("POST", "/gradio_api/api/x"),
        ("PUT", "/gradio_api/queue/join"),
    ],
)
def test_what_the_pages_never_ask_for_is_not_there(local: TestClient, method: str, path: str) -> None:
    reply = local.request(method, path, json={"data": []} if method != "GET" else None)
    assert reply.status_code in {403, 404}, reply.text
    assert "root:" not in reply.text
