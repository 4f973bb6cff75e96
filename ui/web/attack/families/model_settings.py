"""The model's settings: who reads or changes them, whom they make the server ask, and where the kept key goes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_hex

import httpx

from ui.web.attack.gradio_events import PAGES, PageEvent, events_at, send_event
from ui.web.attack.registry import Attempt, family
from ui.web.attack.target import Attacker, Target

_SHOWN = "settings-shown"
_BUTTONS = ("llm-test", "llm-save", "llm-off", "local-use", "local-stop")
_NOWHERE = "http://127.0.0.1:9/v1"
_TABLE = 'class=\\"figures\\"'


@family("model settings", alone=True)
def model_settings(target: Target) -> Iterator[Attempt]:
    """Each event of the settings as everybody but an admin; then another address without the key, as an admin.

    Only on a server of the suite's own: what it has set is changed.
    """
    admin = target.person("admin")
    if admin is None or target.data is None:
        return
    model, key = f"model-{token_hex(6)}", f"key-{token_hex(16)}"
    with target.client(admin) as client:
        _press(client, "", "llm-save", [_NOWHERE, model, key, ""])
        held = model in _shown(client, "")
        yield Attempt("settings", "an admin sets a model", held, "set" if held else "it was not set")
        try:
            for person in target.people:
                if person.role != "admin":
                    yield from _as_another(target, person, (model, key, _NOWHERE))
            told = _shown(client, "")
            held = model in told and _NOWHERE in told and key not in told
            yield Attempt("settings", "what they are after all that", held, told[:80])
            yield from _without_the_key(client, model, key)
        finally:
            _press(client, "", "llm-off", [])


def _as_another(target: Target, person: Attacker, kept: tuple[str, ...]) -> Iterator[Attempt]:
    with target.client(person) as client, _listener() as (address, heard):
        for page in PAGES:
            door = f"POST {page}/gradio_api/queue/join ({person.role})"
            for event in events_at(client, page, _SHOWN, writes=True):
                _, told = send_event(client, event, list(event.values))
                found = [each for each in (*kept, _TABLE) if each in told]
                yield Attempt(door, f"event {event.index}: what is set and spent", not found, str(found))
            for part in _BUTTONS:
                status, told = _press(client, page, part, [address, "m", "k", ""])
                is_told = not [each for each in kept if each in told]
                held = status == 200 and is_told and not heard
                yield Attempt(door, f"{part}: another model", held, f"{status} {heard[:1]} {told[:80]}")


def _without_the_key(client: httpx.Client, model: str, key: str) -> Iterator[Attempt]:
    with _listener() as (address, heard):
        _press(client, "", "llm-test", [address, model, "", ""])
        asked = bool(heard)
        held = asked and not any(key in each for each in heard)
        yield Attempt("settings", "another address is tried without the key", held, f"asked: {asked}")
        _press(client, "", "llm-save", [address, model, "", ""])
        told = _shown(client, "")
        yield Attempt("settings", "another address is saved without the key", _NOWHERE in told, told[:80])
        for name in (f"ollama:{model}", "../../etc/passwd", "x" * 100_000):
            _press(client, "", "local-use", [name])
            told = _shown(client, "")
            yield Attempt("settings", f"a model of this machine: {name[:20]}", _NOWHERE in told, told[:80])


def _shown(client: httpx.Client, page: str) -> str:
    """What the tab shows when it is opened."""
    buttons = [event for part in _BUTTONS for event in events_at(client, page, part)]
    shows = [
        event
        for event in events_at(client, page, _SHOWN, writes=True)
        if event not in buttons and not event.values
    ]
    return "".join(send_event(client, event, [])[1] for event in shows)


def _press(client: httpx.Client, page: str, part: str, values: list[str]) -> tuple[int, str]:
    """Press a button with these values in the fields; the worst status, and all that came of it."""
    found: list[tuple[int, str]] = [
        send_event(client, event, _filled(event, values)) for event in events_at(client, page, part)
    ]
    return max((status for status, _ in found), default=0), "".join(told for _, told in found)


def _filled(event: PageEvent, values: list[str]) -> list[str]:
    return (values + [""] * len(event.values))[: len(event.values)]


@contextmanager
def _listener() -> Iterator[tuple[str, list[str]]]:
    """An address that notes whoever asks it anything, and with which headers."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(f"{self.path} {dict(self.headers)}")
            self.send_error(404)

        do_GET = do_POST

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", heard
    finally:
        server.shutdown()
        server.server_close()
