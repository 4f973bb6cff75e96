"""A body of any form is either of the form that the pages send, or refused; it is no error of the server."""

import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as runs_with
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.messages import message
from tests.ui.guard.pages import META
from ui.web.attack.gradio_events import PAGES
from ui.web.event_guard import files_in

on_a_busy_machine = runs_with(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@on_a_busy_machine
@given(around=st.lists(st.sampled_from(["list", "a", "data", "meta", "x"]), max_size=12), beside=JSON)
def test_a_file_is_found_however_deep_it_stands(around: list[str], beside: object) -> None:
    value: object = {"path": "/etc/passwd", "meta": META}
    for name in around:
        value = [beside, value] if name == "list" else {name: value, "beside": beside}
    for body in ({"data": [1, value]}, {"data": value}, {"event_data": value}, {"data": [], "x": [value]}):
        assert None in files_in(body, frozenset({0}))


@on_a_busy_machine
@given(body=st.one_of(st.binary(max_size=60), JSON.map(lambda value: json.dumps(value).encode())))
def test_no_body_is_an_error_of_the_server(local: TestClient, body: bytes) -> None:
    reply = local.post("/gradio_api/queue/join", content=body, headers={"content-type": "application/json"})
    assert 400 <= reply.status_code < 500


@pytest.mark.parametrize("number", [10**30, 99_999, -1, "0", None, True, 1.5, [0], {}])
@pytest.mark.parametrize("page", PAGES)
def test_an_event_that_the_page_does_not_have_is_refused(
    local: TestClient, page: str, number: object
) -> None:
    language = "en" if page else "zh"
    body = {"data": [], "fn_index": number, "session_hash": "of-nobody"}
    reply = local.post(f"{page}/gradio_api/queue/join", json=body)
    assert reply.status_code == 400
    assert reply.json()["detail"] in {
        message(f"guard_{code}", language) for code in ("no_event", "event_wrong")
    }


WRONG = ["", "\ud800", "a b", "x" * 500, None, 1, ["x"], {"a": 1}, 1.5]


@pytest.mark.parametrize("path", ["queue/join", "cancel", "reset", "reset/"])
@pytest.mark.parametrize("name", ["session_hash", "event_id", "fn_index", "data", "trigger_id", "batched"])
def test_a_field_that_pages_never_send_so_is_refused(local: TestClient, path: str, name: str) -> None:
    whole = {"data": [], "fn_index": 0, "session_hash": "of-nobody", "event_id": "x"}
    for value in WRONG:
        body = json.dumps({**whole, name: value}).encode()
        reply = local.post(f"/gradio_api/{path}", content=body, headers={"content-type": "application/json"})
        assert reply.status_code < 500 or reply.status_code == 503, value  # Gradio's queue may be full
    del whole["event_id"], whole["fn_index"]
    for rest in (b"{}", b'{"event_id": NaN}', b'{"data": [1e999]}', json.dumps(whole).encode()):
        assert local.post(f"/gradio_api/{path}", content=rest).status_code == 400


def test_bodies_without_end_or_bottom_are_refused(local: TestClient) -> None:
    address = "/gradio_api/queue/join"
    assert local.post(address, content=b'{"data": "' + b"x" * (1 << 21) + b'"}').status_code == 413
    for deep in (b'{"data":' + b"[" * 100_000, b'{"data":' + b"[" * 100 + b"]" * 100 + b"}"):
        assert local.post(address, content=deep).status_code == 400
