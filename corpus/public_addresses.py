"""Fetching only from the public net: no page, feed or redirect leads a fetch into the own network or this machine."""

from __future__ import annotations

import ipaddress
import socket
from urllib.request import getproxies

import httpx

from corpus.bounded_body import ENCODINGS
from corpus.problem import Problem

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_CARRYING = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
"""Networks whose last 32 bits are an IPv4 address: NAT64, and the "IPv4-compatible" addresses of old."""


def is_public(address: IpAddress) -> bool:
    """Whether an address is one of the public net, also where an IPv6 address carries an IPv4 one."""
    inner: list[IpAddress | None] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        inner += [address.ipv4_mapped, address.sixtofour, address.teredo[1] if address.teredo else None]
        if any(address in network for network in _CARRYING):
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return all(each.is_global and not each.is_multicast for each in inner if each is not None)


def public_address_of(host: str, port: int) -> str:
    """An address of the host, looked up once, so that what was checked is what is reached.

    Raises:
        Problem: `address_private` where any address of the host is not public.
        httpx.ConnectError: The host has no address.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"no address: {type(error).__name__}") from error
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    if not addresses or not all(is_public(ipaddress.ip_address(each)) for each in addresses):
        raise Problem("address_private", address=host)
    return addresses[0]


class PublicOnly(httpx.BaseTransport):
    """Asks every host's address itself, for the first request as for every redirect, and connects to just that address."""

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to the checked address; name and certificate stay the host's."""
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        checked = httpx.Request(
            request.method,
            request.url.copy_with(host=public_address_of(host, port)),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return self._inner.handle_request(checked)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


def _check(request: httpx.Request) -> None:
    """Behind a proxy, which looks names up itself: what can be looked up here must be public."""
    try:
        public_address_of(request.url.host, request.url.port or 80)
    except httpx.ConnectError:
        return


def fetching_client(timeout_s: float, agent: str, *, allow_private: bool) -> httpx.Client:
    """A client that follows redirects; without `allow_private` only to the public net."""
    headers = {"User-Agent": agent, "Accept-Encoding": ENCODINGS}
    if allow_private:
        return httpx.Client(timeout=timeout_s, follow_redirects=True, headers=headers)
    if getproxies().keys() & {"http", "https", "all"}:
        hooks = {"request": [_check]}
        return httpx.Client(timeout=timeout_s, follow_redirects=True, headers=headers, event_hooks=hooks)
    return httpx.Client(timeout=timeout_s, follow_redirects=True, headers=headers, transport=PublicOnly())
