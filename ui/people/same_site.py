"""Whether a request comes from this site's own pages (or no page at all), not from a page elsewhere on the web.

A browser sends what any page asks of it, with the cookies of the one who reads that page, and it reaches servers on
this machine that nobody else can reach. What it tells of the page in `Sec-Fetch-Site`, `Origin` and `Referer` the page cannot forge.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

BY_UNKNOWN_PROXY = "forwarded_by_unknown_proxy"
"""Set in the scope of a request that some proxy passed on which the settings do not name."""
_SAFE_METHODS = {"GET", "HEAD"}
_USUAL_PORTS = {"http": 80, "https": 443}


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server at this host name or address."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        address = ip_address(host)
        mapped = getattr(address, "ipv4_mapped", None)
        return (mapped or address).is_loopback
    except ValueError:
        return False


def names_loopback(request: Request) -> bool:
    """Whether the address asked for is this machine's own name for itself.

    A page elsewhere can let its own name lead to 127.0.0.1 (DNS rebinding); `Host` then still holds that name.
    """
    try:
        return is_loopback(urlsplit("//" + request.headers.get("host", "")).hostname or "")
    except ValueError:
        return False


def comes_from_this_machine(request: Request) -> bool:
    """Whether the one who is connected is on this machine, and no proxy passed on what somebody else asked."""
    client = request.client
    return client is not None and is_loopback(client.host) and not request.scope.get(BY_UNKNOWN_PROXY)


def comes_from_elsewhere(request: Request, *, has_cookie: bool) -> bool:
    """Whether a page of another site sent this; links that lead here are no such thing.

    `has_cookie`: the request is somebody's by a cookie, so a browser sent it. One that may change something must then
    tell where it comes from.
    """
    headers = request.headers
    site = headers.get("sec-fetch-site")
    if site is not None:
        is_link = request.method in _SAFE_METHODS and headers.get("sec-fetch-mode") == "navigate"
        return site not in {"same-origin", "none"} and not is_link
    if "origin" in headers:
        return not _is_here(headers["origin"], request)
    if request.method in _SAFE_METHODS:
        return False
    if "referer" in headers:
        return not _is_here(headers["referer"], request)
    return has_cookie


def _is_here(address: str, request: Request) -> bool:
    """Whether an address is at the host and port that the request asks for.

    The scheme is left out: a proxy that ends TLS speaks HTTP to this server.
    """
    try:
        there = urlsplit(address)
        usual = _USUAL_PORTS.get(there.scheme)
        here = urlsplit("//" + request.headers.get("host", ""))
        same_port = (there.port or usual) == (here.port or usual)
    except ValueError:
        return False
    return bool(there.hostname) and there.hostname == here.hostname and same_port
