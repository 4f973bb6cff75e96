"""Names that are not for everybody: of sets and runs, of uploads of others; and files inside what is uploaded."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from secrets import token_hex

import httpx

from ui.web.attack.families.collections import upload_as, wait_for
from ui.web.attack.gradio_events import PAGES, PageEvent, events_of, send_event
from ui.web.attack.registry import Attempt, at_once, family
from ui.web.attack.started import HIDDEN
from ui.web.attack.target import Target, is_ready

_EVALS = ("/api/evals", "/api/evals/sets", "/api/evals/runs", "/api/evals/job")
_RUN_S, _EVENT_S = 60, 3
_MOST_VALUES = 3
_PASSWD = "/etc/passwd"
_IN_PASSWD = "root:"


@family("runs")
def runs(target: Target) -> Iterator[Attempt]:
    """The library's own sets, its runs and their figures, as a reader from whom collections are hidden."""
    admin, reader = target.person("admin"), target.person("reader")
    if admin is None or reader is None or not target.has_accounts:
        return
    if not is_ready(target, admin):
        yield Attempt("GET /api/status", "ready to be attacked", False, "no question is answered")
        return
    with target.client(admin) as client:
        names = _made(client, target) | _names(client)
    if not names:
        return
    with target.client(reader) as client:
        for path in _EVALS:
            yield Attempt(f"GET {path}", "names of sets and runs", *_is_silent(client.get(path), names))
        for name in sorted(names):
            for path in (f"/api/evals/runs/{name}", f"/evals/runs/{name}/report"):
                status = client.get(path).status_code
                yield Attempt(
                    f"GET {path.replace(name, '…')}", "figures of a run", status == 404, str(status)
                )
        yield from at_once(partial(_events_silent, client, page, names) for page in PAGES)


def _events_silent(client: httpx.Client, page: str, names: set[str]) -> Iterator[Attempt]:
    for event in _few_values(client, page):
        _, told = send_event(client, event, list(event.values), wait_s=_EVENT_S)
        found = [name for name in names if name in told]
        door = f"POST {page}/gradio_api/queue/join"
        yield Attempt(door, f"event {event.index}: names of sets and runs", not found, str(found))


def _few_values(client: httpx.Client, page: str) -> list[PageEvent]:
    """The events of lists and states; those of the chat take more."""
    return [each for each in events_of(client, page) if len(each.values) <= _MOST_VALUES]


def _made(client: httpx.Client, target: Target) -> set[str]:
    """A set of the library's own, and a run of it, where the server is the suite's."""
    if target.data is None:
        return set()
    name = f"set{token_hex(6)}"
    folder = target.data / "sets"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"{name}.jsonl"
    file.touch(mode=0o600)
    file.write_text('{"id": "a", "question": "2025年上海营收多少？"}\n', "utf-8")
    client.post("/api/evals/runs", json={"set": name})
    until = time.monotonic() + _RUN_S
    while time.monotonic() < until and client.get("/api/evals/job").json()["phase"] == "running":
        time.sleep(0.3)
    return {name}


def _names(client: httpx.Client) -> set[str]:
    known = client.get("/api/evals").json()
    return {each["name"] for each in known["sets"] if each["own"]} | {each["name"] for each in known["runs"]}


def _is_silent(reply: httpx.Response, names: set[str]) -> tuple[bool, str]:
    found = [name for name in names if name in reply.text]
    return reply.status_code == 200 and not found, f"{reply.status_code} {found}"


@family("upload names")
def upload_names(target: Target) -> Iterator[Attempt]:
    """An editor sends a file by the name of one in a hidden collection: the same one, then another."""
    editor, admin = target.person("editor"), target.person("admin")
    if editor is None or admin is None or not target.has_accounts:
        return
    with target.client(editor) as ours, target.client(admin) as theirs:
        for attack, other in (("the same file", "7"), ("another file of that name", "8")):
            name, marker = f"plan-{token_hex(4)}", token_hex(8)
            text = f"# 报告{marker}\n\n2025年{marker}产业营收达到7亿元，同比增长。\n"
            upload_as(theirs, f"{name}.md", text, HIDDEN)
            came_in = wait_for(theirs, marker)
            told = upload_as(ours, f"{name}.md", text.replace("7亿", f"{other}亿"))
            tells = f"{name} (" in told or "already" in told or "已有同一个" in told
            yield Attempt("upload", attack, came_in and not tells, "told" if tells else "nothing told")


@family("archives")
def archives(target: Target) -> Iterator[Attempt]:
    """Archives that hold links, and names that lead out of where they are read; forms that hold more than files."""
    editor = target.person("editor") or target.person("admin")
    if editor is None:
        return
    if not is_ready(target, editor):
        yield Attempt("GET /api/status", "ready to be attacked", False, "no question is answered")
        return
    with target.client(editor) as client:
        marker = token_hex(8)
        upload_as(client, f"links-{marker}.zip", _with_links(marker))
        came_in = wait_for(client, marker)
        for page in PAGES:
            sent = {"files": ("a.md", marker.encode()), "note": (None, b"x" * 5_000_000)}
            status = client.post(f"{page}/gradio_api/upload", files=sent).status_code
            door = f"POST {page}/gradio_api/upload"
            yield Attempt(door, "a field that is no file", status in {400, 413}, str(status))
        told = client.get(
            "/api/search", params={"question": "root bin daemon nobody /bin/bash", "top": 50}
        ).text
        held = came_in and _IN_PASSWD not in told
        yield Attempt(
            "upload of .zip", f"links to {_PASSWD}", held, "read" if came_in else "it did not come in"
        )


def _with_links(marker: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.md", f"# 报告{marker}\n\n2025年{marker}产业营收达到7亿元，同比增长。\n")
        for name in ("passwd.txt", "passwd.md"):
            link = zipfile.ZipInfo(name)
            link.external_attr = 0o120777 << 16
            archive.writestr(link, _PASSWD)
        for name in (f"..{_PASSWD}.md", "../" * 12 + "tmp/out.md", f"{_PASSWD}.txt"):
            archive.writestr(name, "# 外面\n\n正文。\n")
    return held.getvalue()
