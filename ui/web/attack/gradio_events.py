"""The events of the Gradio pages as an attacker sees them: what `/config` lists, sent one by one."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

import httpx

PAGES = ("", "/en")
"""Where the pages are mounted."""
_WAIT_S = 20
_PAUSES_S = (0.2, 0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class PageEvent:
    """One event of one page; `values` are what its inputs hold when the page has just been opened."""

    page: str
    index: int
    values: tuple[Any, ...]


def events_of(client: httpx.Client, page: str) -> list[PageEvent]:
    """Every event of a page that runs something on the server."""
    config = client.get(f"{page}/config").json()
    held = {each["id"]: each["props"].get("value") for each in config["components"]}
    return [
        PageEvent(page, each["id"], tuple(held.get(one) for one in each["inputs"]))
        for each in _on_server(config)
    ]


def events_at(client: httpx.Client, page: str, part: str, *, writes: bool = False) -> list[PageEvent]:
    """The events of a page that one of its parts causes, or with `writes` those that write into it.

    Args:
        client: Of the person who looks.
        page: Where it is mounted.
        part: The `elem_id` of a component.
        writes: Whether those that write into it are meant.
    """
    config = client.get(f"{page}/config").json()
    ids = {each["id"] for each in config["components"] if each["props"].get("elem_id") == part}
    wanted = {
        each["id"]
        for each in _on_server(config)
        if ids & (set(each["outputs"]) if writes else {target for target, _ in each["targets"]})
    }
    return [event for event in events_of(client, page) if event.index in wanted]


def _on_server(config: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in config["dependencies"] if each["backend_fn"]]


def upload_event(client: httpx.Client, page: str) -> tuple[PageEvent, int]:
    """The event of a page that takes uploads, and which of its inputs does.

    Raises:
        LookupError: No event takes files.
    """
    config = client.get(f"{page}/config").json()
    files = {each["id"] for each in config["components"] if each["type"] == "file"}
    for event, each in zip(events_of(client, page), _on_server(config), strict=True):
        for position, one in enumerate(each["inputs"]):
            if one in files:
                return event, position
    raise LookupError("no event of the page takes files")


def send_event(
    client: httpx.Client, event: PageEvent, data: list[Any], wait_s: float = _WAIT_S, **body: Any
) -> tuple[int, str]:
    """Send an event as the page does; the status of the request, and all that came of it in `wait_s` seconds of silence."""
    session = token_hex(6)
    sent = {"data": data, "fn_index": event.index, "session_hash": session, **body}
    for pause_s in _PAUSES_S:
        reply = client.post(f"{event.page}/gradio_api/queue/join", json=sent)
        if reply.status_code != 429:
            break  # a share that is full for now refuses whatever is sent: nothing was tried yet
        time.sleep(pause_s)
    if reply.status_code != 200:
        return reply.status_code, reply.text
    return 200, "\n".join(_stream(client, event.page, session, wait_s))


def _stream(client: httpx.Client, page: str, session: str, wait_s: float) -> Iterator[str]:
    """What the queue tells until the event is done."""
    address = f"{page}/gradio_api/queue/data"
    try:
        with client.stream("GET", address, params={"session_hash": session}, timeout=wait_s) as stream:
            for line in stream.iter_lines():
                if not line.startswith("data:"):
                    continue
                yield line
                if json.loads(line[5:]).get("msg") in {"process_completed", "close_stream"}:
                    return
    except httpx.TimeoutException:
        return
