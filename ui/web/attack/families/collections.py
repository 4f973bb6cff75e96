"""Collections: an editor's file that names one that is hidden from them, or a new one."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from secrets import token_hex

import httpx

from ui.web.attack.gradio_events import send_event, upload_event
from ui.web.attack.registry import Attempt, family
from ui.web.attack.started import HIDDEN
from ui.web.attack.target import Target

_WAIT_S = 60
_META = {"_type": "gradio.FileData"}


@family("collections")
def collections(target: Target) -> Iterator[Attempt]:
    """Files in each form that can name a collection; needs an editor and an admin."""
    editor, admin = target.person("editor"), target.person("admin")
    if editor is None or admin is None or not target.has_accounts:
        return
    with target.client(editor) as ours, target.client(admin) as theirs:
        tried = []
        for collection in (HIDDEN, f"new-{token_hex(3)}"):
            for ending in ("jsonl", "md"):
                marker = token_hex(8)
                upload_as(ours, f"{marker}.{ending}", _text(ending, collection, marker))
                tried.append((collection, ending, marker))
        last = token_hex(8)
        upload_as(ours, f"{last}.md", _text("md", "", last))
        came_in = wait_for(theirs, last)
        for collection, ending, marker in tried:
            held = came_in and not _is_there(theirs, marker)
            told = "stayed out" if held else "it came in" if came_in else "a file that may come in did not"
            yield Attempt(f"upload of .{ending}", f"names the collection {collection}", held, told)


def _text(ending: str, collection: str, marker: str) -> str:
    body = f"2025年{marker}产业营收达到{len(collection)}亿元，同比增长。"
    if ending == "jsonl":
        row = {"title": f"报告{marker}", "text": body, "collection": collection}
        return json.dumps(row, ensure_ascii=False) + "\n"
    named = f"collection: {collection}\n" if collection else ""
    return f"---\ntitle: 报告{marker}\n{named}---\n\n{body}\n"


def upload_as(client: httpx.Client, name: str, content: str | bytes, collection: str = "") -> str:
    """Send a file as the library's tab does, into a collection where one is named; what the page is told."""
    content = content.encode() if isinstance(content, str) else content
    path = client.post("/gradio_api/upload", files={"files": (name, content)}).json()[0]
    event, position = upload_event(client, "")
    values = list(event.values)
    values[position] = [{"path": path, "orig_name": name, "meta": _META}]
    values[position + 1] = collection
    return send_event(client, event, values)[1]


def _is_there(client: httpx.Client, marker: str) -> bool:
    return bool(client.get("/api/articles", params={"q": marker}).json()["total"])


def wait_for(client: httpx.Client, marker: str) -> bool:
    """Whether an article whose title holds the marker is there in time."""
    until = time.monotonic() + _WAIT_S
    while time.monotonic() < until:
        if _is_there(client, marker):
            return True
        time.sleep(0.3)
    return False
