"""The server that is attacked: its address, and the people whose keys the attacks may use."""

from __future__ import annotations

import ipaddress
import ssl
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import httpx

_TIMEOUT_S = 60
_READY_S = 180


@dataclass(frozen=True)
class Attacker:
    """Who sends the requests: `role` is empty for somebody who is not signed in."""

    name: str
    role: str
    key: str = ""


@dataclass(frozen=True)
class Target:
    """A server on this machine.

    Attributes:
        url: Its address without a path.
        people: Whose keys may be used; where the server keeps no accounts, one admin without a key.
        data: The server's data folder, where the suite started it itself.
        process: The id of its process, where the suite started it itself.
    """

    url: str
    people: tuple[Attacker, ...] = ()
    data: Path | None = None
    process: int | None = None

    @property
    def has_accounts(self) -> bool:
        """Whether people must sign in."""
        return all(person.key for person in self.people)

    def person(self, role: str) -> Attacker | None:
        """The first person with exactly this role."""
        return next((each for each in self.people if each.role == role), None)

    def client(self, person: Attacker | None = None, **headers: str) -> httpx.Client:
        """A client of one person; without one, nobody is signed in. Close it after use."""
        if person is not None and person.key:
            headers["authorization"] = f"Bearer {person.key}"
        return httpx.Client(
            base_url=self.url,
            headers=headers,
            timeout=_TIMEOUT_S,
            follow_redirects=False,
            verify=_certificates(),
        )


@cache
def _certificates() -> ssl.SSLContext:
    """Loaded once: of a client that is made for one request they are most of its time."""
    return ssl.create_default_context()


def is_ready(target: Target, person: Attacker | None) -> bool:
    """Wait until questions are answered: attacks on answers would only meet "not ready" before."""
    until = time.monotonic() + _READY_S
    with target.client(person) as client:
        while time.monotonic() < until:
            # A connection that was idle for long may be closed just as the next request is sent.
            with suppress(httpx.TransportError):
                if client.get("/api/status").json().get("phase") == "ready":
                    return True
            time.sleep(0.5)
    return False


def check_loopback(url: str) -> str:
    """The address without its path.

    Raises:
        ValueError: The address is not `http(s)://` with a loopback host; nothing else is ever attacked.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if parts.scheme not in {"http", "https"} or not is_loopback or parts.username is not None:
        raise ValueError(f"only addresses of this machine are attacked, not {url!r}")
    return f"{parts.scheme}://{parts.netloc}"


def target_at(url: str, keys: Sequence[str]) -> Target:
    """The target at an address; whose keys these are is asked of the server.

    Raises:
        ValueError: The address is not this machine's, or a key is nobody's.
    """
    url = check_loopback(url)
    people = []
    for key in keys or [""]:
        headers = {"authorization": f"Bearer {key}"} if key else {}
        reply = httpx.get(f"{url}/api/me", headers=headers, timeout=_TIMEOUT_S)
        if reply.status_code == 200:
            people.append(Attacker(reply.json()["name"], reply.json()["role"], key))
        elif key:
            raise ValueError(f"a key is nobody's: {reply.status_code}")
    return Target(url, tuple(people))
