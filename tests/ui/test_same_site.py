"""Which requests come from our own page, which from another site; and which names are this machine's."""

import pytest

from tests.ui.made_requests import request_of
from ui.people.same_site import comes_from_elsewhere, is_loopback, names_loopback


@pytest.mark.parametrize(
    ("headers", "method", "elsewhere"),
    [
        ({"sec_fetch_site": "same-origin"}, "POST", False),
        ({"sec_fetch_site": "none"}, "POST", False),
        ({"sec_fetch_site": "same-site"}, "POST", True),
        ({"sec_fetch_site": "cross-site"}, "POST", True),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, "POST", True),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, "GET", False),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}, "GET", True),
        ({"origin": "http://localhost:7860"}, "POST", False),
        ({"origin": "http://localhost:7861"}, "POST", True),
        ({"origin": "http://localhost:7860.evil.example"}, "POST", True),
        ({"origin": "https://evil.example"}, "GET", True),
        ({"origin": "null"}, "POST", True),
        ({"origin": "http://[::1"}, "POST", True),
        ({"referer": "http://localhost:7860/en/"}, "POST", False),
        ({"referer": "http://evil.example/localhost:7860"}, "POST", True),
        ({"referer": "http://evil.example/"}, "GET", False),
        ({}, "POST", True),
        ({}, "GET", False),
    ],
)
def test_a_page_elsewhere_is_told_from_our_own(headers: dict[str, str], method: str, elsewhere: bool) -> None:
    assert comes_from_elsewhere(request_of(method=method, **headers), has_cookie=True) is elsewhere


def test_usual_ports_may_be_left_out_and_a_proxy_may_end_tls() -> None:
    for host in ("ask.example", "ask.example:443"):
        assert not comes_from_elsewhere(request_of(host, origin="https://ask.example"), has_cookie=True)
    assert comes_from_elsewhere(request_of("ask.example", origin="https://ask.example:444"), has_cookie=True)


def test_a_program_without_a_cookie_need_not_tell_where_it_comes_from() -> None:
    assert not comes_from_elsewhere(request_of(), has_cookie=False)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(host)
    assert names_loopback(request_of(f"[{host}]:7860" if ":" in host else f"{host}:7860"))


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "::", "192.168.1.2", "evil.example", "localhost.evil.example", "127.0.0.1.nip.io"]
)
def test_other_names_are_not_this_machine(host: str) -> None:
    assert not is_loopback(host)
    assert not names_loopback(request_of(f"[{host}]" if ":" in host else host))
