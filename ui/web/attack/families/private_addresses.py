"""Addresses of this machine in every spelling, where the server may be asked to fetch or name one."""

from __future__ import annotations

import socket
from collections.abc import Iterator

from corpus.problem import Problem
from corpus.public_addresses import public_address_of
from ui.web.attack.gradio_events import PAGES, events_of, send_event
from ui.web.attack.registry import Attempt, family
from ui.web.attack.target import Target

_HOSTS = (
    "localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "10.0.0.1", "169.254.169.254", "::1",
    "::127.0.0.1", "::10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fd00::1", "fe80::1",
)  # fmt: skip
_META = {"_type": "gradio.FileData"}
_NAMED = ("::127.0.0.1", "::ffff:127.0.0.1", "127.1", "2130706433")
_ANSWER = "fetched-by-the-server"


@family("private addresses")
def private_addresses(target: Target) -> Iterator[Attempt]:
    """What `assistant ingest https://…` may reach, and files that events name by an address of this machine."""
    for host in _HOSTS:
        yield Attempt("ingest of an address", host, *_is_refused(host))
    person = target.person("editor") or target.person("admin")
    if person is None:
        return
    with socket.create_server(("127.0.0.1", 0)) as listener, target.client(person) as client:
        listener.settimeout(0.2)
        for page in PAGES:
            event = next(each for each in events_of(client, page) if each.values)
            for host in _NAMED:
                named = f"[{host}]" if ":" in host else host
                address = f"http://{named}:{listener.getsockname()[1]}/{_ANSWER}"
                for form in ({"path": address}, {"path": "x", "url": address}):
                    value = {**form, "meta": _META}
                    status, _ = send_event(client, event, [value, *event.values[1:]])
                    held = status >= 400 and not _was_reached(listener)
                    door = f"POST {page}/gradio_api/queue/join"
                    yield Attempt(
                        door, f"a file at {host}, as {'url' if 'url' in form else 'path'}", held, str(status)
                    )


def _is_refused(host: str) -> tuple[bool, str]:
    try:
        return False, public_address_of(host, 80)
    except Problem as problem:
        return True, problem.code
    except OSError as error:
        return True, type(error).__name__
    except Exception as error:  # a spelling that this machine does not know reaches nothing
        return type(error).__name__ == "ConnectError", type(error).__name__


def _was_reached(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except OSError:
        return False
    return True
