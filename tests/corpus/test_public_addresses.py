"""No address, no name and no redirect leads a fetch to this machine or into a private network."""

import ipaddress
import socket
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.problem import Problem
from corpus.public_addresses import PublicOnly, fetching_client, is_public, public_address_of
from corpus.web import fetch

PRIVATE = [
    "localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "10.0.0.1", "172.16.3.4", "192.168.0.9",
    "169.254.169.254", "100.64.0.1", "224.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fd00::1", "fe80::1",
    "2002:7f00:1::",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_no_private_address_in_any_spelling(host: str, tmp_path: Path) -> None:
    try:
        socket.getaddrinfo(host, 80)
    except OSError:
        pytest.skip("this machine does not know such addresses")
    with pytest.raises(Problem, match="address_private"):
        public_address_of(host, 80)
    named = f"[{host}]" if ":" in host else host
    found = list(fetch([f"http://{named}:9/x"], tmp_path))
    assert [each.code for each in found if isinstance(each, Problem)] == ["address_private"]


@given(st.ip_addresses(v=4, network="0.0.0.0/0"))
def test_what_carries_a_private_address_is_private(address: ipaddress.IPv4Address) -> None:
    public = is_public(address)
    assert not (public and (address.is_private or address.is_loopback))
    for carried in (f"::ffff:{address}", f"64:ff9b::{address}", f"::{address}"):
        assert not is_public(ipaddress.ip_address(carried)) or public


def test_a_redirect_is_checked_and_what_was_checked_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {
        "public.example": "93.184.216.34",
        "inner.example": "10.0.0.1",
        "rebinds.example": "93.184.216.35",
    }
    asked: list[str] = []

    def look_up(host: str, port: int, **more: object) -> list:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (known[host], port))]

    reached: list[httpx.Request] = []

    def serve(request: httpx.Request) -> httpx.Response:
        reached.append(request)
        leads_to = {"/a": "https://rebinds.example/b", "/b": "http://inner.example/c"}
        return httpx.Response(302, headers={"location": leads_to[request.url.path]})

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr("corpus.public_addresses.getproxies", dict)
    transport = PublicOnly()
    transport._inner = httpx.MockTransport(serve)  # type: ignore[assignment]
    with fetching_client(5, "x", allow_private=False) as client:
        assert isinstance(client._transport, PublicOnly)
        client._transport = transport
        with pytest.raises(Problem, match="address_private"):
            client.get("http://public.example/a")
    assert [each.url.host for each in reached] == ["93.184.216.34", "93.184.216.35"]
    assert [each.headers["host"] for each in reached] == ["public.example", "rebinds.example"]
    assert reached[1].extensions["sni_hostname"] == "rebinds.example"
    assert asked == ["public.example", "rebinds.example", "inner.example"]


def test_behind_a_proxy_names_are_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.public_addresses.getproxies", lambda: {"http": "http://127.0.0.1:9"})
    with (
        fetching_client(5, "x", allow_private=False) as client,
        pytest.raises(Problem, match="address_private"),
    ):
        client.get("http://127.0.0.1/x")
